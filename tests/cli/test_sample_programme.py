"""The demo's programme is one to go on from: it has a goal, a scenario, a plan, and somebody who made it."""

from datetime import date

import pytest
from services import database
from shelves import valley

from impact.access import Actor, Role
from impact.commands.sample_programme import keep_programme
from impact.store.decisions import plans, programmes, scenarios, standing
from impact.store.decisions.enrolling import document_of
from impact.store.decisions.steps import State
from impact.store.paging import Part

MAKER, OTHER = Actor("u-1", "maker", Role.COORDINATOR), Actor("u-2", "other", Role.APPROVER)
ON = date(2026, 11, 25)


@pytest.fixture
def kept():
    return database()


def test_a_plan_is_kept_with_the_programme_and_the_scenario_it_came_from(kept):
    solved = valley()

    plan_id = keep_programme(kept, solved, ON, MAKER)

    stands = standing.get(kept, plan_id)
    scenario = scenarios.wanted(kept, stands.scenario_id)
    document = document_of(programmes.get(kept, stands.programme_id))
    assert (stands.state, scenario.asked.programme) == (State.SOLVED, solved.programme)
    assert document.goal and document.milestones and not document.eligibility
    assert document.rules == solved.programme.rules


@pytest.mark.parametrize(
    ("on", "period"),
    [
        (date(2026, 9, 30), "2026-10"),  # before its month
        (date(2026, 10, 1), "2027-10"),  # in it: the next that one can still plan for
        (date(2026, 11, 25), "2027-10"),  # after it
    ],
)
def test_the_programme_is_planned_for_its_next_month(kept, on, period):
    plan_id = keep_programme(kept, valley(), on, MAKER)

    assert standing.get(kept, plan_id).period == period


def test_done_again_nothing_changes(kept):
    first = keep_programme(kept, valley(), ON, MAKER)
    again = keep_programme(kept, valley(), ON, MAKER)

    assert first == again
    assert len(scenarios.listed(kept, Part(9)).items) == 1


def test_somebody_else_can_take_it_on_to_approval(kept):
    plan_id = keep_programme(kept, valley(), ON, MAKER)

    plans.propose(kept, plan_id, MAKER)

    assert plans.approve(kept, plan_id, OTHER).state is State.APPROVED
