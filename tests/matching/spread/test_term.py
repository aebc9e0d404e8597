from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems, specs_for
from pydantic import ValidationError
from scipy.optimize import minimize
from worlds import INF, problem_from, rules, three_stalls, two_valleys

from impact.arrays import floats
from impact.errors import BadInput, refuse_if_any
from impact.matching.check import objections
from impact.matching.plan import Infeasible
from impact.matching.rules import faults
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.spread.term import Spread

EXACT = Limits(gap=0)
KINDS = (
    {"alpha": 0},
    {"alpha": 0.5},
    {"alpha": 1},
    {"alpha": 2},
    {"alpha": "infinity"},
    {"weights": (3.0, 1.0, 0.5)},
    {"weights": (1.0, 0.0), "over": "product", "within": "producer"},
    {"alpha": "infinity", "over": "type"},
)


@pytest.mark.parametrize(
    ("stated", "hill", "worth"),
    [
        # Each earns 1 a hundredth of its capacity, whoever has it.
        ({"alpha": 0, "weight": 10}, 0, 100 + 10),
        # 0.5 + 1.2/√0.36 = 1 + 1.2/√0.64
        ({"alpha": 0.5, "weight": 120}, 36, 18 + 64 + 120 * 2 * (0.6 + 0.8)),
        # 0.5 + 18.75/25 = 1 + 18.75/75
        ({"alpha": 1, "weight": 18.75}, 25, 87.5 + 18.75 * np.log(0.25 * 0.75)),
        # 0.5 + 0.144/0.4² = 1 + 0.144/0.6²
        ({"alpha": 2, "weight": 14.4}, 40, 80 - 14.4 * (1 / 0.4 + 1 / 0.6)),
        # A hundredth for the worse off costs half a point.
        ({"alpha": "infinity", "weight": 40}, 0, 100),
        ({"alpha": "infinity", "weight": 60}, 50, 75 + 60 * 0.5),
        ({"weights": (2, 1), "weight": 40}, 0, 100 + 40),
        ({"weights": (2, 1), "weight": 60}, 50, 75 + 60 * 1.5),
    ],
)
def test_an_even_spread_is_bought_with_value_up_to_what_it_is_worth(stated, hill, worth):
    plan = solve(two_valleys(), [Spread(**stated)], EXACT)

    assert plan.status == "optimal"
    assert plan.exposure == pytest.approx([hill, 100 - hill], abs=0.2)
    assert plan.worth == pytest.approx(worth, rel=1e-6)
    assert plan.bound == pytest.approx(worth, rel=1e-6)


def test_a_spread_beside_a_rule_is_held_to_it():
    floor = rules({"kind": "group_floor", "group": {"type": "rural"}, "share": 0.3})

    plan = solve(two_valleys(), [*floor, Spread(weight=18.75, alpha=1)], EXACT)

    assert plan.exposure == pytest.approx([30, 70], abs=1e-6)
    assert [outcome.id for outcome in plan.rules] == ["group_floor"]  # nothing can break a spread


def test_what_was_owed_is_made_up_for_first():
    owing = replace(two_valleys(), owed=floats([20, -20]))

    plan = solve(owing, [Spread(weight=1000, alpha="infinity")], EXACT)

    assert plan.exposure == pytest.approx([70, 30])  # (70 − 20)/100 = (30 + 20)/100


def test_a_debt_beyond_reach_is_not_paid_with_everything_there_is():
    owing = replace(two_valleys(), owed=floats([500, 0]))

    plan = solve(owing, [Spread(weight=1e-4, alpha=1)], EXACT)

    assert plan.exposure == pytest.approx(
        [0, 100]
    )  # below nothing the curve is straight: 0.1 points do not pay
    assert np.isfinite(plan.worth)


def test_groups_count_as_one_and_are_served_for_their_capacity():
    problem = problem_from(
        [("a", "feed", 1.0), ("b", "feed", 2.0), ("c", "feed", 3.0)],
        capacity={"a": 100, "b": 100, "c": 100},
        supply={"feed": 120},
    )
    regions = replace(problem, producer_attributes={"region": ("north", "south", "south")})

    plan = solve(regions, [Spread(weight=1000, alpha="infinity", over="region")], EXACT)

    assert plan.exposure == pytest.approx([40, 0, 80])  # 40/100 of the north, 80/200 of the south


def test_two_levels_are_two_terms():
    problem = problem_from(
        [("a", "feed", 1.0), ("b", "feed", 2.0), ("c", "feed", 3.0)],
        capacity={"a": 100, "b": 100, "c": 100},
        supply={"feed": 120},
    )
    regions = replace(problem, producer_attributes={"region": ("north", "south", "south")})
    between = Spread(weight=1000, alpha="infinity", over="region", id="between")
    inside = Spread(weight=1000, alpha="infinity", within="region", id="inside")

    plan = solve(regions, [between, inside], EXACT)

    assert plan.exposure == pytest.approx([40, 40, 40])


def test_products_within_producers_share_what_their_producer_gets():
    stalls = solve(three_stalls(), [], EXACT).exposure
    alike = Spread(weight=1000, alpha="infinity", over="product", within="producer")

    plan = solve(three_stalls(), [alike], EXACT)

    assert stalls[2] == pytest.approx(0)  # the nuts get nothing
    tea, nuts = plan.exposure[:2].sum() / 60, plan.exposure[2] / 20
    assert tea == pytest.approx(nuts)


def test_who_has_no_known_capacity_or_cannot_be_reached_is_left_out_and_counted():
    problem = replace(
        problem_from(
            [("a", "feed", 1.0), ("b", "feed", 1.0), ("c", "feed", 1.0)],
            capacity={"a": 100, "b": INF, "c": 100},
            supply={"feed": 50},
        ),
        max_exposure=floats([INF, INF, 0]),
        ceiling=np.empty(0),
    )

    plan = solve(problem, [Spread(weight=1e4, alpha=1)], EXACT)

    assert plan.exposure == pytest.approx([50, 0, 0])
    (told,) = plan.warnings
    assert (told.code, dict(told.params)) == (
        "spread_leaves_out",
        {"rule": "spread", "unlimited": 1, "unreachable": 1},
    )


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"over": "county"}, "unknown_attribute"),
        ({"alpha": "infinity", "within": "county"}, "unknown_attribute"),
    ],
)
def test_a_spread_over_something_unknown_is_refused(stated, code):
    with pytest.raises(BadInput, match=code):
        refuse_if_any(faults(two_valleys(), [Spread(weight=1, **stated)]))


def test_a_spread_over_nobody_is_refused():
    unlimited = replace(two_valleys(), capacity=floats([INF, INF]))

    with pytest.raises(BadInput, match="spread_over_nobody"):
        solve(unlimited, [Spread(weight=1, alpha=1)])


@pytest.mark.parametrize(
    "stated",
    [
        {"alpha": -1},
        {"alpha": 2.5},  # slopes too far apart for floating point
        {"alpha": "most"},
        {"alpha": float("nan")},
        {"weights": ()},
        {"weights": (1, 2)},  # the better off would count more
        {"weights": (1, -1)},
        {"weights": (2, 1), "alpha": 1},
        {"alpha": 1, "within": "type"},  # adds up anyway
        {"weight": -1},
        {"weight": INF},
        {"evenness": 3},
    ],
)
def test_a_spread_that_means_nothing_cannot_be_stated(stated):
    with pytest.raises(ValidationError):
        Spread(**{"weight": 1, **stated})


@pytest.mark.slow
@given(
    problem=problems(promising=False), kind=st.sampled_from(KINDS), weight=st.sampled_from([0.0, 1.0, 300.0])
)
@settings(max_examples=80, deadline=None)
def test_every_answer_passes_the_check(problem, kind, weight):
    mild = {"cap", "everyone", "dominance"}
    beside = [spec for spec in specs_for(problem) if spec["id"] in mild]
    obeyed = [*rules(*beside), Spread(weight=weight, **kind)]
    if any(faults(problem, obeyed)):
        return  # no producer of known capacity
    try:
        plan = solve(problem, obeyed, EXACT)
    except Infeasible:
        return

    assert objections(problem, specs_of(obeyed), claims_of(plan, 0)) == ()
    assert plan.bound - plan.worth <= 1e-6 * max(1.0, abs(plan.worth))
    assert np.isfinite([plan.worth, plan.bound]).all()


@pytest.mark.slow
@given(problem=problems(promising=False), kind=st.sampled_from(KINDS))
@settings(max_examples=40, deadline=None)
def test_more_weight_never_lowers_welfare_nor_raises_value(problem, kind):
    if any(faults(problem, [Spread(weight=1, **kind)])):
        return
    spreads = [Spread(weight=weight, **kind) for weight in (0.0, 0.3, 5.0, 100.0)]
    plans = [solve(problem, [spread], EXACT) for spread in spreads]
    value = [float(problem.worth(plan.exposure).sum()) for plan in plans]
    welfare = [spread.welfare(problem, plan.exposure) for spread, plan in zip(spreads, plans, strict=True)]

    for less, more in pairwise(range(len(spreads))):
        hair = 4e-6 * max(abs(plans[less].worth), abs(plans[more].worth), 1.0)
        weight = spreads[more].weight
        assert value[more] <= value[less] + hair * weight / (weight - spreads[less].weight)
        assert welfare[more] >= welfare[less] - hair / (weight - spreads[less].weight)


@given(problem=problems(promising=False), kind=st.sampled_from(KINDS))
@settings(max_examples=30, deadline=None)
def test_units_do_not_matter(problem, kind):
    spread = Spread(weight=2.0, **kind)
    if any(faults(problem, [spread])) or problem.supply.max() > 1e5:
        return
    thousand = {"capacity", "promised", "product_capacity", "supply", "baseline", "max_exposure", "owed"}
    scaled = {name: getattr(problem, name) * 1000 for name in thousand}
    larger = replace(problem, **scaled, ceiling=np.empty(0))

    one, other = solve(problem, [spread], EXACT), solve(larger, [replace(spread, weight=2000.0)], EXACT)

    assert other.worth == pytest.approx(1000 * one.worth, rel=4e-6, abs=1e-3)


@given(problem=problems(promising=False), alpha=st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=25, deadline=None)
def test_a_general_purpose_optimiser_finds_nothing_better(problem, alpha):
    spread = Spread(weight=20.0, alpha=alpha)
    if any(faults(problem, [spread])) or problem.capacity.max() > 1e5:
        return
    plan = solve(problem, [spread], EXACT)

    found = _by_slsqp(problem, spread, start=plan.exposure * 0.5)

    assert found <= plan.worth + 1e-4 * max(abs(plan.worth), 1)


def _by_slsqp(problem, spread, start):
    """Climb from `start` under supply and capacities, and return the worth of what is feasible."""

    def worth(exposure):
        return float(problem.worth(exposure).sum()) + spread.worth(problem, exposure)

    def room(exposure):
        placement = problem.supply - np.bincount(problem.placement_of, exposure, len(problem.supply))
        producer = problem.capacity - np.bincount(problem.producer_of, exposure, len(problem.capacity))
        product = problem.product_capacity - np.bincount(
            problem.product_of, exposure, len(problem.product_ids)
        )
        every = np.concatenate([placement, producer, product])
        return every[np.isfinite(every)]

    bounds = [(0, most) for most in problem.box]
    found = minimize(
        lambda exposure: -worth(exposure), start, bounds=bounds, constraints={"type": "ineq", "fun": room}
    )
    shrunk = np.clip(found.x, 0, problem.box) * (1 - 1e-7)
    return worth(shrunk) if (room(shrunk) >= -1e-6).all() else -INF


@pytest.mark.parametrize("alpha", [0.5, 1, 2])
def test_a_curve_beside_rules_that_are_a_network_is_a_flow_and_worth_what_the_simplex_finds(alpha):
    names = [f"p{number}" for number in range(12)]
    problem = problem_from(
        [(name, feed, 1 + 7 * (n * m) % 5) for n, name in enumerate(names) for m, feed in enumerate("abc")],
        {name: 300 + 50 * (n % 4) for n, name in enumerate(names)},
        {"a": 500, "b": 900, "c": 200},
    )
    spread = [Spread(weight=500, alpha=alpha)]

    flow, simplex = (solve(problem, spread, Limits(engine=engine)) for engine in ("auto", "exact"))

    assert flow.engine == "min-cost-flow"
    assert flow.worth == pytest.approx(simplex.worth, rel=1e-4)
