"""A partner applies for its own products and says what its county recommends; the review is not its own."""

import json

import pytest
from services import database, send, service, signed_in
from shelves import valley
from web.portal.theirs import ON, SHOWN, ids, listed

from impact.access import SYSTEM, Role
from impact.i18n import words
from impact.programmes.document import Names
from impact.programmes.dossier import Stage
from impact.programmes.reading import read_document
from impact.programmes.templates import blank
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling
from impact.store.decisions.applications import ApplicationStep, Move, applied, move
from impact.web.programmes.filled import today

HOME = "/zh/portal/anji/producers"


@pytest.fixture
def app():
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    app = service(kept=kept)
    document = blank("valley", Names(zh="山谷", en="Valley"), ON).model_dump(mode="json")
    wanted = document | {"eligibility": [{"kind": "application"}]}
    enrolling.keep(kept, read_document(json.dumps(wanted)), SYSTEM)
    listed(app, "anji", SHOWN)
    return app


@pytest.fixture
def anji(app):
    return signed_in(app, Role.PARTNER, "anji")


def take(client, app, step, whose="anji", **fields):
    page = f"{HOME}/{ids(app, whose)[SHOWN][0]}"
    return send(client, page, page, step=step, all="1", **fields)


def stage(app, whose="anji"):
    known = applied(app.extensions["database"])
    product = ids(app, whose)[SHOWN][1]
    return known[product].stage(today()) if product in known else Stage.NONE


def test_it_applies_and_then_records_what_the_county_recommends(app, anji):
    assert take(anji, app, "apply").status_code == 303
    assert stage(app) is Stage.WAITS_FOR_COUNTY

    page = anji.get(f"{HOME}/{ids(app)[SHOWN][0]}").text
    assert words("application.own.county", "zh") in page
    assert words("application.own.apply", "zh") not in page

    assert take(anji, app, "county", answer="yes", reason="推荐函 17").status_code == 303
    assert stage(app) is Stage.WAITS_FOR_PLATFORM


def test_who_has_applied_is_told_whose_turn_it_is_and_not_to_apply_again(app, anji):
    page = f"{HOME}/{ids(app)[SHOWN][0]}"
    take(anji, app, "apply")

    waiting = anji.get(page).text
    take(anji, app, "county", answer="no", reason="没有盖章")
    refused = anji.get(page).text

    assert words("portal.waits", "zh") in waiting
    assert words("advice_now.application_waits_for_county", "zh") in waiting
    assert words("portal.one_thing", "zh") in refused
    assert words("advice_now.application_refused_by_county", "zh") in refused
    assert "没有盖章" in refused
    assert words("rung_change.application", "zh") not in waiting + refused


def test_who_is_in_before_any_plan_is_not_told_of_a_published_one(app, anji):
    for step, answer in (("apply", "yes"), ("county", "yes")):
        take(anji, app, step, answer=answer)
    move(app.extensions["database"], [ids(app)[SHOWN][1]], Move(ApplicationStep.PLATFORM, today()), SYSTEM)

    page = anji.get(f"{HOME}/{ids(app)[SHOWN][0]}").text

    assert words("portal.told.first", "zh") in page
    assert words("portal.told.waiting", "zh") not in page


def test_a_county_that_does_not_recommend_says_why(app, anji):
    take(anji, app, "apply")

    answer = take(anji, app, "county", answer="no")

    assert answer.status_code == 422
    assert words("issue.application_reason_missing", "zh") in answer.text
    assert stage(app) is Stage.WAITS_FOR_COUNTY


def test_the_review_is_not_a_partners(app, anji):
    take(anji, app, "apply")
    take(anji, app, "county", answer="yes")

    assert take(anji, app, "platform", answer="yes").status_code == 400
    assert stage(app) is Stage.WAITS_FOR_PLATFORM


def test_what_is_somebody_elses_is_not_applied_for(app, anji):
    listed(app, "yongde", SHOWN)

    assert take(anji, app, "apply", whose="yongde").status_code in (400, 404)
    assert stage(app, "yongde") is Stage.NONE
