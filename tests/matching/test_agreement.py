"""Every method finds what trying everything finds, on problems small enough to try everything."""

from dataclasses import replace
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import INF, rules

from impact.arrays import floats, ints, sums
from impact.matching.check import objections
from impact.matching.check.books import all_books
from impact.matching.check.worth import worth_of
from impact.matching.methods import ENGINES
from impact.matching.plan import Infeasible
from impact.matching.question.problem import Problem
from impact.matching.question.published import Published
from impact.matching.question.saturation import Saturation
from impact.matching.solve import Limits, claims_of, solve, specs_of

GAP = 1e-4
CURVES = (Saturation(), Saturation((0.5, 1.0), (1.0, 0.25)))


@st.composite
def worlds(draw, *, capacities, supplies, most_links):
    """Draw two or three producers of up to four products, and two placements."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    num_producers, num_products = draw(st.sampled_from([(2, 2), (2, 3), (3, 4)]))
    everybody = [0, 3]  # a link of each type, and in each placement
    others = rng.permutation(np.setdiff1d(np.arange(2 * num_products), everybody))
    every = np.sort(np.append(everybody, others[: rng.integers(0, most_links - 1)]))
    product_of, placement_of = np.divmod(every, 2)
    size = len(every)
    return Problem(
        producer_ids=tuple(f"farm-{number}" for number in range(num_producers)),
        product_ids=tuple(f"crop-{number}" for number in range(num_products)),
        placement_ids=("live", "mall"),
        producer_of_product=ints(np.arange(num_products) % num_producers),
        capacity=floats(rng.choice(capacities, num_producers)),
        promised=floats(rng.choice([0, 0, 1], num_producers)),
        product_capacity=floats(rng.choice([INF, 4], num_products)),
        supply=floats(rng.choice(supplies, 2)),
        product_of=ints(product_of),
        placement_of=ints(placement_of),
        value=floats(rng.choice([0.0, 1.0, 1.5, 2.0, 7.0], size)),
        quality=floats(rng.choice([0.2, 0.5, 0.9], size)),
        baseline=floats(np.zeros(size)),
        max_exposure=floats(rng.choice([INF, 2], size)),
        producer_attributes={"type": ("rural", "urban", "rural")[:num_producers]},
        placement_attributes={"channel": ("live", "mall")},
    )


WHOLE = worlds(capacities=[2, 4, 6], supplies=[2, 4], most_links=5)
BROKEN = worlds(capacities=[1.5, 4.0, 7.3], supplies=[2.5, 4.0], most_links=4)

RURAL = {"type": "rural"}
NETWORKS = (
    [],
    [{"kind": "group_floor", "group": RURAL, "at_least": 3}, {"kind": "placement_cap", "share": 0.5}],
    [{"kind": "producer_floor", "of_capacity": 0.5}, {"kind": "group_cap", "group": RURAL, "at_most": 4}],
    [{"kind": "group_floor", "group": RURAL, "share": 0.5, "of": "supply"}],
)
SIDE_RULES = (
    [{"kind": "group_floor", "group": RURAL, "share": 0.4}, {"kind": "quality_floor", "minimum": 0.45}],
    [{"kind": "group_ratio", "by": "type", "minimum": 0.6}],
    [{"kind": "churn", "share": 0.7}, {"kind": "group_cap", "group": {"channel": "mall"}, "share": 0.5}],
    [
        {"kind": "producer_floor", "of_capacity": 0.3},
        {"kind": "quality_floor", "minimum": {"live": 0.6}},
        {"kind": "group_ratio", "by": "producer", "minimum": 0.2},
    ],
    [{"kind": "churn", "share": 1.1}, {"kind": "placement_cap", "share": 0.6}],
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("specs", NETWORKS)
@given(problem=WHOLE, curve=st.sampled_from(CURVES))
@settings(max_examples=10, deadline=None)
def test_no_way_of_giving_whole_exposures_is_better(engine, specs, problem, curve):
    problem = replace(problem, saturation=curve)
    given_to = np.array(list(product(*(np.arange(most + 1) for most in problem.box))))

    allowed = given_to[_obeying(problem, rules(*specs), given_to)]
    best = max((worth_of(problem, exposure) for exposure in allowed), default=None)

    _agrees(problem, specs, engine, best)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("specs", SIDE_RULES)
@given(problem=BROKEN)
@settings(max_examples=10, deadline=None)
def test_no_corner_of_what_is_allowed_is_better(engine, specs, problem):
    before = floats(np.round(problem.box * np.linspace(0.2, 0.9, problem.num_links), 1))
    problem = replace(problem, published=Published(before))

    corners = _corners(*_walls(problem, rules(*specs)))
    best = max(corners @ problem.value, default=None)

    _agrees(problem, specs, engine, best)


def _agrees(problem, specs, engine, best):
    """Demand that `engine` finds `best`, or that there is no plan, and that its claims hold."""
    obeyed = rules(*specs)
    try:
        plan = solve(problem, obeyed, Limits(engine=engine, gap=GAP))
    except Infeasible:
        assert best is None
        return

    assert best is not None
    assert objections(problem, specs_of(obeyed), claims_of(plan, GAP)) == ()
    assert best * (1 - GAP) - 1e-6 <= plan.worth <= best * (1 + 1e-6) + 1e-6
    if plan.status == "optimal":
        assert plan.worth == pytest.approx(best, rel=1e-6, abs=1e-6)


def _obeying(problem, obeyed, exposures):
    """Tell which of many plans, shape ``(plan, link)``, no book finds broken."""
    fine = np.ones(len(exposures), bool)
    for row, lower, upper in _accounts(problem, obeyed):
        fine &= (exposures @ row >= lower - 1e-9) & (exposures @ row <= upper + 1e-9)
    return fine


def _accounts(problem, obeyed):
    """Give the weights and bounds of each account of rules that read the same at every plan."""
    plain = [spec for spec in specs_of(obeyed) if spec["kind"] not in ("churn", "group_ratio")]
    for book in all_books(problem, plain):
        for account, (lower, upper) in enumerate(zip(book.lower, book.upper, strict=True)):
            yield np.where(book.account_of == account, book.weight, 0.0), lower, upper


def _walls(problem, obeyed):
    """Write everything demanded as ``walls @ x ≤ heights``, from the words of the rules."""
    one = np.eye(problem.num_links)
    sides = [*zip(-one, np.zeros(problem.num_links), strict=True), *zip(one, problem.box, strict=True)]
    for row, lower, upper in _accounts(problem, obeyed):
        sides += [(-row, -lower), (row, upper)]
    for spec in specs_of(obeyed):
        sides += {"churn": _churn, "group_ratio": _ratio}.get(spec["kind"], lambda *_: [])(problem, spec)
    walls, heights = (np.array(each) for each in zip(*sides, strict=True))
    bounded = np.isfinite(heights) & walls.any(axis=1)
    assert (heights[~walls.any(axis=1)] >= 0).all(), "nothing is demanded of no link at all"
    return walls[bounded], heights[bounded]


def _churn(problem, spec):
    """Whatever is called added and taken, it is at most the share of what was published."""
    before, allowed = problem.published.exposure, spec["share"] * problem.published.whole
    signs = (np.array(sign) for sign in product([-1.0, 1.0], repeat=problem.num_links))
    return [(sign, allowed + sign @ before) for sign in signs]


def _ratio(problem, spec):
    """Any two groups, either way round: what one gets for its capacity is ρ of what the other does."""
    attribute = problem.producer_ids if spec["by"] == "producer" else problem.producer_attributes["type"]
    reached = sums(problem.box, problem.producer_of, len(attribute)) > 0
    served = []
    for group in sorted(set(attribute)):
        inside = np.array([name == group for name in attribute])
        if (inside & reached).any():
            served.append(inside[problem.producer_of] / problem.capacity[inside].sum())
    return [(spec["minimum"] * other - own, 0.0) for own, other in permutations(served, 2)]


def _corners(walls, heights):
    """Find the points where as many walls meet as there are links, and no wall is crossed."""
    size = walls.shape[1]
    meeting = np.array(list(combinations(range(len(walls)), size)))
    apart = np.abs(np.linalg.det(walls[meeting])) > 1e-9
    points = np.linalg.solve(walls[meeting[apart]], heights[meeting[apart]][..., np.newaxis])[..., 0]
    return points[(points @ walls.T <= heights + 1e-7).all(axis=1)]
