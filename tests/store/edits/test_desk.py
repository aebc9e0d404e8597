"""The live catalog is edited noun by noun: each state is kept, each edit logged, nothing is deleted."""

import json
from dataclasses import replace

import pytest
from shelves import valley

from impact.access import SYSTEM
from impact.errors import BadInput, Conflict, Unknown
from impact.model import Belt, Category, Placement
from impact.store.audit import Sought, log_page
from impact.store.browsing import Wanted
from impact.store.catalogs import TABLES, load_catalog, save_catalog
from impact.store.edits.desk import NounDesk

CATALOG = replace(
    valley().graph.catalog, categories=(Category("fruit", "水果", "Fruit"), Category("tea", "茶叶", "Tea"))
)
APPLE = next(each for each in CATALOG.producers if each.producer_id == "P05")
TEA = next(each for each in CATALOG.products if each.product_id == "P01-1")


@pytest.fixture
def desk(engine):
    save_catalog(engine, CATALOG)
    return NounDesk(engine)


def log_of(engine, subject):
    return [
        (entry.what, json.loads(entry.before), json.loads(entry.after))
        for entry in log_page(engine, Sought(subject=subject))
    ]


def test_what_was_never_edited_is_at_its_first_version(desk):
    known = desk.get("producers", "P05")

    assert (known.noun, known.version, known.retired_at, known.made_by) == (APPLE, 1, None, None)
    assert desk.history("producers", "P05", None, 5) == (known,)
    assert desk.history("producers", "P05", 1, 5) == ()


def test_a_new_noun_is_in_the_catalog_in_the_log_and_its_id_is_taken(desk, engine):
    plum = replace(APPLE, producer_id="plum", name="宣威李子")

    made = desk.create("producers", vars(plum), SYSTEM)

    assert (made.version, made.made_by) == (1, "system")
    assert desk.get("producers", "plum") == made
    assert plum in load_catalog(engine).producers
    ((what, before, after),) = log_of(engine, "plum")
    assert (what, before, after["name"]) == ("producer.create", None, "宣威李子")
    with pytest.raises(Conflict, match="noun_taken"):
        desk.create("producers", vars(plum), SYSTEM)


def test_a_change_keeps_what_was_and_observes_what_was_imputed(desk, engine):
    after = desk.change("producers", "P05", {"capacity": 9.0}, SYSTEM, expected=1)

    assert (after.version, after.noun.capacity, after.noun.imputed) == (2, 9.0, frozenset({"size"}))
    assert [each.noun.capacity for each in desk.history("producers", "P05", None, 5)] == [9.0, 50_000]
    assert [each.version for each in desk.history("producers", "P05", 2, 5)] == [1]
    assert next(each for each in load_catalog(engine).producers if each.producer_id == "P05") == after.noun
    ((what, before, told),) = log_of(engine, "P05")
    assert (what, before["capacity"], told["capacity"]) == ("producer.change", 50_000, 9.0)


def test_what_is_stated_can_be_said_to_be_imputed(desk):
    changed = {"capacity": 9.0, "imputed": ["capacity"]}

    assert desk.change("producers", "P05", changed, SYSTEM, expected=None).noun.imputed == {"capacity"}


def test_a_change_of_nothing_is_no_version_and_in_no_log(desk, engine):
    assert desk.change("producers", "P05", {"name": APPLE.name}, SYSTEM, expected=1).version == 1
    assert log_of(engine, "P05") == []


def test_a_change_of_what_was_changed_meanwhile_is_refused(desk):
    desk.change("channels", "mall", {"name_en": "Malls"}, SYSTEM, expected=1)

    with pytest.raises(Conflict, match="version_moved"):
        desk.change("channels", "mall", {"name_en": "Other"}, SYSTEM, expected=1)
    assert desk.get("channels", "mall").noun.name_en == "Malls"


def test_a_page_shows_each_noun_as_the_edition_that_it_is(desk):
    desk.change("producers", "P05", {"capacity": 9.0}, SYSTEM, expected=1)
    last = desk.change("producers", "P05", {"capacity": 8.0}, SYSTEM, expected=2)

    page = desk.page("producers", Wanted({"region": APPLE.region}))

    assert [each.noun.producer_id for each in page] == sorted(
        each.producer_id for each in CATALOG.producers if each.region == APPLE.region
    )
    assert [each for each in page if each.version > 1] == [last]
    assert desk.page("producers", Wanted(after="P04", limit=1)) == (last,)
    assert desk.page("products", Wanted(limit=1))[0].version == 1


@pytest.mark.parametrize("kind", ["producers", "products", "segments", "channels", "placements"])
def test_a_page_laid_out_is_the_same_nouns_with_their_versions(desk, kind):
    wanted, table = Wanted(limit=7), TABLES[kind]

    bodies, page = desk.bodies(kind, wanted), desk.page(kind, wanted)

    read = [{name: body[name] for name in body if name not in ("version", "retired_at")} for body in bodies]
    assert [table.noun_of(body) for body in read] == [each.noun for each in page]
    assert [(body["version"], body["retired_at"]) for body in bodies] == [
        (each.version, None) for each in page
    ]


def test_what_is_retired_leaves_the_catalog_and_stays_as_it_was(desk, engine):
    desk.retire("products", "P01-1", SYSTEM, expected=1)

    known = desk.get("products", "P01-1")
    assert (known.noun, known.version, known.is_retired) == (TEA, 2, True)
    assert known.retired_at == known.made_at
    assert TEA not in load_catalog(engine).products
    assert "P01-1" not in [each.noun.product_id for each in desk.page("products", Wanted(limit=100))]
    assert log_of(engine, "P01-1")[0][0] == "product.retire"


@pytest.mark.parametrize(
    ("kind", "name", "other", "field"),
    [
        ("producers", "P05", "products", "producer_id"),
        ("segments", "330000-tea", "placements", "segment_id"),
        ("channels", "mall", "placements", "channel_id"),
    ],
)
def test_what_is_nothing_without_it_is_retired_with_it(desk, engine, kind, name, other, field):
    gone = [each for each in getattr(CATALOG, other) if getattr(each, field) == name]

    desk.retire(kind, name, SYSTEM, expected=1)

    assert not set(gone) & set(getattr(load_catalog(engine), other))
    ids = sorted(vars(each)[f"{other[:-1]}_id"] for each in gone)
    assert all(desk.get(other, each).is_retired for each in ids)
    assert log_of(engine, name)[0][2] == {other: ids}


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda desk: desk.change("products", "P01-1", {"fame": 0.5}, SYSTEM, expected=None), "changed"),
        (lambda desk: desk.retire("products", "P01-1", SYSTEM, expected=None), "retired again"),
        (lambda desk: desk.create("products", vars(TEA), SYSTEM), "made again"),
    ],
)
def test_what_is_retired_stays_so(desk, attempt, why):
    desk.retire("products", "P01-1", SYSTEM, expected=None)

    with pytest.raises(Conflict, match=r"noun_retired|noun_taken"):
        attempt(desk)


@pytest.mark.parametrize(
    ("kind", "noun", "field", "why"),
    [
        ("producers", replace(APPLE, producer_id="x", region="999999"), "region", "no such division"),
        ("products", replace(TEA, product_id="x", producer_id="P99"), "producer_id", "no such producer"),
        ("products", replace(TEA, product_id="x", category="gold"), "category", "no such category"),
        (
            "segments",
            replace(CATALOG.segments[0], segment_id="x", region="330523"),
            "region",
            "a county is no province",
        ),
        ("placements", Placement("x", "330000-tea", "kiosk", 1.0), "channel_id", "no such channel"),
    ],
)
def test_what_names_nothing_that_is_there_is_refused(desk, engine, kind, noun, field, why):
    with pytest.raises(BadInput) as refused:
        desk.create(kind, vars(noun), SYSTEM)

    assert [issue.column for issue in refused.value.issues] == [field], why
    assert load_catalog(engine) == CATALOG


def test_what_is_changed_to_name_nothing_that_is_there_is_refused(desk, engine):
    with pytest.raises(BadInput) as refused:
        desk.change("producers", "P05", {"region": "999999"}, SYSTEM, expected=1)

    assert [(issue.code, issue.column) for issue in refused.value.issues] == [("reference_unknown", "region")]
    assert load_catalog(engine) == CATALOG


def test_nouns_of_other_kinds_under_the_same_id_have_histories_of_their_own(desk):
    desk.change("producers", "P05", {"capacity": 9.0}, SYSTEM, expected=1)
    namesake = desk.create("products", vars(TEA) | {"product_id": "P05"}, SYSTEM)

    assert desk.history("products", "P05", None, 9) == (namesake,)
    assert [each.version for each in desk.history("producers", "P05", None, 9)] == [2, 1]
    assert [each.retired_at for each in desk.history("producers", "P05", None, 9)] == [None, None]
    assert [each.version for each in desk.history("producers", "P05", 2, 9)] == [1]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda desk: desk.get("products", "x"),
        lambda desk: desk.history("products", "x", None, 5),
        lambda desk: desk.change("products", "x", {}, SYSTEM, expected=None),
        lambda desk: desk.retire("products", "x", SYSTEM, expected=None),
    ],
)
def test_what_never_was_is_said_to_be_unknown(desk, attempt):
    with pytest.raises(Unknown, match="noun_unknown"):
        attempt(desk)


def test_belts_are_those_that_the_producers_form_now(desk, engine):
    for number in (1, 2):
        desk.create("producers", vars(APPLE) | {"producer_id": f"apple-{number}"}, SYSTEM)
        other = {"product_id": f"apple-{number}-1", "producer_id": f"apple-{number}", "category": "fruit"}
        desk.create("products", vars(TEA) | other, SYSTEM)
    assert load_catalog(engine).belts == (Belt("fruit-513423", "盐源县水果", "fruit", ("513423",)),)

    far = {"region": "330523", "place": {"lat": 30.63, "lng": 119.68}}
    desk.change("producers", "apple-1", far, SYSTEM, expected=None)
    assert load_catalog(engine).belts == ()
    near = {"region": "513423", "place": vars(APPLE.place)}
    desk.change("producers", "apple-1", near, SYSTEM, expected=None)
    assert len(load_catalog(engine).belts) == 1
    desk.retire("producers", "apple-1", SYSTEM, expected=None)
    assert load_catalog(engine).belts == ()


def test_a_whole_catalog_that_takes_the_place_of_an_edited_one_is_in_the_history(desk, engine):
    desk.change("producers", "P05", {"capacity": 9.0}, SYSTEM, expected=None)
    desk.create("producers", vars(APPLE) | {"producer_id": "plum"}, SYSTEM)
    desk.retire("channels", "mall", SYSTEM, expected=None)
    desk.change("producers", "P04", {"name": "新津竹编"}, SYSTEM, expected=None)
    desk.change("producers", "P04", {"name": "新津柳编作坊"}, SYSTEM, expected=None)

    save_catalog(engine, CATALOG)

    states = {name: desk.get(kind, name) for kind, name in [("producers", "P05"), ("producers", "plum")]}
    assert (states["P05"].noun, states["P05"].version, states["P05"].made_by) == (APPLE, 3, None)
    assert (states["plum"].is_retired, states["plum"].version) == (True, 2)
    assert (desk.get("channels", "mall").is_retired, desk.get("channels", "mall").version) == (False, 3)
    assert desk.get("producers", "P04").version == 3


def test_a_whole_catalog_that_differs_is_in_the_history_of_what_nobody_edited(desk, engine):
    without = tuple(each for each in CATALOG.channels if each.channel_id != "mall")
    richer = tuple(replace(each, capacity=each.capacity + 1) for each in CATALOG.producers)

    save_catalog(engine, replace(CATALOG, channels=without, producers=richer))

    assert [each.noun.capacity for each in desk.history("producers", "P05", None, 5)] == [50_001, 50_000]
    assert desk.get("channels", "mall").is_retired
    assert desk.get("channels", "search").version == 1
