"""Imports are taken over whole or not at all, told, and undone until something stands on them."""

import pytest

from impact.access import SYSTEM
from impact.catalog.differences import absences, difference
from impact.catalog.listing import Draft, Listing, twin_of
from impact.errors import BadInput
from impact.store.audit import entries
from impact.store.lists.headers import remember, remembered
from impact.store.lists.imports import Arrival, changes_of, history, known
from impact.store.lists.listings import Listings, all_listings
from impact.store.lists.taking_back import undo
from impact.store.lists.taking_over import commit

ANJI = Arrival("anji", "茶.csv", "0" * 64)
DEQING = Arrival("deqing", "茶.csv", "1" * 64)


def sent(*products, region="330523"):
    """What a file asks for that lists each of `products`, a name and a price."""
    drafts = [
        Draft(row, name, region, {"product": name, "price": price})
        for row, (name, price) in enumerate(products, 2)
    ]

    def asked(listings):
        known = listings.every()
        yield from (difference(draft, known.get(draft.key)) for draft in drafts)
        yield from absences(known, {draft.key for draft in drafts})

    return asked


def listed(engine):
    return {(partner, it.key): it.values["price"] for partner, it in all_listings(engine)}


def nothing(*_):
    return None


def test_what_a_file_lists_is_kept_with_what_it_changed(engine):
    done = commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)

    assert listed(engine) == {("anji", "白茶"): 80, ("anji", "笋干"): 30}
    assert done.counts == {"new": 2, "changed": 0, "unchanged": 0, "absent": 0, "rejected": 0}
    assert history(engine, "anji") == (done,)
    assert [change.row for change in changes_of(engine, done.import_id)] == [2, 3]


def test_the_same_file_twice_changes_nothing(engine):
    commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)

    again = commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)

    assert again.import_id is None
    assert again.counts["unchanged"] == 1
    assert len(history(engine, "anji")) == 1


def test_products_a_file_does_not_name_stay_unless_asked_otherwise(engine):
    commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)

    commit(engine, ANJI, sent(("白茶", 90)), SYSTEM)
    assert listed(engine) == {("anji", "白茶"): 90, ("anji", "笋干"): 30}

    commit(engine, ANJI, sent(("白茶", 90)), SYSTEM, retiring=True)
    assert listed(engine) == {("anji", "白茶"): 90}


def test_a_commit_that_fails_half_way_leaves_all_as_it_was(engine):
    commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)

    def broken(listings):
        yield from sent(("白茶", 90))(listings)
        raise OSError("the file went away")

    with pytest.raises(OSError, match="went away"):
        commit(engine, ANJI, broken, SYSTEM)

    assert listed(engine) == {("anji", "白茶"): 80}
    assert len(history(engine, "anji")) == 1


def test_partners_do_not_see_each_others_products(engine):
    commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)
    commit(engine, DEQING, sent(("白茶", 70)), SYSTEM)

    with engine.connect() as connection:
        mine = Listings(connection, "anji")
        assert mine.of({"白茶"})["白茶"].values["price"] == 80
        assert mine.elsewhere({twin_of(Listing("", "330523", {"product": "白 茶"})), "x"}) == {"330523/白茶"}
    assert listed(engine) == {("anji", "白茶"): 80, ("deqing", "白茶"): 70}


def test_each_file_is_kept_with_its_own_counts_and_changes_the_newest_first(engine):
    first = commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)
    second = commit(engine, ANJI, sent(("白茶", 90)), SYSTEM, retiring=True)
    theirs = commit(engine, DEQING, sent(("白茶", 70)), SYSTEM)

    assert history(engine, "anji") == (second, first)
    assert [known(engine, each.import_id) for each in (theirs, first)] == [theirs, first]
    assert known(engine, "none") is None
    assert [
        (change.key, change.outcome, change.before and change.before.values["price"])
        for change in changes_of(engine, second.import_id)
    ] == [("白茶", "changed", 80), ("笋干", "absent", 30)]
    assert len(list(changes_of(engine, theirs.import_id))) == 1


def test_undoing_one_import_leaves_those_of_others(engine):
    done, theirs = (commit(engine, each, sent(("白茶", 80)), SYSTEM) for each in (ANJI, DEQING))

    undone = undo(engine, done.import_id, SYSTEM, stands_on=nothing)

    assert undone.undone_at is not None
    assert history(engine, "anji") == (undone,)
    assert history(engine, "deqing") == (theirs,)
    assert listed(engine) == {("deqing", "白茶"): 80}


def test_undo_puts_everything_back(engine):
    first = commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)
    second = commit(engine, ANJI, sent(("白茶", 90), ("竹荪", 50)), SYSTEM, retiring=True)

    undo(engine, second.import_id, SYSTEM, stands_on=nothing)
    assert listed(engine) == {("anji", "白茶"): 80, ("anji", "笋干"): 30}

    undo(engine, first.import_id, SYSTEM, stands_on=nothing)
    assert listed(engine) == {}
    assert [done.undone_at is not None for done in history(engine, "anji")] == [True, True]


def test_who_took_a_file_over_and_who_undid_it_is_logged(engine):
    done = commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)
    commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)  # changes nothing
    undo(engine, done.import_id, SYSTEM, stands_on=nothing, reason="last year's")

    with engine.connect() as connection:
        logged = [(entry.what, entry.subject, entry.who, entry.reason) for entry in entries(connection)]
    assert logged == [
        ("import.undo", done.import_id, "system", "last year's"),
        ("import.commit", done.import_id, "system", ""),
    ]
    assert [each.undone_because for each in history(engine, "anji")] == ["last year's"]


def test_undo_is_refused_where_a_later_file_changed_the_same(engine):
    first = commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)
    commit(engine, ANJI, sent(("白茶", 90)), SYSTEM)

    with pytest.raises(BadInput) as refused:
        undo(engine, first.import_id, SYSTEM, stands_on=nothing)

    (issue,) = refused.value.issues
    assert (issue.code, issue.params) == ("import_overtaken", {"count": 1})
    assert listed(engine) == {("anji", "白茶"): 90, ("anji", "笋干"): 30}


def test_undo_is_refused_where_a_product_was_taken_away_since(engine):
    first = commit(engine, ANJI, sent(("白茶", 80), ("笋干", 30)), SYSTEM)
    commit(engine, ANJI, sent(("白茶", 80)), SYSTEM, retiring=True)

    with pytest.raises(BadInput, match="import_overtaken"):
        undo(engine, first.import_id, SYSTEM, stands_on=nothing)


@pytest.mark.parametrize(
    ("stands_on", "times", "code"),
    [
        (lambda *_: "plan-1", 1, "import_stood_on"),
        (nothing, 2, "import_undone"),
    ],
)
def test_undo_is_refused(engine, stands_on, times, code):
    done = commit(engine, ANJI, sent(("白茶", 80)), SYSTEM)

    with pytest.raises(BadInput, match=code) as refused:
        for _ in range(times):
            undo(engine, done.import_id, SYSTEM, stands_on=stands_on)
    said = refused.value.issues[0].params
    assert said in ({"plan": "plan-1"}, {"value": done.import_id, "at": history(engine, "anji")[0].undone_at})


def test_an_unknown_import_cannot_be_undone(engine):
    with pytest.raises(BadInput, match="import_unknown"):
        undo(engine, "nothing", SYSTEM, stands_on=nothing)


def test_more_products_than_fit_one_statement_come_back(engine):
    many = [(f"茶{number}", number) for number in range(5_003)]

    done = commit(engine, ANJI, sent(*many), SYSTEM)

    assert len(listed(engine)) == 5_003
    undo(engine, done.import_id, SYSTEM, stands_on=nothing)
    assert listed(engine) == {}


def test_what_headers_meant_is_remembered_partner_by_partner(engine):
    with engine.begin() as connection:
        remember(connection, "anji", {"品名": "product", "等级": ""})
        remember(connection, "anji", {"品名": "producer"})

    assert remembered(engine, "anji") == {"品名": "producer", "等级": ""}
    assert remembered(engine, "deqing") == {}


def test_a_committed_file_teaches_what_its_headers_meant(engine):
    commit(engine, Arrival("anji", "茶.csv", "0", meant={"品名": "product"}), sent(("白茶", 80)), SYSTEM)

    assert remembered(engine, "anji") == {"品名": "product"}


def test_others_capacities_are_compared_without_saying_whose_they_are(engine):
    tea = {"product": "白茶", "category": "tea", "monthly_capacity": {"amount": 500, "unit": "kg"}}

    def asked(_):
        yield difference(Draft(2, "白茶", "330523", tea), None)

    commit(engine, ANJI, asked, SYSTEM)

    with engine.connect() as connection:
        assert Listings(connection, "deqing").capacities(["330523", "330100"]) == {"330523": {"tea": [500.0]}}
        assert Listings(connection, "anji").capacities(["330523"]) == {}
        assert Listings(connection, "deqing").capacities(["330100"]) == {}
