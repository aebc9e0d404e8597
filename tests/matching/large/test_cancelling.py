"""Whoever says stop is heard within a second, whatever is running, and gets what there is.

Seconds are those of the processor: what else a machine does is not ours to answer for.
"""

import time

import numpy as np
import pytest

from bench.engine.instances import instance_of
from impact.errors import SolverFailed
from impact.matching.pose import pose
from impact.matching.solve import Limits, solve
from impact.matching.solvers.glop import solve_linear


class After:
    """Says stop so many seconds after it was first asked."""

    def __init__(self, seconds):
        self.seconds, self.asked = seconds, None

    def __call__(self):
        now = time.process_time()
        self.asked = self.asked or now
        return now - self.asked > self.seconds


@pytest.fixture(scope="module")
def fair():
    return instance_of(60_000, seed=1)


@pytest.mark.slow
def test_a_running_simplex_hears_it(fair):
    program, stop = pose(fair.problem, fair.rules).program, After(0.3)

    answer = solve_linear(program, 60, cancelled=stop)

    late = time.process_time() - stop.asked - stop.seconds
    assert answer.status not in ("optimal", "infeasible")
    assert answer.x is None
    assert late < 1.0


@pytest.mark.parametrize("engine", ["exact", "first-order"])
def test_where_there_is_no_plan_yet_none_is_given(fair, engine):
    stop = After(0.3)

    with pytest.raises(SolverFailed):
        solve(fair.problem, fair.rules, Limits(engine=engine, cancelled=stop))
    assert time.process_time() - stop.asked - stop.seconds < 1.0


@pytest.mark.slow
def test_nobody_saying_stop_changes_nothing(fair):
    program = pose(fair.problem, fair.rules).program

    alone, asked = solve_linear(program, 60), solve_linear(program, 60, cancelled=lambda: False)

    assert np.array_equal(alone.x, asked.x)
