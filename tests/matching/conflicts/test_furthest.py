"""The furthest limit of a rule, and the rules that stand against more."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, two_valleys

from impact.arrays import floats
from impact.matching.conflicts.certificate import certified, soft
from impact.matching.conflicts.furthest import furthest
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.solve import solve
from impact.matching.solvers.warm import solve_from

RURAL = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.0}


def end_of(problem, spec, *others):
    rule, *rest = rules(spec, *others)
    dial = rule.dial(problem)
    plan = solve(problem, [rule.moved(dial.loosest), *rest])

    def posed_at(limit):
        return pose(problem, [rule.moved(limit), *rest])

    return furthest(posed_at, rule.id, plan, dial.loosest, dial.tightest), posed_at


def test_a_share_of_supply_ends_where_another_floor_begins():
    town = {"id": "town", "kind": "group_floor", "group": {"type": "urban"}, "at_least": 20}

    end, _ = end_of(two_valleys(), {**RURAL, "of": "supply"}, town)

    assert end.limit == pytest.approx(0.8)
    assert set(end.against) == {"rural", "town"}


def test_a_share_of_what_is_given_ends_where_a_promise_begins():
    end, _ = end_of(replace(two_valleys(), promised=floats([0, 20])), RURAL)

    assert end.limit == pytest.approx(0.8)
    assert set(end.against) == {"promised", "rural"}


def test_a_limit_that_can_be_the_hardest_there_is_has_nothing_against_it():
    end, _ = end_of(two_valleys(), RURAL)

    assert (end.limit, end.against) == (1.0, ())


def test_those_who_can_reach_little_do_not_end_a_floor_for_everyone():
    """The hill can be given 30 of its 100; the town all that is left."""
    problem = replace(two_valleys(), max_exposure=floats([30, 100]), ceiling=np.empty(0))

    end, _ = end_of(problem, {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.1})

    assert end.limit == pytest.approx(0.7)


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_the_end_holds_and_a_little_more_is_proved_to_fail(problem, number):
    spec, *others = [specs_for(problem)[number], *specs_for(problem)[5:]]
    try:
        end, posed_at = end_of(problem, spec, *others)
    except Infeasible:
        return
    dial = rules(spec)[0].dial(problem)
    way = dial.tightest - dial.loosest

    eased = posed_at(end.limit - np.clip(1e-5, 0, abs(end.limit - dial.loosest) / abs(way)) * way)
    assert certified(eased, soft(eased)).certificate is None
    if end.against and abs(end.limit - dial.tightest) > 1e-4 * abs(way):
        further = posed_at(end.limit + 1e-4 * way)
        assert solve_from(further.program, None, 10).status == "infeasible"
