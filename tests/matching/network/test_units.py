import numpy as np
import pytest
from worlds import problem_from, rules

from impact.matching.network.rows_as_arcs import network_of
from impact.matching.network.units import VALUE_BITS, bounds_of, costs_of, units_per_exposure
from impact.matching.pose import pose

LOCK = {"kind": "lock", "product": "hill", "placement": "live", "at_least": 2.5, "at_most": 4.5}


@pytest.mark.parametrize(
    ("capacity", "supply", "unit"),
    [
        (10, 8, 1.0),  # whole bounds
        (0.1, 8, 2.0**30),  # a fraction, and room for the finest unit
        (0.1, 1e10, 2.0**26),  # a fraction beside something large
        (0.1, 1e13, None),  # a fraction beside something too large
        (10, 1e13, 1.0),  # large, but whole
        (2e18, 2e18, None),  # too large to add
    ],
)
def test_the_unit_is_an_exposure_or_as_fine_as_fits(capacity, supply, unit):
    rows = [("hill", "live", 1.0), ("town", "live", 1.0)]
    posed = pose(problem_from(rows, {"hill": capacity, "town": np.inf}, {"live": supply}), ())

    assert units_per_exposure(_network(posed), posed.program) == unit


def test_rounding_loses_no_plan():
    posed = pose(problem_from([("hill", "live", 1.0)], {"hill": 9}, {"live": 8}), rules(LOCK))

    bounds = bounds_of(_network(posed), posed.program, 1.0)

    assert (bounds.lower.tolist(), bounds.upper.tolist()) == ([2], [5])


def test_a_floor_beyond_all_units_is_more_than_its_arc_carries():
    posed = pose(
        problem_from([("hill", "live", 1.0)], {"hill": 9}, {"live": 8}),
        rules(LOCK | {"at_least": 1e30, "at_most": 2e30}),
    )

    bounds = bounds_of(_network(posed), posed.program, 1.0)

    assert bounds.lower[0] > bounds.upper[0]


def test_each_side_of_an_arc_knows_the_row_that_binds_it():
    posed = pose(problem_from([("hill", "live", 1.0)], {"hill": 9}, {"live": 8}), rules(LOCK))
    floor, cap = np.arange(len(posed.program.lower))[posed.rows_of(4)]

    bounds = bounds_of(_network(posed), posed.program, 2.0)

    assert (bounds.lower_row.tolist(), bounds.upper_row.tolist()) == ([floor], [cap])


def test_the_largest_value_has_as_many_bits_as_fit():
    posed = pose(
        problem_from([("hill", "live", 3.0), ("hill", "mall", -1.5)], {"hill": 9}, {"live": 8, "mall": 8}), ()
    )

    cost, per_value = costs_of(_network(posed), posed.program.worth, VALUE_BITS)

    assert per_value == 2.0**38
    assert cost.tolist() == [-3 * 2**38, 3 * 2**37, 0]


def _network(posed):
    return network_of(posed.program, [posed.rows_of(number) for number in range(len(posed.rules))])
