import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.arrays import floats, ints, ratio, read_only, sums, to_digits


def test_what_floating_point_adds_is_taken_off():
    assert to_digits(np.array([29.999999999999996, -0.8500000000000001, 0.0]), 14).tolist() == [
        30.0,
        -0.85,
        0.0,
    ]


def test_what_is_no_number_stays_as_it_is():
    told = to_digits(np.array([np.inf, -np.inf, np.nan]), 3)

    assert told[:2].tolist() == [np.inf, -np.inf]
    assert np.isnan(told[2])


@given(st.floats(-1e15, 1e15))
def test_no_figure_moves_by_more_than_half_of_its_last_digit(value):
    (told,) = to_digits(np.array([value]), 14)

    assert told == pytest.approx(value, rel=1e-13, abs=1e-300)


def test_sums_have_a_place_for_everybody():
    assert sums(floats([1, 2, 4]), ints([0, 2, 0]), 4).tolist() == [5, 0, 2, 0]
    assert sums(floats([]), ints([]), 2).tolist() == [0, 0]


def test_nothing_of_nothing_is_nothing():
    assert ratio(floats([1, 0, 3]), floats([2, 0, 0])).tolist() == [0.5, 0, 0]


def test_arrays_are_copies_that_nobody_writes_to():
    given = np.array([1.0, 2.0])
    kept = floats(given)
    given[0] = 9

    assert kept.tolist() == [1, 2]
    for array in (kept, ints([1]), read_only(given)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5


def test_a_view_that_nobody_writes_to_shows_what_its_owner_writes():
    given = np.array([1.0, 2.0])
    seen = read_only(given)
    given[0] = 9

    assert seen.tolist() == [9, 2]


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [(123456.0, 3, 123000.0), (0.00123456, 3, 0.00123), (-99.96, 3, -100.0), (7.0, 1, 7.0)],
)
def test_so_many_digits_are_told(value, digits, told):
    assert to_digits(floats([value]), digits).tolist() == [told]
