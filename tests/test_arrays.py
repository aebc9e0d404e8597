import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.arrays import to_digits


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
