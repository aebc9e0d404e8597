"""What is plainly impossible shows on the page of a scenario before it is solved, with ways out."""

import re

import pytest
from services import do_jobs, send, signed_in

from impact.access import Role
from impact.i18n import words
from impact.jobs.queue import Queue
from impact.store.decisions import scenarios

GROUP = {"tier": ["1", "2"]}
FLOOR = {"id": "floor", "kind": "group_floor", "group": GROUP, "at_least": 2e9}
CAP = {"id": "cap", "kind": "group_cap", "group": GROUP, "at_most": 1e6}
WAY = re.compile(r'action="([^"]*/foresights/[^"]*)"')


def page_of(made, lang="en"):
    return f"/{lang}/scenarios/{made.scenario_id}"


def jobs_of(app):
    return [job.kind for job in Queue(app.extensions["database"]).list()]


@pytest.fixture
def looked(hills, coordinator, asking):
    """Makes a scenario of some rules, and has its sums looked at."""

    def make(*rules, lang="en"):
        made = asking(*rules)
        send(coordinator, page_of(made, lang), f"{page_of(made, lang)}/foresight")
        do_jobs(hills)
        return made

    return make


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_is_said_with_the_rules_that_ask_for_it(coordinator, looked, lang):
    page = coordinator.get(page_of(looked(FLOOR, CAP, lang=lang), lang)).text

    assert words("foreseen.lede", lang) in page
    assert len(re.findall(r'<button name="way"', page)) >= 4
    assert words("scenario.run", lang) in page  # it can be run all the same


def test_a_way_out_is_a_scenario_at_a_press_which_is_looked_at_in_turn(hills, coordinator, looked):
    made = looked(FLOOR)
    (address,) = set(WAY.findall(coordinator.get(page_of(made)).text))

    location = send(coordinator, page_of(made), address, way="0", reason="half will do").location
    do_jobs(hills)

    child = scenarios.get(hills.extensions["database"], location.rpartition("/")[2])
    assert child.parent == made.scenario_id
    assert 0 < child.asked.programme.rules[0]["at_least"] < 2e9
    assert words("foreseen.nothing", "en") in coordinator.get(location).text
    assert [note.text for note in child.notes] == ["half will do"]


def test_a_rule_may_be_left_out(hills, coordinator, looked):
    made = looked(FLOOR)
    (address,) = set(WAY.findall(coordinator.get(page_of(made)).text))

    location = send(coordinator, page_of(made), address, way="1").location

    assert (
        scenarios.get(hills.extensions["database"], location.rpartition("/")[2]).asked.programme.rules == ()
    )


@pytest.mark.parametrize("way", ["", "9", "-1", "x"])
def test_a_way_that_is_none_is_refused(coordinator, looked, way):
    made = looked(FLOOR)
    (address,) = set(WAY.findall(coordinator.get(page_of(made)).text))

    assert send(coordinator, page_of(made), address, way=way).status_code == 400


def test_saving_looks_at_the_sums_and_running_does_not(hills, coordinator, asking):
    made = asking()

    send(coordinator, page_of(made), **{"floor.share": "12"})
    assert jobs_of(hills) == ["foresee_scenario"]
    send(coordinator, page_of(made), **{"floor.share": "13", "do": "run"})
    assert jobs_of(hills) == ["run_scenario", "foresee_scenario"]


def test_the_sums_of_one_scenario_are_looked_at_once(hills, coordinator, asking):
    made = asking()

    for _ in range(2):
        send(coordinator, page_of(made), f"{page_of(made)}/foresight")

    assert jobs_of(hills) == ["foresee_scenario"]


def test_while_it_is_looked_at_the_page_says_so_and_looks_again(coordinator, asking):
    made = asking()
    send(coordinator, page_of(made), f"{page_of(made)}/foresight")

    page = coordinator.get(page_of(made)).text

    assert words("foreseen.looking", "en") in page
    assert 'hx-select="#foresight"' in page
    assert words("foreseen.again", "en") in page  # for who has no script


def test_a_plan_leaves_nothing_to_foresee(hills, coordinator, asking):
    made = asking()
    send(coordinator, page_of(made), do="run")
    do_jobs(hills)

    assert 'id="foresight"' not in coordinator.get(page_of(made)).text


def test_who_reads_sees_it_and_takes_nothing(hills, looked):
    page = signed_in(hills, Role.VIEWER).get(page_of(looked(FLOOR))).text

    assert words("foreseen.lede", "en") in page
    assert not WAY.findall(page)


def test_a_look_that_is_none_is_not_found(coordinator, asking):
    page = page_of(asking())

    assert send(coordinator, page, "/en/foresights/none", way="0").status_code == 404
