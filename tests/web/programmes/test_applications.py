"""Applications are recorded, recommended and reviewed where one sees who is out, many at once."""

from html import unescape

import pytest
from services import send, signed_in

from impact.access import Role
from impact.i18n import words
from impact.programmes.dossier import Stage
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.decisions.applications import applied
from impact.web.programmes.filled import today

REVIEWS = "/zh/programmes/hills/reviews"
HOME = "/zh/programmes/hills/enrolled"
NONE, COUNTY, PLATFORM = (
    f"application_{code}" for code in ("none", "waits_for_county", "waits_for_platform")
)


@pytest.fixture
def coordinator(app):
    client = signed_in(app, Role.COORDINATOR)
    asked = {"template": "mountain_goods", "start": today().isoformat(), "programme_id": "hills"}
    send(client, "/zh/programmes/new", **asked, name_zh="山货")
    return client


def decide(client, why, step, *products, **more):
    to = REVIEWS if step == "platform" else HOME
    return send(client, f"{HOME}?why={why}", to, why=why, step=step, product=list(products), **more)


def stage(app, product):
    return applied(app.extensions["database"])[product].stage(today())


def ready_for(step, coordinator):
    decide(coordinator, NONE, "apply", "P08-1", "P09-1")
    if step == "platform":
        decide(coordinator, COUNTY, "county", "P08-1", "P09-1", answer="yes", reason="推荐函 17")


def test_an_application_goes_through_its_steps_and_its_product_is_not_out_for_it_any_more(app, coordinator):
    ready_for("platform", coordinator)
    other = signed_in(app, Role.APPROVER)

    answer = decide(other, PLATFORM, "platform", "P08-1", answer="yes")

    assert answer.status_code == 303
    assert stage(app, "P08-1") is Stage.ACCEPTED
    assert stage(app, "P09-1") is Stage.WAITS_FOR_PLATFORM
    assert (
        "永德古树茶"
        not in unescape(other.get(f"{HOME}?why={PLATFORM}&shown=out").text).partition('id="products"')[2]
    )


def test_all_that_were_found_can_be_taken_together(app, coordinator):
    answer = decide(coordinator, NONE, "apply", all="1", q="永德")

    assert words("application.done", "zh", count=2) in coordinator.get(answer.location).text
    assert {name for name in applied(app.extensions["database"])} == {"P08-1", "P09-1"}


def test_what_is_not_among_those_found_is_left_alone(app, coordinator):
    decide(coordinator, NONE, "apply", "P08-1", "P05-1", q="永德")

    assert set(applied(app.extensions["database"])) == {"P08-1"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "application_of_nothing"),
        ({"product": ["P08-1"], "answer": "no"}, "application_reason_missing"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(app, coordinator, fields, code):
    ready_for("county", coordinator)

    answer = send(coordinator, f"{HOME}?why={COUNTY}", HOME, why=COUNTY, step="county", **fields)

    assert answer.status_code == 422
    assert words(f"issue.{code}", "zh") in answer.text
    for product in fields.get("product", ()):
        assert f'value="{product}" checked' in answer.text


def test_who_records_recommendations_does_not_review(app, coordinator):
    ready_for("platform", coordinator)

    assert 'name="product"' not in coordinator.get(f"{HOME}?why={PLATFORM}").text
    assert decide(coordinator, PLATFORM, "platform", "P08-1").status_code == 403
    assert send(coordinator, HOME, HOME, why=PLATFORM, step="platform", product=["P08-1"]).status_code == 400
    assert stage(app, "P08-1") is Stage.WAITS_FOR_PLATFORM


def test_who_reviews_sees_what_the_county_said_of_each(app, coordinator):
    decide(coordinator, NONE, "apply", "P08-1", "P09-1")
    decide(coordinator, COUNTY, "county", "P08-1", answer="yes", reason="推荐函 <17>")
    decide(coordinator, COUNTY, "county", "P09-1", answer="yes")
    other = signed_in(app, Role.APPROVER)

    page = unescape(other.get(f"{HOME}?why={PLATFORM}&shown=out").text)

    assert page.count(words("application.recommended", "zh", said="")) == 1
    assert words("application.recommended", "zh", said="推荐函 <17>") in page
    assert words("application.recommended", "zh", said="") not in other.get(f"{HOME}?shown=out").text


def test_why_something_was_recommended_stands_in_the_log(app, coordinator):
    ready_for("platform", coordinator)

    with reading(app.extensions["database"]) as connection:
        logged = [
            entry.reason for entry in entries(connection, Sought()) if entry.what == "application.county"
        ]
    assert logged == ["推荐函 17"] * 2


def test_who_only_reads_is_offered_nothing(app, coordinator):
    viewer = signed_in(app, Role.VIEWER)

    assert 'name="product"' not in viewer.get(f"{HOME}?why={NONE}").text
    assert viewer.post(HOME).status_code in (400, 403)


@pytest.mark.parametrize("fields", [{"step": "publish"}, {"step": "apply", "answer": "perhaps"}])
def test_a_form_that_was_not_offered_is_refused(coordinator, fields):
    answer = send(coordinator, f"{HOME}?why={NONE}", HOME, why=NONE, product=["P08-1"], **fields)

    assert answer.status_code == 400
