from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from worlds import rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.check import objections
from impact.matching.pose import pose
from impact.matching.question.rows import LinearProgram
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.solvers.units import LARGEST, counted

EXPOSURES = ("capacity", "promised", "product_capacity", "supply", "baseline", "max_exposure")
SHARES = (
    {"id": "rural", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3},
    {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.1},
)


def program(ceiling, upper):
    matrix = sparse.csr_array(np.ones((1, len(ceiling))))
    worth = np.arange(1.0, len(ceiling) + 1)
    return LinearProgram(worth, np.array(ceiling), matrix, np.array([-np.inf]), np.array([upper]))


def times(problem, factor):
    scaled = {name: floats(getattr(problem, name) * factor) for name in EXPOSURES}
    return replace(problem, **scaled, ceiling=np.empty(0))


def test_figures_of_a_bearable_size_stay_as_they_are():
    usual = program([3.0, np.inf], LARGEST)

    assert counted(usual).program is usual


def test_large_figures_are_counted_in_a_power_of_two_and_back_without_rounding():
    large = program([3e12 / 7, np.inf], 1e12 / 3)

    found = counted(large)

    assert found.unit == 2.0 ** round(np.log2(found.unit))
    assert found.program.ceiling[0] <= LARGEST
    assert np.isinf(found.program.ceiling[1])
    assert found.columns(found.program.ceiling)[0] == large.ceiling[0]
    assert found.columns(found.program.upper)[0] == large.upper[0]


@pytest.mark.parametrize("factor", [1e-3, 1e9, 1e10, 1e11, 1e12])
@pytest.mark.parametrize("world", [two_valleys, three_stalls])
def test_a_plan_is_the_same_in_any_unit(world, factor):
    usual = solve(world(), rules(*SHARES), Limits(engine="exact"))

    plan = solve(times(world(), factor), rules(*SHARES), Limits(engine="exact"))

    assert plan.status == "optimal"
    assert plan.worth == pytest.approx(usual.worth * factor)


@pytest.mark.parametrize("large", [1e9, 1e10, 1e12])
def test_giants_stand_beside_dwarfs(large):
    valleys = two_valleys()
    problem = replace(valleys, capacity=floats([1e-3, large]), supply=floats([large]), ceiling=np.empty(0))
    everyone = rules({"kind": "producer_floor", "of_capacity": 0.5})

    plan = solve(problem, everyone, Limits(engine="exact"))

    assert plan.status == "optimal"
    assert plan.worth == pytest.approx(large)
    assert objections(problem, specs_of(everyone), claims_of(plan, 1e-4)) == ()


def test_a_capacity_far_above_what_there_is_tells_nothing_of_size():
    boundless = replace(three_stalls(), capacity=floats([1e15, 1e15]), ceiling=np.empty(0))

    plan = solve(boundless, (), Limits(engine="exact"))

    assert counted(pose(boundless, ()).program).unit == 1.0
    assert plan.status == "optimal"
