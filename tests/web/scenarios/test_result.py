"""What came of a scenario beside its sentences: figures, what they were before, how each rule stands."""

import re

import pytest
from services import do_jobs, send

from impact.i18n import words
from impact.i18n.figures import compact, signed
from impact.jobs.queue import Queue
from impact.store.decisions import scenarios, standing
from impact.store.solved.plans import PlanShelf

CAP = {"id": "cap", "kind": "group_cap", "group": {"tier": ["1", "2"]}, "share": 0.05}
EVERYONE = {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.01}
TIGHT = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.9}


def page_of(made):
    return f"/en/scenarios/{made.scenario_id}"


@pytest.fixture
def run(hills, coordinator):
    """Runs a scenario as its form says, and returns where that leads once it is done."""

    def to_its_end(made, **fields):
        followed = send(coordinator, page_of(made), do="run", **fields).location
        do_jobs(hills)
        return coordinator.get(followed).location

    return to_its_end


def standing_at(app, location):
    sought = standing.Sought(scenario_id=location.rpartition("/")[2])
    return standing.newest(app.extensions["database"], sought)


def plan_at(app, location):
    return PlanShelf(app.extensions["database"]).get(standing_at(app, location).plan_id).plan


def scenario_of(app, location):
    return scenarios.get(app.extensions["database"], location.rpartition("/")[2])


def beside(client, made):
    return re.search(r'<aside class="beside".*?</aside>', client.get(page_of(made)).text, re.DOTALL)[0]


def test_before_it_is_run_the_page_says_where_the_result_will_stand(coordinator, asking):
    assert words("scenario.not_run", "en") in beside(coordinator, asking())


def test_while_it_is_run_the_page_leads_to_how_far_it_is(hills, coordinator, asking):
    made = asking()
    send(coordinator, page_of(made), do="run")

    (job,) = Queue(hills.extensions["database"]).list()
    assert f"/en/jobs/{job.job_id}?follow=1" in beside(coordinator, made)


def test_rules_that_conflict_lead_to_the_ways_out(coordinator, asking, run):
    made = asking(TIGHT, CAP, EVERYONE)

    conflict = run(made)

    assert "/conflicts/" in conflict
    assert f'href="{conflict}"' in beside(coordinator, made)


def test_the_figures_of_the_plan_stand_beside_with_its_status_first(hills, coordinator, asking, run):
    made = asking()

    location = run(made)

    told, worth = beside(coordinator, made), plan_at(hills, location).worth
    assert told.index(words("status.optimal", "en")) < told.index(f"<b>{compact(worth, 'en')}</b>")
    assert location == page_of(made)
    assert f'href="/en/plans/{standing_at(hills, location).plan_id}" role="button"' in told
    assert words("imputed.note_title", "en") in told
    assert "before:" not in told


def test_of_what_was_changed_the_figures_before_stand_below_with_the_difference(
    hills, coordinator, asking, run
):
    made = asking()
    before, location = plan_at(hills, run(made)), run(made, **{"floor.share": "60"})

    told, now = beside(coordinator, scenario_of(hills, location)), plan_at(hills, location)
    assert now.worth < before.worth
    assert f"before: {compact(before.worth, 'en')} · {signed(now.worth - before.worth, 'en')}" in told


def test_of_what_was_changed_and_not_run_only_the_figures_before_are_told(hills, coordinator, asking, run):
    made = asking()
    before = plan_at(hills, run(made))

    child = send(coordinator, page_of(made), do="save", **{"floor.share": "60"}).location

    told = beside(coordinator, scenarios.get(hills.extensions["database"], child.rpartition("/")[2]))
    assert told.index(words("scenario.before", "en")) < told.index(f"<b>{compact(before.worth, 'en')}</b>")
    assert words("status.optimal", "en") not in told


def test_each_sentence_says_how_it_stands_and_what_easing_it_would_gain(coordinator, asking, run):
    made = asking(TIGHT)
    assert 'class="rule-note"' not in coordinator.get(page_of(made)).text

    run(made)

    note = re.search(r'<p class="rule-note">.*?</p>', coordinator.get(page_of(made)).text, re.DOTALL)[0]
    assert words("state.binding", "en") in note
    assert "asked 90%" in note
    assert "points of value" in note
