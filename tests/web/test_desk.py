"""Whoever comes in sees what waits for them, and where programmes stand."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from services import database, service, signed_in, user_of
from shelves import valley
from store.decisions.offices import WHOLE, scenario, solved

from impact.access import SYSTEM, Role
from impact.config import DATA
from impact.i18n import LANGS, words
from impact.i18n.naming import plan_called
from impact.jobs.queue import Queue
from impact.programmes.document import Names
from impact.programmes.templates import drafted
from impact.store.catalogs import save_catalog
from impact.store.decisions import enrolling, plans
from impact.store.decisions.applications import ApplicationStep, Move, move
from impact.store.decisions.naming import PlanNames
from impact.store.solved.plans import PlanShelf
from impact.web.plans import STEPS
from impact.web.programmes.filled import today

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def kept():
    kept = database()
    save_catalog(kept, valley().graph.catalog)
    return kept


@pytest.fixture
def app(kept):
    return service(kept=kept)


def begun(kept, start=date(2999, 1, 1)):
    """Begin a programme that asks for applications."""
    named = Names(zh="山谷", en="The valley")
    enrolling.keep(kept, drafted(DATA, "mountain_goods", "valley", start, named), SYSTEM)


def step(page):
    """The one step from import to measure that a page says one is at."""
    (said,) = re.findall(r'aria-current="step">\s*<span>([^<]+)</span>', page)
    return next(each for each in STEPS if words(f"step.{each}", "en") == said)


def desk(app, role, lang="en"):
    return signed_in(app, role).get(f"/{lang}/").text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nothing_waits_the_first_step_is_offered(app, lang):
    page = desk(app, Role.COORDINATOR, lang)

    assert words("desk.nothing", lang) in page
    assert f"/{lang}/programmes/new" in page


@pytest.mark.parametrize("lang", LANGS)
def test_a_partner_who_comes_to_the_desk_is_sent_to_what_is_theirs(app, lang):
    assert signed_in(app, Role.PARTNER, "anji").get(f"/{lang}/").location == f"/{lang}/portal"


@pytest.mark.parametrize("lang", LANGS)
def test_the_way_home_keeps_the_language(app, lang):
    page = signed_in(app, Role.VIEWER).get(f"/{lang}/nowhere").text

    assert re.findall(r'href="(/[?]lang=..)"', page) == [f"/?lang={lang}"] * 2


def test_who_only_looks_is_offered_no_step(app):
    assert "/programmes/new" not in desk(app, Role.VIEWER)


def test_a_programme_shows_its_plan_and_the_step_it_stands_at(app, kept):
    begun(kept)
    assert words("desk.no_plan", "en") in desk(app, Role.COORDINATOR)

    plan = solved(kept, SYSTEM, scenario(kept, SYSTEM))

    for page in (desk(app, Role.COORDINATOR), signed_in(app).get("/en/programmes/valley").text):
        assert f"/en/plans/{plan.plan_id}" in page and words("desk.next.solved", "en") in page
        assert step(page) == "compare"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/en/programmes/valley", "scenario"),
        ("/en/programmes/valley/enrolled", "match"),
        ("/en/compare", "compare"),
    ],
)
def test_pages_of_the_way_say_which_step_of_it_they_are(app, kept, address, where):
    begun(kept)

    assert step(signed_in(app).get(address).text) == where


@pytest.mark.parametrize(
    ("address", "room"),
    [
        ("/zh/", "desk.title"),
        ("/zh/programmes/new", "programme.list"),
        ("/zh/plans", "site.plans"),
        ("/zh/compare", "site.plans"),
        ("/zh/jobs", "jobs.title"),
    ],
)
def test_the_room_one_is_in_is_marked_among_the_rooms(app, address, room):
    page = signed_in(app, Role.COORDINATOR).get(address).text

    assert re.findall(r'aria-current="true">([^<]+)</a>', page) == [words(room, "zh")]


def test_the_plan_carried_out_is_named_beside_a_newer_one(app, kept):
    begun(kept)
    first, boss = solved(kept, SYSTEM, scenario(kept, SYSTEM)), user_of(app, Role.APPROVER).acting()
    plans.propose(kept, first.plan_id, SYSTEM)
    plans.approve(kept, first.plan_id, boss)
    plans.publish(kept, first.plan_id, boss, reason="the first")
    assert words("desk.meanwhile", "en") not in desk(app, Role.COORDINATOR)

    solved(kept, SYSTEM, scenario(kept, SYSTEM, replace(WHOLE, period="2026-11")))

    page = desk(app, Role.COORDINATOR)
    assert f'{words("desk.meanwhile", "en")} <a href="/en/plans/{first.plan_id}">' in page


def test_a_plan_waits_for_who_may_approve_it_and_then_for_who_publishes(app, kept):
    begun(kept)
    plan = solved(kept, SYSTEM, scenario(kept, SYSTEM))
    plans.propose(kept, plan.plan_id, SYSTEM)
    told = {"name": plan_called(PlanNames(kept, PlanShelf(kept)).of, plan.plan_id, "en"), "period": "2026-10"}
    waits = words("desk.task.proposed", "en", **told)

    assert waits in desk(app, Role.APPROVER)
    assert waits not in desk(app, Role.COORDINATOR)

    plans.approve(kept, plan.plan_id, user_of(app, Role.APPROVER).acting())
    assert words("desk.task.approved", "en", **told) in desk(app, Role.APPROVER)


def test_a_plan_does_not_wait_for_who_made_it(app, kept):
    maker = user_of(app, Role.ADMIN).acting()
    plan = solved(kept, maker, scenario(kept, maker))
    plans.propose(kept, plan.plan_id, maker)

    assert words("desk.nothing", "en") in desk(app, Role.ADMIN)


def test_applications_wait_for_who_answers_them(app, kept):
    begun(kept)
    move(kept, ["tea", "nuts"], Move(ApplicationStep.APPLY, LONG_AGO), SYSTEM)
    move(kept, ["tea"], Move(ApplicationStep.COUNTY, LONG_AGO), SYSTEM)
    county, platform = (words(f"desk.task.application_{by}", "en", count=1) for by in ("county", "platform"))

    coordinator, approver = desk(app, Role.COORDINATOR), desk(app, Role.APPROVER)

    assert county in coordinator and platform not in coordinator
    assert platform in approver and county not in approver


def test_applications_that_no_programme_asks_for_wait_for_nobody(app, kept):
    move(kept, ["tea"], Move(ApplicationStep.APPLY, LONG_AGO), SYSTEM)

    assert words("desk.nothing", "en") in desk(app, Role.COORDINATOR)


def test_a_milestone_at_risk_is_told_with_why(app, kept):
    begun(kept, today() - timedelta(20))  # of thirty days, and nobody has measured anything

    why = words("milestone_why.not_measured_yet", "en")
    told = {"name": "The valley", "milestone": "Producers with a first sale", "why": why}
    assert words("desk.task.milestone", "en", **told) in desk(app, Role.COORDINATOR)
    assert why not in desk(app, Role.VIEWER)


def test_one_sees_what_became_of_what_one_asked_for(app, kept):
    who = user_of(app, Role.COORDINATOR).acting()
    Queue(kept).put("solve_sample", {}, who)

    assert words("job_kind.solve_sample", "en") in desk(app, Role.COORDINATOR)
    assert words("job_kind.solve_sample", "en") not in desk(app, Role.APPROVER)
