"""What is left of a shelf life on arrival, class by class, with and without a cold chain at home."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.matching.graph.freshness import days_kept, freshness
from impact.model import ColdChain, Product
from impact.regions.distances import arrival_days

DAYS = st.floats(0, 1_000)


def product(cold_chain, life):
    return Product("P", "S", "P", "fruit", 0.5, cold_chain=cold_chain, shelf_life_days=life)


def left(cold_chain, life, days, *, has_cold_chain):
    kept = days_kept([product(cold_chain, life)], np.array([has_cold_chain]), kept_share=0.5)
    return freshness(kept, np.array([[days]])).item()


@pytest.mark.parametrize(
    ("cold_chain", "life", "at_home", "share"),
    [
        (ColdChain.AMBIENT, 10.0, True, 0.8),
        (ColdChain.AMBIENT, 10.0, False, 0.8),
        (ColdChain.CHILLED, 10.0, True, 0.8),
        (ColdChain.CHILLED, 10.0, False, 0.6),
        (ColdChain.FROZEN, 200.0, True, 0.99),
        (ColdChain.FROZEN, 200.0, False, 0.98),
        (ColdChain.LIVE, 4.0, True, 0.5),
        (ColdChain.LIVE, 4.0, False, 0.0),  # two days are all it keeps
        (ColdChain.CHILLED, None, False, 1.0),
        (ColdChain.AMBIENT, 0.0, True, 0.0),
        (ColdChain.LIVE, 1.0, True, 0.0),
    ],
)
def test_two_days_on_the_way_leave_this_share(cold_chain, life, at_home, share):
    assert left(cold_chain, life, 2.0, has_cold_chain=at_home) == pytest.approx(share)


@given(life=DAYS, sooner=DAYS, later=DAYS, cold_chain=st.sampled_from(ColdChain), at_home=st.booleans())
def test_who_waits_longer_gets_nothing_fresher(life, sooner, later, cold_chain, at_home):
    sooner, later = sorted((sooner, later))
    early = left(cold_chain, life, sooner, has_cold_chain=at_home)
    late = left(cold_chain, life, later, has_cold_chain=at_home)

    assert 0 <= late <= early <= 1


def test_strawberries_of_the_next_county_are_fresher_than_those_from_the_other_end_of_the_country():
    days = arrival_days(np.array([[80.0, 3_000.0]]))
    near, far = freshness(np.array([5.0]), days)[0]

    assert near == pytest.approx(1 - (1 + 80 * 1.3 / 700) / 5)
    assert far == 0
