"""A rule of a scenario is moved step by step: what it costs, who pays; any step is a scenario."""

import pytest
from services import do_jobs, send, signed_in

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.store.decisions import scenarios

FLOOR = {"id": "floor", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "share": 0.1}
HUGE = {"id": "huge", "kind": "group_floor", "group": {"tier": ["1", "2"]}, "at_least": 1e15}
EACH = {"id": "each", "kind": "quality_floor", "by": "channel", "minimum": {"mall": 0.1}}


def page_of(scenario, lang="en"):
    return f"/{lang}/scenarios/{scenario.scenario_id}"


def swept(app, client, scenario, rule="floor", lang="en"):
    """Have a rule swept, and return the address of what came of it."""
    page = page_of(scenario, lang)
    followed = send(client, page, f"{page}/frontier", rule=rule, points="5").location
    do_jobs(app)
    return client.get(followed).location


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_step_says_what_it_costs_and_who_pays(hills, coordinator, asking, lang):
    page = coordinator.get(swept(hills, coordinator, asking(), lang=lang)).text

    assert page.count(f'class="secondary">{words("frontier_page.take", lang)}') == 5
    assert words("frontier_page.free", lang) in page
    assert words("frontier_page.payers", lang) in page
    assert 'data-chart="frontier"' in page


@pytest.mark.parametrize("name", ["curve", "payers"])
def test_steps_and_who_pays_can_be_taken_away_as_files(hills, coordinator, asking, name):
    address = swept(hills, coordinator, asking())
    assert f"{address}/{name}.csv" in coordinator.get(address).text

    lines = coordinator.get(f"{address}/{name}.csv").text.splitlines()

    assert words("column.limit", "en") in lines[0]
    assert len(lines) == 6 if name == "curve" else len(lines) > 6
    assert coordinator.get(f"{address}/other.csv").status_code == 404


def test_a_step_is_a_scenario_at_a_press(hills, coordinator, asking):
    made = asking()
    address = swept(hills, coordinator, made)

    location = send(coordinator, address, point="4", reason="as the county asked").location

    child = scenarios.get(hills.extensions["database"], location.rpartition("/")[2])
    assert child.parent == made.scenario_id
    assert [note.text for note in child.notes] == ["as the county asked"]
    assert child.asked.programme.rules[0]["share"] > 0.1
    assert child.asked.programme.rules[0]["group"] == FLOOR["group"]


@pytest.mark.parametrize("point", ["", "5", "-1", "99999", "x"])
def test_a_step_that_is_none_is_refused(hills, coordinator, asking, point):
    address = swept(hills, coordinator, asking())

    assert send(coordinator, address, point=point).status_code == 400


def test_rules_that_cannot_hold_together_lead_to_the_ways_out(hills, coordinator, asking):
    address = swept(hills, coordinator, asking(FLOOR, HUGE))

    assert "/conflicts/" in address
    assert words("conflict.title", "en") in coordinator.get(address).text


@pytest.mark.parametrize(("rule", "points"), [("none", "5"), ("floor", "4"), ("floor", ""), ("each", "5")])
def test_what_is_not_offered_is_not_swept(hills, coordinator, asking, rule, points):
    page = page_of(asking(FLOOR, EACH))

    assert send(coordinator, page, f"{page}/frontier", rule=rule, points=points).status_code == 400
    assert not Queue(hills.extensions["database"]).list()


def test_who_reads_can_sweep_nothing(hills, asking):
    page = signed_in(hills, Role.VIEWER).get(page_of(asking())).text

    assert words("frontier_page.ask", "en") not in page


def test_no_curve_is_not_found(coordinator):
    assert coordinator.get("/en/frontiers/none").status_code == 404
