"""Cases that break solvers: nothing to give, numbers far apart, ties, pieces apart, floors that just fit."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import problem_from, rules, two_valleys

from impact.arrays import floats
from impact.matching.check import objections
from impact.matching.plan import Infeasible
from impact.matching.solve import Limits, claims_of, solve, specs_of

EVERYONE = {"kind": "producer_floor", "of_capacity": 0.5}
DOMINANCE = {"kind": "placement_cap", "share": 0.5}
RURAL = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}
ENGINES = ("auto", "exact")


def solved(problem, *specs, engine="auto"):
    """Solve and demand that every claim of the plan holds."""
    obeyed = rules(*specs)
    plan = solve(problem, obeyed, Limits(engine=engine))
    assert objections(problem, specs_of(obeyed), claims_of(plan, 1e-4)) == ()
    return plan


@pytest.mark.parametrize("engine", ENGINES)
def test_without_supply_there_is_nothing_to_give(engine):
    plan = solved(
        replace(two_valleys(), supply=floats([0]), ceiling=np.empty(0)), EVERYONE, RURAL, engine=engine
    )

    assert (plan.exposure.tolist(), plan.worth) == ([0, 0], 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_capacity_nobody_is_given_anything(engine):
    problem = replace(two_valleys(), capacity=floats([0, 0]), ceiling=np.empty(0))

    assert solved(problem, EVERYONE, RURAL, engine=engine).exposure.tolist() == [0, 0]


@pytest.mark.parametrize("engine", ENGINES)
def test_unlimited_capacity_is_held_by_supply_alone(engine):
    problem = replace(two_valleys(), capacity=floats([np.inf, np.inf]), ceiling=np.empty(0))

    assert solved(problem, DOMINANCE, engine=engine).exposure == pytest.approx([50, 50])


@pytest.mark.parametrize("engine", ENGINES)
def test_one_link_takes_what_it_can(engine):
    problem = problem_from([("tea", "feed", 2.0)], {"tea": 7}, {"feed": 10})

    plan = solved(problem, EVERYONE, engine=engine)

    assert (plan.exposure.tolist(), plan.worth) == ([7], 14)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_thousand_million_beside_a_thousandth(engine):
    problem = problem_from(
        [("giant", "feed", 1e-3), ("giant", "mall", 5.0), ("stall", "feed", 1e3), ("stall", "mall", 1e-3)],
        capacity={"giant": 1e9, "stall": 1e-3},
        supply={"feed": 1e9, "mall": 1e-3},
    )

    plan = solved(problem, EVERYONE, engine=engine)

    assert plan.worth == pytest.approx((1e9 - 1e-3) * 1e-3 + 1e-3 * 5 + 1e-3 * 1e3, rel=1e-6)
    assert plan.exposure[problem.producer_of == 1].sum() == pytest.approx(1e-3, abs=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
def test_equal_scores_everywhere_are_no_harder_and_give_all_there_is(engine):
    grid = [(f"p{i}", f"s{j}", 1.0) for i in range(30) for j in range(20)]
    problem = problem_from(grid, {f"p{i}": 10 for i in range(30)}, {f"s{j}": 7 for j in range(20)})

    assert solved(problem, {**EVERYONE, "of_capacity": 0.4}, engine=engine).worth == pytest.approx(140)


@pytest.mark.parametrize("engine", ENGINES)
def test_pieces_of_a_graph_that_do_not_meet_are_solved_as_if_alone(engine):
    rows = [(f"p{i}", f"s{i}", float(i + 1)) for i in range(12)]
    problem = problem_from(rows, {f"p{i}": 5 for i in range(12)}, {f"s{i}": 3 for i in range(12)})

    assert solved(problem, EVERYONE, engine=engine).exposure.tolist() == [3.0] * 12


@pytest.mark.parametrize("engine", ENGINES)
def test_floors_that_just_fit_leave_one_plan(engine):
    problem = problem_from(
        [(f"p{i}", "feed", float(i + 1)) for i in range(7)], {f"p{i}": 10 for i in range(7)}, {"feed": 21}
    )

    plan = solved(problem, {**EVERYONE, "of_capacity": 0.3}, engine=engine)

    assert plan.exposure == pytest.approx([3.0] * 7)


def test_a_hair_more_than_fits_is_refused():
    problem = problem_from(
        [(f"p{i}", "feed", float(i + 1)) for i in range(7)], {f"p{i}": 10 for i in range(7)}, {"feed": 21}
    )

    with pytest.raises(Infeasible):
        solve(problem, rules({**EVERYONE, "of_capacity": 0.3001}))


@pytest.mark.parametrize("engine", ENGINES)
def test_values_of_nothing_are_a_plan_all_the_same(engine):
    plan = solved(replace(two_valleys(), value=floats([0, 0])), RURAL, EVERYONE, engine=engine)

    assert (plan.worth, plan.gap) == (0, 0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_producer_without_links_stands_in_nobodys_way(engine):
    problem = problem_from([("tea", "feed", 1.0)], {"tea": 50, "idle": 50}, {"feed": 30})

    plan = solved(problem, {**EVERYONE, "of_capacity": 0.6}, engine=engine)

    assert plan.exposure == pytest.approx([30])
    assert [(issue.code, issue.params["first"]) for issue in plan.warnings] == [
        ("floor_without_reach", "idle")
    ]
