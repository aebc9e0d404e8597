"""Plans are called as people would: by their programme, which run of it, and the day; and so for good."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from shelves import valley
from store.decisions.offices import scenario, solved, staff

from impact.access import Role
from impact.store.decisions.naming import PlanNames
from impact.store.decisions.scenario import Asked
from impact.store.solved.plans import PlanShelf


@pytest.fixture
def maker(engine):
    return staff(engine, "maker", Role.COORDINATOR)


@pytest.fixture
def names(engine):
    return PlanNames(engine, PlanShelf(engine))


def other(made):
    """Another plan of the same scenario."""
    return replace(valley(), plan_id=made)


def told(names, plan):
    name = names.of(plan)
    return (name.programme.name_en, name.number)


def test_runs_are_counted_within_their_programme_over_scenarios_and_months(engine, maker, names):
    first = solved(engine, maker, scenario(engine, maker))
    later = solved(engine, maker, scenario(engine, maker, Asked(valley().programme, "2026-11")), other("b"))
    hill = scenario(engine, maker, programme="hill")

    assert told(names, first.plan_id) == ("Valley sample", 1)
    assert told(names, later.plan_id) == ("Valley sample", 2)
    assert told(names, solved(engine, maker, hill, other("c")).plan_id) == ("Valley sample", 1)


def test_a_name_stays_whatever_comes_after(engine, maker):
    made = scenario(engine, maker)
    first = solved(engine, maker, made).plan_id
    before = PlanNames(engine, PlanShelf(engine)).of(first)

    solved(engine, maker, made, other("b"))
    solved(engine, maker, made)  # the same again

    assert PlanNames(engine, PlanShelf(engine)).of(first) == before


def test_a_plan_of_no_scenario_has_no_number(engine, names):
    PlanShelf(engine).keep(valley())

    name = names.of("valley-1")

    assert (name.number, name.day) == (None, datetime.now(UTC).date())


def test_one_that_is_not_there_yet_is_named_once_it_is(engine, names):
    assert names.of("valley-1") is None

    PlanShelf(engine).keep(valley())

    assert names.of("valley-1").programme == valley().programme


def test_a_name_is_found_once(engine, names):
    PlanShelf(engine).keep(valley())

    assert names.of("valley-1") is names.of("valley-1")
