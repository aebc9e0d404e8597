from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from scipy import sparse
from worlds import problem_from, rules, three_stalls, two_valleys

from impact.matching.check import objections
from impact.matching.network.answer import answer_by_flow
from impact.matching.network.rows_as_arcs import network_of
from impact.matching.plan import Infeasible
from impact.matching.pose import pose
from impact.matching.question.rows import LinearProgram
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.solvers.glop import solve_linear

FLOOR = {"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3, "of": "supply"}
CAP = {"kind": "group_cap", "group": {"channel": "mall"}, "at_most": 20}
DOMINANCE = {"kind": "placement_cap", "share": 0.5}
EVERYONE = {"kind": "producer_floor", "of_capacity": 0.2}
LOCK = {"kind": "lock", "product": "coop-tea", "placement": "live", "at_least": 3, "at_most": 30}


def test_supply_and_capacity_alone_are_a_network():
    plan = solve(three_stalls(), ())

    assert plan.engine == "min-cost-flow"
    assert plan.status == "optimal"
    assert plan.exposure.tolist() == [0, 20, 0, 100, 30]
    assert plan.worth == 480


def test_every_rule_that_adds_links_up_is_part_of_the_network():
    obeyed = rules(FLOOR, CAP, DOMINANCE, EVERYONE, LOCK)

    plan, exact = solve(three_stalls(), obeyed), solve(three_stalls(), obeyed, Limits(engine="exact"))

    assert plan.engine == "min-cost-flow"
    assert plan.worth == pytest.approx(exact.worth)


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({**FLOOR, "of": "exposure"}, "weighs links by the share"),
        ({"kind": "quality_floor", "minimum": 0.3}, "weighs links by their quality"),
        (
            {"kind": "group_floor", "group": {"type": "rural", "channel": "mall"}, "at_least": 5},
            "crosses placements and producers",
        ),
    ],
)
def test_other_rules_are_left_to_the_simplex(spec, why):
    plan = solve(_three_stalls_in_two_channels(), rules(spec))

    assert plan.engine == "glop-dual", why


def test_who_asks_for_the_simplex_gets_it():
    assert solve(three_stalls(), (), Limits(engine="exact")).engine == "glop-dual"


def test_a_price_is_told_at_the_row_that_binds():
    plan = solve(two_valleys(), rules(FLOOR))

    assert plan.exposure.tolist() == [30, 70]
    assert {price.rule: dict(zip(price.labels, price.duals, strict=True)) for price in plan.prices} == {
        "supply": {"live": pytest.approx(1.0)},
        "group_floor": {"group_floor": pytest.approx(-0.5)},
    }


def test_of_two_limits_on_the_same_links_the_tighter_has_the_price():
    loose, tight = ({**FLOOR, "id": name, "share": share} for name, share in (("a", 0.2), ("b", 0.4)))

    plan = solve(two_valleys(), rules(loose, tight))

    assert {outcome.id: outcome.price > 0 for outcome in plan.rules} == {"a": False, "b": True}


def test_whole_bounds_make_whole_exposures():
    grid = [(f"p{i}", f"s{j}", 1.0) for i in range(9) for j in range(7)]
    problem = problem_from(grid, {f"p{i}": 10 + i for i in range(9)}, {f"s{j}": 7 + j for j in range(7)})

    plan = solve(problem, rules({"kind": "lock", "product": "p0", "placement": "s0", "at_least": 3}))

    assert plan.engine == "min-cost-flow"
    assert np.array_equal(plan.exposure, np.round(plan.exposure))
    assert plan.worth == 70


def test_fractional_bounds_are_kept_to_a_thousandth_of_the_tolerance():
    problem = problem_from([("hill", "live", 1.0)], {"hill": 1 / 3}, {"live": 0.7})

    plan = solve(problem, ())

    assert plan.engine == "min-cost-flow"
    assert plan.exposure == pytest.approx([1 / 3], abs=1e-9)


def test_large_and_tiny_placements_stand_side_by_side():
    rows = [("giant", "sea", 1.0), ("giant", "drop", 2.0), ("dwarf", "drop", 3.0)]
    problem = problem_from(rows, {"giant": 1e9, "dwarf": 4e-4}, {"sea": 1e9, "drop": 1e-3})

    plan = solve(problem, ())

    assert plan.status == "optimal"
    assert plan.exposure == pytest.approx([1e9 - 6e-4, 6e-4, 4e-4], abs=1e-6)


def test_without_supply_nobody_gets_anything():
    plan = solve(replace(two_valleys(), supply=np.zeros(1), ceiling=np.empty(0)), ())

    assert (plan.worth, plan.bound, plan.status) == (0, 0, "optimal")


def test_a_link_no_row_speaks_of_carries_its_box():
    problem = problem_from([("hill", "live", 1.0)], {"hill": np.inf}, {"live": 8})

    assert solve(problem, ()).exposure.tolist() == [8]


def test_links_of_no_value_are_given_only_what_a_floor_demands():
    problem = problem_from(
        [("hill", "live", 0.0), ("town", "live", 0.0)], {"hill": 10, "town": 10}, {"live": 8}
    )

    plan = solve(problem, rules({"kind": "lock", "product": "hill", "placement": "live", "at_least": 2}))

    assert plan.worth == 0
    assert plan.exposure[0] >= 2


def test_rules_that_cannot_hold_together_are_diagnosed():
    with pytest.raises(Infeasible) as refusal:
        solve(
            two_valleys(),
            rules(FLOOR, {"kind": "lock", "product": "hill", "placement": "live", "at_most": 5}),
        )

    assert set(refusal.value.conflict.rules) == {"group_floor", "lock"}


def test_a_flow_is_not_asked_where_time_is_too_short():
    posed = pose(three_stalls(), ())

    assert answer_by_flow(posed.program, [posed.rows_of(0)], seconds=1e-5, asked_gap=0) is None


def test_a_unit_too_coarse_for_the_tolerance_is_refused():
    problem = problem_from(
        [("hill", "sea", 1.0), ("town", "drop", 1.0)], {"hill": 1e13, "town": 0.3}, {"sea": 1e13, "drop": 1}
    )

    assert solve(problem, ()).engine == "glop-dual"


def test_the_same_question_gets_the_same_answer_to_the_bit():
    grid = [(f"p{i}", f"s{j}", 1.0) for i in range(20) for j in range(20)]
    problem = problem_from(grid, {f"p{i}": 9.5 for i in range(20)}, {f"s{j}": 7.25 for j in range(20)})

    first, second = solve(problem, rules(EVERYONE)), solve(problem, rules(EVERYONE))

    assert first.exposure.tobytes() == second.exposure.tobytes()


@given(problem=problems(), chosen=st.sets(st.sampled_from(["floor", "cap", "everyone", "dominance", "lock"])))
@settings(max_examples=100, deadline=None)
def test_flow_and_simplex_agree_wherever_the_rules_are_a_network(problem, chosen):
    specs = [spec for spec in specs_for(problem) if spec["id"] in chosen]
    obeyed = rules(*({**spec, "of": "supply"} if spec["kind"] == "group_cap" else spec for spec in specs))
    posed = pose(problem, obeyed)
    blocks = [posed.rows_of(number) for number in range(len(posed.rules))]

    flow, simplex = answer_by_flow(posed.program, blocks, 60.0, 0.0), solve_linear(posed.program, 60.0)

    assert network_of(posed.program, blocks) is not None
    if flow is None:
        assert simplex.status == "infeasible" or posed.program.worth @ simplex.x <= 10
        return
    assert posed.program.worth @ flow.x == pytest.approx(posed.program.worth @ simplex.x, rel=1e-6, abs=1e-6)
    plan = solve(problem, obeyed)
    assert plan.engine == "min-cost-flow"
    assert plan.status == "optimal"
    assert objections(problem, specs_of(obeyed), claims_of(plan, 0)) == ()


def test_a_row_without_links_that_demands_some_is_left_to_the_simplex():
    empty, one = sparse.csr_array((1, 1)), np.ones(1)

    assert answer_by_flow(LinearProgram(one, one, empty, one, 2 * one), [slice(0, 1)], 60.0, 0.0) is None
    assert answer_by_flow(LinearProgram(one, one, empty, 0 * one, one), [slice(0, 1)], 60.0, 0.0) is not None


def test_values_too_far_apart_to_be_told_apart_are_left_to_the_simplex():
    rows = [("jewel", "safe", 1e13), ("corn", "sea", 1.0)]
    problem = problem_from(rows, {"jewel": 1, "corn": 1e9}, {"safe": 1e-6, "sea": 1e8})

    plan = solve(problem, ())

    assert plan.engine == "glop-dual"
    assert plan.worth == pytest.approx(1e7 + 1e8)


def _three_stalls_in_two_channels():
    producers, stalls = ("hill", "vale", "town"), ("live", "mall", "shop")
    grid = [(producer, stall, 1.0) for producer in producers for stall in stalls]
    problem = problem_from(grid, dict.fromkeys(producers, 30), dict.fromkeys(stalls, 20))
    return replace(
        problem,
        producer_attributes={"type": ("rural", "rural", "urban")},
        placement_attributes={"channel": ("livestream", "mall", "mall")},
    )
