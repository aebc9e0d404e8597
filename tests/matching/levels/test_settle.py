from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from scipy.optimize import linprog
from worlds import problem_from, rules, stalls_by_the_river, three_stalls, two_valleys

from impact.arrays import floats
from impact.matching.check import objections, unshown
from impact.matching.levels.settle import best_levels, settle
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.question.problem import Problem
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, claims_of, solve, specs_of

INF = float("inf")
MAX_MIN = {"kind": "max_min"}
STEP_BY_STEP = {"kind": "max_min", "lexicographic": True}


def levels(problem: Problem, *specs: dict) -> list[float]:
    return settle(problem, rules(*specs)).levels[0].level.tolist()


def test_everybody_gets_the_same_share_of_capacity_where_all_compete():
    plan = solve(two_valleys(), rules(MAX_MIN))

    assert plan.exposure == pytest.approx([50, 50])
    assert plan.worth == pytest.approx(75)


def test_of_the_best_level_a_share_may_be_asked():
    plan = solve(two_valleys(), rules({**MAX_MIN, "share": 0.6}))

    assert plan.exposure == pytest.approx([30, 70])
    assert plan.rules[0].limit == pytest.approx(0.6)
    assert plan.rules[0].activity == pytest.approx(0.6)
    assert plan.rules[0].price == pytest.approx(25)  # 1 % of the best level is half an exposure
    assert plan.levels[0].best == pytest.approx(0.5)


def test_capacity_is_the_measure():
    problem = replace(two_valleys(), capacity=floats([300, 100]), ceiling=np.empty(0))

    assert solve(problem, rules(MAX_MIN)).exposure == pytest.approx([75, 25])


def test_the_worst_served_decide_and_the_rest_goes_where_it_is_worth_most():
    plan = solve(stalls_by_the_river(), rules(MAX_MIN))

    assert levels(stalls_by_the_river(), MAX_MIN) == pytest.approx([0.25] * 4)
    assert plan.exposure == pytest.approx([25, 25, 25, 95])


def test_step_by_step_those_who_can_rise_further_do():
    assert levels(stalls_by_the_river(), STEP_BY_STEP) == pytest.approx([0.25, 0.25, 0.6, 0.6])
    assert solve(stalls_by_the_river(), rules(STEP_BY_STEP)).exposure == pytest.approx([25, 25, 60, 60])


def test_who_can_reach_little_holds_nobody_back():
    problem = problem_from(
        [("hut", "lane", 1.0), ("hill", "live", 1.0), ("town", "live", 2.0)],
        {"hut": 100, "hill": 100, "town": 100},
        {"lane": 10, "live": 80},
    )

    assert levels(problem, MAX_MIN) == pytest.approx([0.1, 0.4, 0.4])


def test_other_rules_come_first():
    floor = {"kind": "group_floor", "group": {"type": "rural"}, "at_least": 80}

    assert levels(two_valleys(), MAX_MIN, floor) == pytest.approx([0.2, 0.2])
    assert levels(two_valleys(), STEP_BY_STEP, floor) == pytest.approx([0.8, 0.2])


def test_rules_that_are_no_network_count_as_well():
    quality = {"kind": "quality_floor", "minimum": 0.8}

    assert levels(two_valleys(), MAX_MIN, quality) == pytest.approx([0.25, 0.25], rel=1e-6)
    assert solve(two_valleys(), rules(MAX_MIN, quality)).exposure == pytest.approx([75, 25], rel=1e-6)


def test_a_cap_on_a_single_producer_stops_it_and_nobody_else():
    cap = {"kind": "group_cap", "group": {"type": "urban"}, "at_most": 20}

    assert levels(two_valleys(), MAX_MIN, cap) == pytest.approx([0.2, 0.2])
    assert levels(two_valleys(), STEP_BY_STEP, cap) == pytest.approx([0.8, 0.2])


def test_unlimited_capacity_has_no_level_and_that_is_said():
    problem = replace(two_valleys(), capacity=floats([INF, 100]), ceiling=np.empty(0))

    plan = solve(problem, rules(MAX_MIN))

    assert plan.levels[0].level.tolist() == [0, 1]
    assert plan.warnings[0].params == {"rule": "max_min", "producers": 1, "first": "hill"}


def test_rules_that_cannot_hold_are_told_as_without_it():
    clash = [{"kind": "group_floor", "group": {"type": "rural"}, "at_least": 80}]
    clash += [{"kind": "group_cap", "group": {"type": "rural"}, "at_most": 20}]

    with pytest.raises(Infeasible) as told:
        solve(two_valleys(), rules(MAX_MIN, *clash))

    assert set(told.value.conflict.rules) == {"group_floor", "group_cap"}


def test_a_second_rule_counts_on_the_first():
    half = {**MAX_MIN, "id": "half", "share": 0.5}
    floor = {"kind": "group_floor", "group": {"type": "rural"}, "at_least": 10}

    found = settle(two_valleys(), rules(half, MAX_MIN, floor))

    assert [best.rule for best in found.levels] == ["half", "max_min"]
    assert [rule.id for rule in found.rules] == ["half", "max_min", "group_floor"]
    assert solve(two_valleys(), rules(half, MAX_MIN, floor)).exposure == pytest.approx([50, 50])


def test_the_simplex_holds_the_same_levels():
    by_flow = solve(three_stalls(), rules(STEP_BY_STEP))
    by_simplex = solve(three_stalls(), rules(STEP_BY_STEP), Limits(engine="exact"))

    assert by_simplex.worth == pytest.approx(by_flow.worth, rel=1e-6)


@pytest.mark.slow
@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_levels_are_those_of_linear_programs_and_plans_pass_the_check(problem):
    (_, *others) = obeyed = rules({**STEP_BY_STEP, "share": 0.9}, *specs_for(problem))
    try:
        plan = solve(problem, obeyed)
    except Infeasible:
        assert _leximin(problem, others) is None
        return
    specs, shown = specs_of(obeyed), {best.rule: best.shown for best in plan.levels if best.shown is not None}
    claims = claims_of(plan, 0)

    assert objections(problem, specs, claims) == ()
    assert list(unshown(problem, specs, claims.prices, shown)) == []
    assert plan.levels[0].level == pytest.approx(_leximin(problem, others), rel=1e-4, abs=1e-4)


@pytest.mark.slow
@given(problem=problems(promising=False))
@settings(max_examples=40, deadline=None)
def test_nothing_but_networks_gives_the_levels_of_linear_programs(problem):
    (rule,) = rules(STEP_BY_STEP)
    others = rules({"kind": "placement_cap", "share": 0.7})

    assert best_levels(problem, rule, others).level == pytest.approx(
        _leximin(problem, others), rel=1e-4, abs=1e-4
    )


@given(problem=problems(promising=False))
@settings(max_examples=30, deadline=None)
def test_more_supply_never_lowers_the_best_level(problem):
    more = replace(problem, supply=problem.supply * 1.5, ceiling=np.empty(0))
    (rule,) = rules(MAX_MIN)

    before, after = best_levels(problem, rule, ()).level, best_levels(more, rule, ()).level

    assert np.all(after >= before * (1 - 1e-9))


@given(problem=problems(promising=False))
@settings(max_examples=30, deadline=None)
def test_step_by_step_everybody_is_served_as_well_or_better(problem):
    at_once, by_steps = (best_levels(problem, rules(spec)[0], ()).level for spec in (MAX_MIN, STEP_BY_STEP))

    assert np.all(by_steps >= at_once * (1 - 1e-9))


def _leximin(problem: Problem, others: tuple[Obeyed, ...]) -> list[float] | None:
    """Fill like water: raise all that rise by linear programs, and stop each that cannot rise alone."""
    posed = pose(problem, others)
    capacity, reachable = posed.problem.capacity, posed.problem.reachable
    measured = np.flatnonzero(np.isfinite(capacity) & (reachable > 0))
    level = np.zeros(len(capacity))
    rising = set(measured.tolist())
    if _most(posed, {}, []) is None:
        return None
    while rising:
        held = {i: level[i] * capacity[i] for i in measured.tolist() if i not in rising}
        top = _most(posed, held, sorted(rising))
        assert top is not None
        at = {i: min(top * capacity[i], reachable[i]) for i in rising}
        stopped = {i for i in rising if _alone(posed, held | at, i) <= at[i] * (1 + 1e-4) + 1e-4}
        for i in stopped or rising:
            level[i] = at[i] / capacity[i]
        rising -= stopped or rising
    return level.tolist()


def _most(posed, held, rising) -> float | None:
    """Find the highest level of those that rise, by bisection: what each can reach bends the floors."""
    low, high = 0.0, 1.0
    if not _feasible(posed, held):
        return None
    for _ in range(45):
        middle = (low + high) / 2
        floors = {i: min(middle * posed.problem.capacity[i], posed.problem.reachable[i]) for i in rising}
        low, high = (middle, high) if _feasible(posed, held | floors) else (low, middle)
    return low


def _feasible(posed, floors) -> bool:
    return _by_highs(posed, floors, np.zeros(len(posed.program.worth))) is not None


def _alone(posed, floors, producer) -> float:
    wanted = (posed.problem.producer_of[posed.link_of] == producer).astype(float)
    wanted = np.concatenate([wanted, np.zeros(len(posed.program.worth) - len(wanted))])
    found = _by_highs(posed, {i: floor * (1 - 1e-6) for i, floor in floors.items()}, wanted)
    assert found is not None
    return found


def _by_highs(posed, floors, wanted) -> float | None:
    program, num = posed.program, len(posed.program.worth)
    producer_of = posed.problem.producer_of[posed.link_of]
    sums = np.zeros((len(floors), num))
    for row, producer in enumerate(floors):
        sums[row, : len(producer_of)] = producer_of == producer
    if not num:
        held = np.all(program.lower <= 0) and np.all(program.upper >= 0) and not any(floors.values())
        return 0.0 if held else None
    matrix = program.matrix.toarray()
    above, below = np.isfinite(program.upper), np.isfinite(program.lower)
    least = np.array([floor * (1 - 1e-9) for floor in floors.values()])
    found = linprog(
        -wanted,
        A_ub=np.concatenate([matrix[above], -matrix[below], -sums]),
        b_ub=np.concatenate([program.upper[above], -program.lower[below], -least]),
        bounds=np.stack([np.zeros(num), program.ceiling], axis=1),
    )
    return -float(found.fun) if found.status == 0 else None
