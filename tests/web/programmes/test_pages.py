"""A programme is begun, its goal is told from its method, and who is in is said with every reason."""

import re
from dataclasses import replace

import pytest
from services import send, signed_in
from shelves import valley
from web.programmes.changes import GOAL

from impact.access import SYSTEM, Role
from impact.config import DATA
from impact.i18n import label, words
from impact.programmes.templates import template_names
from impact.store.audit import Sought, entries
from impact.store.catalogs import save_catalog
from impact.store.database import reading
from impact.store.decisions import enrolling, programmes
from impact.web.programmes.filled import today

REASON = "本期只验证渠道能否承接，下一期再以增收为目标。"


@pytest.fixture
def client(app):
    return signed_in(app, Role.COORDINATOR)


def kept(app, programme_id="hills"):
    version = programmes.get(app.extensions["database"], programme_id)
    return version and enrolling.document_of(version)


def begin(client, template="blank", **fields):
    asked = {"template": template, "start": today().isoformat(), "programme_id": "hills", "name_zh": "山货"}
    return send(client, "/en/programmes/new", **asked | fields)


def test_there_is_a_first_step_where_there_is_no_programme_yet(client):
    page = client.get("/zh/programmes").text

    assert words("programme.none", "zh") in page
    assert "/zh/programmes/new" in page


@pytest.mark.parametrize("template", template_names(DATA))
def test_a_programme_is_begun_from_each_template(app, client, template):
    answer = begin(client, template, name_zh="")

    assert answer.location == "/en/programmes/hills"
    page = client.get(answer.location).text
    document = kept(app)
    assert document.template == template
    assert document.goal.outcome.en in page
    assert len(document.milestones) > 0
    assert all(milestone.name.en in page for milestone in document.milestones)
    for lang in ("zh", "en"):
        assert document.name.model_dump()[lang] in client.get(f"/{lang}/programmes").text


def test_a_rule_by_channel_calls_channels_as_people_do(app, client):
    begin(client)
    floor = {"id": "experience", "kind": "quality_floor", "by": "channel", "minimum": {"livestream": 0.7}}
    document = kept(app).model_copy(update={"rules": (floor,)})
    enrolling.keep(app.extensions["database"], document, SYSTEM, expected=1)

    assert "Livestream 70" in client.get("/en/programmes/hills").text
    assert "直播 70" in client.get("/zh/programmes/hills").text


def test_a_blank_programme_asks_for_a_goal(client):
    page = client.get(begin(client).location).text

    assert words("programme.no_goal", "en") in page
    assert words("programme.all_in", "en") in page


def test_a_programme_without_an_id_is_called_by_template_and_month(app, client):
    assert begin(client, "crafts", programme_id="").location == f"/en/programmes/crafts-{today():%Y-%m}"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"start": "next week"}, "start"),  # no day
        ({"name_zh": ""}, "name_zh"),  # nobody could tell it from others
    ],
)
def test_what_is_wrong_is_said_with_a_link_to_its_field_and_nothing_is_lost(app, client, fields, field):
    answer = begin(client, **fields | {"name_en": "" if field == "name_zh" else "Hills"})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="hills"' in answer.text
    assert kept(app) is None


def test_an_id_that_is_taken_is_refused(client):
    begin(client)

    assert words("issue.programme_taken", "en", value="hills") in begin(client).text


def test_a_goal_is_kept_as_the_next_version(app, client):
    page = begin(client).location

    send(client, page, **GOAL)

    assert (kept(app).goal.target, kept(app).goal.outcome.en) == (2000, GOAL["outcome.zh"])
    assert words("programme.version", "en", version=2) in client.get(page).text


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("target", "nan", "figure_not_valid"),
        ("target", "9" * 400, "figure_not_valid"),  # told as it was typed, and not as infinite
        ("target", "-1e16", "figure_not_valid"),
        ("baseline", "约12吨", "figure_not_valid"),
        ("by", "next year", "day_not_valid"),
        ("target", "", "field_missing"),
        ("by", "", "field_missing"),
        ("outcome.zh", " ", "field_missing"),
    ],
)
def test_what_is_wrong_with_a_goal_is_said_at_its_field_in_the_words_of_the_page(
    app, client, field, typed, code
):
    page = begin(client).location

    refused = send(client, page.replace("/en/", "/zh/"), **GOAL | {field: typed})

    assert refused.status_code == 422
    assert f'<a href="#{field}">{words(f"issue.{code}", "zh", value=typed)}</a>' in refused.text
    assert kept(app).goal is None


def test_figures_of_a_goal_may_be_of_full_width(app, client):
    send(client, begin(client).location, **GOAL | {"target": "２，０００"})

    assert kept(app).goal.target == 2000


def test_a_goal_that_is_a_process_wants_a_reason_which_is_logged(app, client):
    page = begin(client).location
    mistaken = GOAL | {"metric": "gmv"}

    refused = send(client, page, **mistaken)

    assert refused.status_code == 422
    assert words("issue.goal_is_process_metric", "en", found=label("metric", "gmv", "en")) in refused.text
    assert GOAL["outcome.zh"] in refused.text
    assert kept(app).goal is None

    send(client, page, **mistaken, reason=REASON)

    assert REASON in client.get(page).text
    assert words("programme.flagged", "zh") in client.get("/zh/programmes").text
    with reading(app.extensions["database"]) as connection:
        newest = entries(connection, Sought(subject="hills", what="programme.change"))
    assert newest[0].reason == REASON


@pytest.mark.parametrize(
    ("field", "value"),
    [("target", "many"), ("target", ""), ("by", "soon"), ("outcome.zh", ""), ("baseline", "nan")],
)
def test_a_goal_that_cannot_be_read_is_refused_at_its_field(app, client, field, value):
    answer = send(client, begin(client).location, **GOAL | {field: value})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kept(app).goal is None


def test_a_goal_filled_in_from_an_older_version_does_not_overwrite_a_newer(app, client):
    page = begin(client).location
    send(client, page, **GOAL)

    answer = send(client, page, **GOAL | {"target": "1"})

    assert answer.status_code == 422
    assert kept(app).goal.target == 2000
    assert words("programme.moved", "en", version=2) in answer.text
    assert 'name="version" value="2"' in answer.text
    assert 'value="1"' in answer.text


def test_a_form_that_says_no_version_is_refused(client):
    assert send(client, begin(client).location, **GOAL | {"version": ""}).status_code == 400


def test_who_is_out_is_told_every_reason_by_its_code(client):
    page = client.get(begin(client, "mountain_goods").location + "/enrolled").text

    assert "<code>application_none</code>" in page
    assert words("rung_change.application", "en") in page


def test_everybody_is_in_where_there_are_no_criteria(client):
    page = client.get(begin(client).location + "/enrolled").text

    assert words("programme.in", "en", count=len(valley().graph.catalog.products)) in page
    assert words("programme.whys", "en") not in page


def test_products_are_found_by_name_by_verdict_and_by_reason(client):
    enrolled = begin(client, "mountain_goods").location + "/enrolled"
    name = valley().graph.catalog.products[0].name

    assert name in client.get(f"{enrolled}?q={name}&shown=out&why=application_none").text
    assert words("programme.nothing_found", "en") in client.get(f"{enrolled}?shown=in").text


@pytest.mark.parametrize(
    "query", ["shown=some", "sort=luck", "page=0", "page=x", "on=soon", "page=9999999999"]
)
def test_what_the_form_does_not_offer_is_refused(client, query):
    assert client.get(begin(client).location + f"/enrolled?{query}").status_code == 400


def test_many_products_are_shown_a_page_at_a_time(app, client):
    catalog = valley().graph.catalog
    some = catalog.products[0]
    many = tuple(replace(some, product_id=f"N{number:03}", name=f"茶{number:03}") for number in range(60))
    save_catalog(app.extensions["database"], replace(catalog, products=many))
    enrolled = begin(client).location + "/enrolled"

    assert "茶024" in client.get(enrolled).text
    assert "茶025" not in client.get(enrolled).text
    assert "茶025" in client.get(f"{enrolled}?page=2").text


def test_products_are_listed_in_the_order_that_is_wanted(app, client):
    catalog = valley().graph.catalog
    east, west = (
        replace(catalog.producers[0], producer_id=name, region=name) for name in ("330523", "530923")
    )
    shop = catalog.products[0]
    sold = tuple(
        replace(shop, product_id=number, producer_id=maker.producer_id, name=f"茶{number}")
        for number, maker in (("1", west), ("2", east), ("3", west))
    )
    made = replace(catalog, producers=(east, west), products=sold)
    save_catalog(app.extensions["database"], made)
    page = client.get(begin(client).location + "/enrolled?sort=region").text

    assert re.findall(r"茶\d", page) == ["茶2", "茶1", "茶3"]


def test_who_reads_is_offered_no_change(app, client):
    page = begin(client).location
    viewer = signed_in(app, Role.VIEWER)

    assert words("programme.change_goal", "en") not in viewer.get(page).text
    assert "/programmes/new" not in viewer.get("/en/programmes").text


@pytest.mark.parametrize("address", ["/en/programmes/none", "/en/programmes/none/enrolled"])
def test_a_programme_that_there_is_not_is_not_found(client, address):
    assert client.get(address).status_code == 404
