"""Whoever has little time gets the best plan found so far, checked, with a gap that is proved."""

import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from worlds import rules, two_valleys

from bench.engine.instances import instance_of
from impact.errors import SolverFailed
from impact.matching import methods
from impact.matching.check import objections
from impact.matching.plan import Infeasible
from impact.matching.question.rows import LinearAnswer
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.spread.term import Spread

FLOOR = {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}
LEVEL = {"id": "least", "kind": "max_min", "share": 0.5}
SPREAD = Spread(alpha=1.0, weight=1.0)
STOPPED = Limits(cancelled=lambda: True)
"""Somebody says stop before any method has a plan."""


@pytest.fixture
def endless(monkeypatch):
    """A simplex that never ends in its time."""

    def not_solved(program, seconds, *, dual=True, cancelled=None):
        return LinearAnswer("not_solved", None, None, "glop-dual")

    monkeypatch.setattr(methods, "solve_linear", not_solved)


@pytest.mark.parametrize("obeyed", [rules(FLOOR), rules(LEVEL), (SPREAD,)], ids=["floor", "level", "spread"])
@pytest.mark.parametrize("engine", methods.ENGINES)
def test_who_says_stop_gets_a_plan_that_passes_the_check(obeyed, engine):
    plan = solve(two_valleys(), obeyed, Limits(engine=engine, cancelled=lambda: True))

    assert plan.status in ("optimal", "within_gap", "time_limit")
    assert objections(two_valleys(), specs_of(obeyed), claims_of(plan, STOPPED.gap)) == ()


def test_where_the_simplex_does_not_end_prices_find_a_plan(endless):
    fair = instance_of(2_000, seed=2)

    plan = solve(fair.problem, fair.rules, Limits(engine="exact"))

    assert plan.engine == "first-order"
    assert plan.gap <= 1e-4


def test_the_plan_found_when_time_is_up_is_no_better_than_the_best(endless, monkeypatch):
    monkeypatch.setattr(methods, "HURRIED_SECONDS", 60.0)
    fair = instance_of(2_000, seed=2)

    plan = solve(fair.problem, fair.rules, Limits(seconds=1.0, engine="exact"))

    assert plan.worth <= plan.bound
    assert objections(fair.problem, specs_of(fair.rules), claims_of(plan, 1e-4)) == ()


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_a_plan_of_any_problem_at_no_time_at_all_keeps_every_rule(problem):
    obeyed = rules(*specs_for(problem))
    try:
        plan = solve(problem, obeyed, STOPPED)
    except (SolverFailed, Infeasible):
        return

    assert objections(problem, specs_of(obeyed), claims_of(plan, STOPPED.gap)) == ()
