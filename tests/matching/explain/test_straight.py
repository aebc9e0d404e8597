"""How far a concave curve runs straight from its start."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.matching.explain.straight import Tried, straight


def curve(slopes, ends, possible=np.inf):
    """Make a concave curve from pieces; where two meet its slope is the later one's."""

    def tried(away):
        if away > possible:
            return None
        starts = np.append(0.0, ends[:-1])
        lengths = np.clip(np.minimum(away, ends) - starts, 0, None)
        piece = min(int(np.searchsorted(ends, away, side="right")), len(slopes) - 1)
        return Tried(away, float(np.dot(slopes, lengths)), slopes[piece])

    return tried


def test_a_line_is_straight_to_its_end():
    found, holds = straight(curve([2.0], [8.0]), 2.0, 0, 8.0, 1.0)

    assert (found.away, holds) == (8, True)


def test_a_curve_is_straight_to_its_first_bend():
    found, _ = straight(curve([3.0, 1.0], [2.0, 8.0]), 3.0, 0, 8.0, 1.0)

    assert (found.away, found.mean) == pytest.approx((2, 3))


def test_a_slope_that_is_not_that_of_the_curve_is_found_out():
    found, _ = straight(curve([3.0, 1.0], [2.0, 8.0]), 7.0, 0, 8.0, 1.0)

    assert (found.away, found.mean) == pytest.approx((2, 3))


def test_a_curve_that_never_runs_straight_says_so():
    def root(away):
        return Tried(away, away**0.5, 0.5 * away**-0.5)

    found, holds = straight(root, 1e9, 0, 1.0, 1.0)

    assert not holds
    assert found.gained == pytest.approx(found.away**0.5)


def test_what_cannot_be_is_not_passed():
    found, _ = straight(curve([3.0], [8.0], possible=0.5), 3.0, 0, 8.0, 1.0)

    assert 0.1 < found.away <= 0.5


def test_where_nothing_can_be_nothing_is_said():
    assert straight(lambda away: None, 1.0, 0, 8.0, 1.0) == (None, False)


def test_a_level_curve_is_straight_however_steep_it_was_thought():
    assert straight(curve([0.0], [8.0]), 5.0, 0, 8.0, 8.0) == (Tried(8.0, 0.0, 0.0), True)


def test_a_curve_whose_slopes_are_all_told_as_nothing_is_measured():
    def line(away):
        return Tried(away, 3 * away, 0.0)

    found, holds = straight(line, 0.0, 0, 8.0, 8.0)

    assert (found.mean, holds) == (pytest.approx(3), True)


@given(
    st.lists(st.floats(0.1, 10), min_size=1, max_size=5, unique=True),
    st.lists(st.floats(0.1, 5), min_size=5, max_size=5),
    st.floats(0, 5),
)
@settings(max_examples=200, deadline=None)
def test_the_line_found_is_never_off_the_curve(slopes, lengths, excess):
    slopes = sorted(slopes, reverse=True)
    ends = np.cumsum(lengths[: len(slopes)])
    tried = curve(slopes, ends)

    found, holds = straight(tried, slopes[0] + excess, 0, float(ends[-1]), float(ends[-1]) / 8)

    middle = tried(found.away / 2)
    assert middle.gained >= found.gained / 2 * (1 - 1e-9)
    if holds:
        assert middle.gained == pytest.approx(found.gained / 2, rel=0.05)


@pytest.mark.parametrize(
    ("later", "away", "why"),
    [(0.99, 8.0, "a bend of one in a hundred is none"), (0.9, 2.0, "one of ten is")],
)
def test_slopes_that_differ_by_two_in_a_hundred_are_one_line(later, away, why):
    found, holds = straight(curve([1.0, later], [2.0, 8.0]), 1.0, 0, 8.0, 8.0)

    assert (found.away, holds) == (pytest.approx(away, rel=0.05), True), why


def test_gains_known_only_roughly_are_one_line_within_what_is_known():
    assert (
        straight(curve([1.0, 0.8], [4.0, 8.0]), 1.0, 1.0, 8.0, 8.0)[0].away == 8
    )  # 0.9 a step, give or take 1/8
    assert straight(curve([1.0, 0.8], [4.0, 8.0]), 1.0, 0.1, 8.0, 8.0)[0].away == pytest.approx(4)


def test_no_more_than_six_points_are_tried():
    seen = []

    def root(away):
        seen.append(away)
        return Tried(away, away**0.5, 0.5 * away**-0.5)

    straight(root, 1e9, 0, 1.0, 1.0)

    assert len(seen) <= 6


def test_the_nearest_of_what_cannot_be_is_closed_in_on():
    found, holds = straight(curve([3.0], [8.0], possible=0.5), 3.0, 0, 8.0, 1.0)

    assert holds
    assert 0.25 < found.away <= 0.5  # twice as far is known not to be


def test_a_line_that_falls_is_straight_too():
    found, holds = straight(curve([-1.0, -3.0], [2.0, 8.0]), -1.0, 0, 8.0, 1.0)

    assert (found.away, found.mean, holds) == (pytest.approx(2), pytest.approx(-1), True)
