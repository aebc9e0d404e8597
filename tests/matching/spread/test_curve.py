import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import problem_from

from impact.arrays import floats
from impact.matching.solve import Limits, solve
from impact.matching.spread.curve import chords_of, height, ratio_at
from impact.matching.spread.owners import Owners
from impact.matching.spread.term import Spread

alphas = st.sampled_from([0.0, 0.3, 0.5, 1.0, 1.7, 2.0])
shares = st.lists(st.floats(0, 1), min_size=3, max_size=3).map(np.array)

inner_shares = st.lists(st.floats(0.05, 0.9), min_size=3, max_size=3).map(np.array)


def three(owed=(0.0, 0.0, 0.0)):
    return Owners(
        names=("a", "b", "c"),
        owner_of=np.array([0, 1, 2]),
        capacity=floats([10, 100, 1000]),
        owed=floats(owed),
        most=floats([10, 60, 200]),
        cell_of=np.zeros(3, np.int64),
    )


def told(chords, had):
    """Return what the chords say `had` is worth, above nothing given."""
    own = chords.rows().own
    own = chords.rows().own
    return float(own.worth @ (chords.own(had) - chords.own(0 * had)))


@pytest.mark.parametrize(
    ("alpha", "ratio", "welfare"),
    [(0, 0.25, 0.25), (0.5, 0.25, 1.0), (1, 1.0, 0.0), (1, np.e, 1.0), (2, 0.25, -4.0)],
)
def test_a_curve_has_the_heights_its_formula_gives(alpha, ratio, welfare):
    assert height(np.array([ratio]), alpha) == pytest.approx(welfare)


@given(alpha=alphas.filter(bool), ratio=st.floats(1e-3, 5))
def test_where_a_curve_rises_so_much_is_found_back(alpha, ratio):
    slope = np.array([ratio**-alpha])

    assert ratio_at(slope, alpha) == pytest.approx(ratio, rel=1e-6)


@given(alpha=alphas, share=shares, owed=st.sampled_from([(0, 0, 0), (20, 30, -500), (-5, 60, 3)]))
def test_chords_never_promise_more_than_the_curve(alpha, share, owed):
    owners = three(owed)
    had = share * owners.most
    chords = chords_of(owners, alpha, 2.0)

    curve = height((had - owners.owed) / owners.capacity, alpha) - height(owners.low, alpha)

    assert told(chords, had) <= 2.0 * curve.sum() + 1e-6 * max(1.0, 2.0 * np.abs(curve).sum())


@given(alpha=alphas.filter(bool), share=inner_shares)
def test_looking_closer_leaves_less_and_ends(alpha, share):
    owners = three()
    had = share * owners.most
    chords = chords_of(owners, alpha, 2.0)
    price = (
        2.0 / owners.capacity * np.maximum(had / owners.capacity, 1e-3) ** -alpha
    )  # the slope of the curve

    exact = 2.0 * (height(had / owners.capacity, alpha) - height(owners.low, alpha)).sum()
    closer = chords.finer(had, price * 1.5, 1e-9)

    assert chords.finer(had, price, 1e-6 * max(1.0, abs(exact))) is None  # nothing is left at the right price
    assert closer is not None
    assert exact + 1e-6 * abs(exact) >= told(closer, had) >= told(chords, had) - 1e-9 * abs(exact)
    assert told(closer, had) == pytest.approx(exact, rel=1e-2)  # where owners stand there are points now


def test_owners_as_full_as_they_can_be_do_not_keep_rounds_going():
    """All but one are served whole, where prices may be any between the slope of a chord and none."""
    names = [f"p{number}" for number in range(40)]
    problem = problem_from(
        [(name, "feed", 1.0 + number / 40) for number, name in enumerate(names)],
        dict.fromkeys(names, 10.0),
        {"feed": 395.0},
    )

    plan = solve(problem, [Spread(weight=30, alpha=2)], Limits(gap=0))

    assert plan.status == "optimal"
