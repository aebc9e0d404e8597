"""Which plan stands published, and which one another is held against."""

from dataclasses import replace

import pytest
from shelves import valley
from store.decisions.offices import PERIOD, WHOLE, scenario, solved, staff

from impact.access import Role
from impact.store.decisions import plans, standing
from impact.store.decisions.standing import Sought

NEXT = "2026-11"


@pytest.fixture
def maker(engine):
    return staff(engine, "maker", Role.COORDINATOR)


@pytest.fixture
def keep(engine, maker):
    """Keep a plan of a name for a period; return its id."""

    def kept(name, period=PERIOD):
        made = scenario(engine, maker, replace(WHOLE, period=period))
        return solved(engine, maker, made, replace(valley(), plan_id=name)).plan_id

    return kept


@pytest.fixture
def publish(engine, maker, keep):
    checker = staff(engine, "checker", Role.APPROVER)

    def published(name, period=PERIOD):
        plan = keep(name, period)
        plans.propose(engine, plan, maker)
        plans.approve(engine, plan, checker)
        return plans.publish(engine, plan, checker).plan_id

    return published


def test_a_plan_is_held_against_the_one_published_for_its_period(engine, keep, publish):
    now, _ = publish("now"), publish("next", NEXT)

    assert standing.baseline(engine, keep("other")) == now


def test_where_none_is_published_for_its_period_the_latest_of_its_programme_is_it(engine, keep, publish):
    publish("now")
    following = publish("next", NEXT)

    assert standing.baseline(engine, keep("later", "2026-12")) == following


def test_a_plan_is_not_held_against_itself(engine, publish):
    assert standing.baseline(engine, publish("now")) is None


def test_where_nothing_is_published_there_is_nothing_to_be_held_against(engine, keep):
    assert standing.baseline(engine, keep("first")) is None
    assert standing.baseline(engine, "nothing") is None


def test_the_newest_plan_that_is_looked_for_is_found(engine, keep, publish):
    first, second = publish("first"), keep("second", NEXT)

    assert standing.newest(engine).plan_id == second
    assert standing.newest(engine, Sought(period=PERIOD)).plan_id == first
    assert standing.newest(engine, Sought(state="published")).plan_id == first
    assert standing.newest(engine, Sought(programme_id="other")) is None


def test_of_periods_the_latest_published_one_counts_whichever_was_published_last(engine, publish):
    following = publish("next", NEXT)
    now = publish("now")

    assert standing.published(engine, "valley") == following
    assert standing.published(engine, "valley", PERIOD) == now
    assert standing.published(engine, "other") is None
