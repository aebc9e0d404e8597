from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import problems
from scipy.optimize import linprog
from worlds import problem_from

from impact.matching.pose import pose
from impact.matching.rules import faults
from impact.matching.solve import Limits, solve
from impact.matching.spread.owners import owners_of
from impact.matching.spread.ranked import Ranks
from impact.matching.spread.term import Spread


@given(problem=problems(promising=False), steps=st.sampled_from([(), (3.0, 1.0, 0.5), (1.0,), (2.0, 0.0)]))
@settings(max_examples=40, deadline=None)
def test_every_order_of_owners_tried_gives_the_same_worth(problem, steps):
    spread = Spread(weight=30.0, weights=steps) if steps else Spread(weight=30.0, alpha="infinity")
    if any(faults(problem, [spread])) or len(spread.owners(problem)) > 4:
        return

    assert solve(problem, [spread], Limits(gap=0)).worth == pytest.approx(
        _by_all_orders(problem, spread), rel=1e-6, abs=1e-6
    )


@given(
    ratio=st.lists(st.floats(0, 2), min_size=1, max_size=6).map(np.array),
    steps=st.lists(st.integers(0, 9).map(float), min_size=1, max_size=4).map(sorted),
)
def test_welfare_is_the_least_over_all_orders(ratio, steps):
    falling = tuple(reversed(steps))
    ranks = Ranks(_owners(len(ratio)), falling, 1.0)

    weights = ranks._by_rank(len(ratio))
    least = min(np.array(order) @ ratio for order in permutations(weights))

    assert ranks.welfare(ratio * 10) == pytest.approx(least, abs=1e-9)


def test_the_best_values_of_its_own_variables_make_its_worth():
    ranks = Ranks(_owners(5), (3.0, 1.0, 0.5), 2.0)
    had = np.array([1.0, 9.0, 4.0, 4.0, 0.0])
    rows = ranks.rows()

    assert rows.own is not None
    above = 2 * (2.0 * 5 / 3 + 0.5 * 10 / 3)  # levels are counted from one below the least there can be
    assert rows.own.worth @ ranks.own(had) - above == pytest.approx(2.0 * ranks.welfare(had))
    assert np.all(rows.matrix @ had + rows.own.matrix @ ranks.own(had) >= rows.lower - 1e-12)


def _owners(num):
    names = [f"p{number}" for number in range(num)]
    problem = problem_from(
        [(name, "feed", 1.0) for name in names], dict.fromkeys(names, 10.0), {"feed": 100.0}
    )
    return owners_of(problem, "producer")


def _by_all_orders(problem, spread):
    """Maximise value + weight·τ with τ ≤ Σ ω_π(i)·r_i for every order π, as HiGHS finds it."""
    program, owners = pose(problem, ()).program, spread.owners(problem)
    ranks = Ranks(owners, spread.weights or (), 1.0)
    share = np.zeros((len(owners), len(program.worth)))
    link_of = pose(problem, ()).link_of
    for column, link in enumerate(link_of):
        if owners.owner_of[link] >= 0:
            share[owners.owner_of[link], column] = 1 / owners.capacity[owners.owner_of[link]]
    debt = owners.owed / owners.capacity
    orders = sorted(set(permutations(ranks._by_rank(len(owners)))))
    owing = [-np.array(order) @ debt for order in orders]
    cuts = [np.append(-np.array(order) @ share, 1.0) for order in orders]
    matrix = program.matrix.toarray()
    upper, lower = np.isfinite(program.upper), np.isfinite(program.lower)
    rows = np.vstack([matrix[upper], -matrix[lower]])
    answer = linprog(
        -np.append(program.worth, spread.weight),
        A_ub=np.vstack([np.hstack([rows, np.zeros((len(rows), 1))]), *cuts]),
        b_ub=np.concatenate([program.upper[upper], -program.lower[lower], owing]),
        bounds=[*((0, most) for most in program.ceiling), (None, None)],
    )
    return -answer.fun
