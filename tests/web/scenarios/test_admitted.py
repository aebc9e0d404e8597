"""The page of a scenario says who is in; where nobody is, why and what to do, in the place of running it."""

from dataclasses import replace
from html import unescape

import pytest
from services import do_jobs, send, user_of
from store.decisions.offices import PERIOD

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.model import Programme
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.store.queue.jobs import JobStatus

RUN = '<button name="do" value="run">'
FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}


@pytest.fixture
def made(hills, inputs):
    """Makes a scenario under a floor that leaves some products out, of the hills or what became of them."""

    def make(excluded=None, **changed):
        asked = Asked(Programme("hills", "山货", "Hills", 10, (FLOOR,), excluded=excluded or {}), PERIOD)
        who = user_of(hills, Role.COORDINATOR).acting()
        origin, catalog = Origin("hills", 1), replace(inputs, **changed)
        return scenarios.create(hills.extensions["database"], origin, asked, Inputs(catalog), who)

    return make


@pytest.fixture
def everybody_out(inputs, made):
    return made({product.product_id: ("region_out", "shop_missing") for product in inputs.products})


def page_of(scenario, lang="en"):
    return f"/{lang}/scenarios/{scenario.scenario_id}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_many_are_in_stands_beside_the_run(coordinator, inputs, made, lang):
    out, *rest = (product.product_id for product in inputs.products)

    page = coordinator.get(page_of(made({out: ("region_out",)}), lang)).text

    assert RUN in page
    said = words("scenario.admitted", lang, count=len(inputs.products), num_in=len(rest))
    assert page.index(RUN) < page.index(said) < page.index(RUN) + 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nobody_is_in_the_page_says_why_and_what_to_do_and_offers_no_run(
    coordinator, everybody_out, lang
):
    page = unescape(coordinator.get(page_of(everybody_out, lang)).text)

    assert RUN not in page
    assert words("scenario.nobody", lang) in page
    assert words("eligibility_code.region_out", lang) in page
    assert f"/{lang}/programmes/hills/enrolled?on={PERIOD}-01&shown=out&why=shop_missing" in page
    assert f"/{lang}/programmes/hills/criteria" in page


def test_a_run_that_is_sent_all_the_same_is_refused_with_what_was_typed(hills, coordinator, everybody_out):
    answer = send(coordinator, page_of(everybody_out), do="run", note="All the same")

    assert answer.status_code == 422
    assert words("eligibility_code.region_out", "en") in unescape(answer.text)
    assert 'value="All the same"' in answer.text
    assert not Queue(hills.extensions["database"]).list()


def test_a_scenario_that_nobody_is_in_can_still_be_changed(coordinator, everybody_out):
    answer = send(coordinator, page_of(everybody_out), do="save", **{"floor.share": "20"})

    assert answer.status_code == 303


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nothing_can_be_reached_that_is_said_once_it_was_looked(hills, coordinator, made, lang):
    scenario = made(placements=())
    assert RUN in coordinator.get(page_of(scenario, lang)).text
    send(coordinator, page_of(scenario, lang), f"{page_of(scenario, lang)}/foresight")
    do_jobs(hills)

    page = coordinator.get(page_of(scenario, lang)).text

    assert RUN not in page
    assert words("issue.nothing_in_reach", lang) in page
    assert f"/{lang}/programmes/hills#scenarios" in page


def test_a_catalog_without_products_leads_to_importing_them(coordinator, made):
    page = coordinator.get(page_of(made(products=()))).text

    assert words("issue.nothing_listed", "en") in page
    assert '"/en/imports"' in page
    assert RUN not in page


@pytest.mark.parametrize("kind", ["foresee_scenario", "run_scenario"])
def test_a_job_says_so_too(hills, everybody_out, made, kind):
    queue, who = Queue(hills.extensions["database"]), user_of(hills, Role.COORDINATOR).acting()
    scenario_ids = [everybody_out.scenario_id, made(placements=()).scenario_id]
    put = [queue.put(kind, {}, who, scenario=scenario_id) for scenario_id in scenario_ids]
    do_jobs(hills)

    jobs = [queue.get(job_id) for job_id in put]
    assert [job.status for job in jobs] == [JobStatus.FAILED] * 2
    assert [job.issues[0].code for job in jobs] == ["nobody_eligible", "nothing_in_reach"]
