"""What waits is counted where it waits; the plan moved last speaks for its programme."""

from datetime import date

import pytest
from store.decisions.offices import bare, scenario, solved, staff

from impact.access import SYSTEM, Role
from impact.store.decisions import plans
from impact.store.decisions.applications import ApplicationStep, Move, move
from impact.store.decisions.steps import State
from impact.store.decisions.waiting import applications_due, moved_last, standings_of

MONDAY = date(2026, 10, 5)


@pytest.fixture
def maker(engine):
    return staff(engine, "maker", Role.COORDINATOR)


def test_the_plan_moved_last_speaks_for_its_programme(engine, maker):
    made = scenario(engine, maker)
    first, second = solved(engine, maker, made), solved(engine, maker, made, bare())
    assert moved_last(engine, ["valley"])["valley"].plan_id == second.plan_id

    plans.propose(engine, first.plan_id, maker)

    found = moved_last(engine, ["valley", "hills"])
    assert (found["valley"].plan_id, found["valley"].state) == (first.plan_id, State.PROPOSED)
    assert "hills" not in found


def test_several_plans_say_how_they_stand_at_once(engine, maker):
    plan = solved(engine, maker, scenario(engine, maker))

    assert standings_of(engine, [plan.plan_id, "dreamt"]) == {plan.plan_id: plan}


def test_applications_are_counted_by_whose_answer_they_wait_for(engine):
    move(engine, ["tea", "nuts", "rice", "plums"], Move(ApplicationStep.APPLY, MONDAY), SYSTEM)
    move(engine, ["tea", "plums"], Move(ApplicationStep.COUNTY, MONDAY), SYSTEM)
    move(
        engine, ["rice"], Move(ApplicationStep.COUNTY, MONDAY, accepted=False, reason="not in season"), SYSTEM
    )
    assert applications_due(engine) == {ApplicationStep.COUNTY: 1, ApplicationStep.PLATFORM: 2}

    move(engine, ["tea", "plums"], Move(ApplicationStep.PLATFORM, MONDAY), SYSTEM)

    assert applications_due(engine) == {ApplicationStep.COUNTY: 1}


def test_where_nobody_applied_nothing_is_due(engine):
    assert applications_due(engine) == {}
