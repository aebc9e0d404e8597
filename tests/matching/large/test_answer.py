import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from instances import problems, specs_for

from bench.engine.instances import instance_of
from impact.arrays import floats
from impact.matching.check import objections
from impact.matching.large.answer import answer_by_prices
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.question.rows import bound
from impact.matching.rules import RULES
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.solvers.glop import solve_linear
from impact.timing import Patience


@pytest.fixture(scope="module")
def market_day():
    return instance_of(5_000, seed=3)


@pytest.fixture(scope="module")
def posed(market_day):
    return pose(market_day.problem, market_day.rules)


def by_prices(posed, *, seconds=60.0, gap=1e-6, cancelled=lambda: False):
    patience = Patience(time.perf_counter() + seconds, cancelled)
    blocks = [posed.rows_of(number) for number in range(len(posed.rules))]
    return answer_by_prices(posed.program, blocks, posed.link_of, patience, gap)


def worst_row(program, x):
    activity = program.matrix @ x
    short = np.maximum(program.lower - activity, activity - program.upper)
    return (short / np.maximum(np.abs(activity), 1.0)).max()


def test_prices_lead_to_the_worth_the_simplex_finds(posed):
    found, exact = by_prices(posed), solve_linear(posed.program, 60)

    assert found.status == "optimal"
    assert posed.program.worth @ found.x == pytest.approx(posed.program.worth @ exact.x, rel=1e-6)


def test_every_row_is_kept_and_the_bound_is_proved_by_the_duals(posed):
    found = by_prices(posed)

    assert worst_row(posed.program, found.x) <= 1e-6
    assert bound(posed.program, found.duals) == pytest.approx(posed.program.worth @ found.x, rel=2e-6)


def test_a_wider_gap_is_proved_too(posed):
    found = by_prices(posed, gap=0.02)

    worth, most = posed.program.worth @ found.x, bound(posed.program, found.duals)
    assert worst_row(posed.program, found.x) <= 1e-6
    assert most * 0.98 <= worth <= most


def test_the_same_question_has_the_same_answer_to_the_last_bit(posed):
    first, again = by_prices(posed), by_prices(posed)

    assert np.array_equal(first.x, again.x)
    assert np.array_equal(first.duals, again.duals)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problem=problems())
def test_any_problem_is_answered_as_the_simplex_answers_it(problem):
    rules = RULES.validate_python(specs_for(problem))
    worths = {}
    for engine in ("exact", "first-order"):
        try:
            plan = solve(problem, rules, Limits(engine=engine, gap=1e-6))
        except Infeasible:
            worths[engine] = None
        else:
            worths[engine] = plan.worth
            assert objections(problem, specs_of(rules), claims_of(plan, 1e-6)) == ()

    assert worths["first-order"] == (
        None if worths["exact"] is None else pytest.approx(worths["exact"], rel=2e-6, abs=1e-6)
    )


def test_equal_values_are_no_trouble(market_day):
    equal = replace(market_day.problem, value=floats(np.full(market_day.problem.num_links, 10.0)))
    posed = pose(equal, market_day.rules)

    found, exact = by_prices(posed), solve_linear(posed.program, 60)

    assert found.status == "optimal"
    assert posed.program.worth @ found.x == pytest.approx(posed.program.worth @ exact.x, rel=1e-6)


@pytest.mark.slow
def test_what_is_impossible_is_left_to_the_simplex_to_prove(market_day):
    far = {"id": "far", "kind": "quality_floor", "minimum": 0.999}

    posed = pose(market_day.problem, [*market_day.rules, *RULES.validate_python([far])])

    assert by_prices(posed) is None
    with pytest.raises(Infeasible) as told:
        solve(market_day.problem, posed.rules[4:], Limits(engine="first-order"))
    assert "far" in told.value.conflict.rules


def test_without_time_there_is_no_plan_and_none_is_made_up(posed):
    assert by_prices(posed, seconds=0.0) is None


def test_a_cancelled_search_ends_at_once(posed):
    start = time.process_time()

    assert by_prices(posed, cancelled=lambda: True) is None
    assert time.process_time() - start < 1.0


def test_the_plan_says_which_method_answered(market_day):
    plan = solve(market_day.problem, market_day.rules, Limits(engine="first-order"))

    assert plan.engine == "first-order"
    assert plan.gap <= 1e-4
