"""Figures of plans small enough to do by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import INF, problem_from, two_valleys

from impact.arrays import floats
from impact.reports.inequality import gini, lorenz, theil
from impact.reports.measures import MOST_VALUES, measure

amounts = st.lists(st.floats(0, 1e9, allow_subnormal=False), min_size=1, max_size=40).map(floats)


def test_a_plan_is_summed_up_by_value_exposure_and_served_share():
    figures = measure(two_valleys(), floats([30, 50]))

    assert (figures.value, figures.exposure, figures.served_share) == pytest.approx((65, 80, 0.8))


def test_exposure_is_shared_out_by_every_attribute():
    figures = measure(two_valleys(), floats([30, 70]))

    assert figures.group_shares["type"] == pytest.approx({"rural": 0.3, "urban": 0.7})
    assert figures.group_shares["channel"] == pytest.approx({"livestream": 1.0})


def test_an_attribute_with_a_value_for_everybody_is_no_group():
    many = [f"p{number}" for number in range(MOST_VALUES + 1)]
    problem = problem_from([(name, "live", 1.0) for name in many], dict.fromkeys(many, 1.0), {"live": 10})
    named = replace(problem, producer_attributes={"name": tuple(many)})

    assert "name" not in measure(named, floats(np.zeros(len(many)))).group_shares


def test_quality_is_weighed_by_what_was_shown():
    assert measure(two_valleys(), floats([25, 75])).quality == pytest.approx({"livestream": 0.6})


def test_quality_nobody_knows_is_left_out_and_not_taken_for_zero():
    unknown = replace(two_valleys(), quality=floats([0.9, float("nan")]))

    assert measure(unknown, floats([25, 75])).quality == pytest.approx({"livestream": 0.9})
    assert measure(unknown, floats([0, 75])).quality == {}


def test_spread_counts_only_producers_whose_capacity_is_known():
    problem = replace(two_valleys(), capacity=floats([60, INF]))

    spread = measure(problem, floats([30, 70])).spread

    assert spread is not None
    assert (spread.num_producers, spread.minimum, spread.gini) == pytest.approx((1, 0.5, 0))


def test_nobody_of_known_capacity_means_no_spread_rather_than_a_perfect_one():
    assert measure(replace(two_valleys(), capacity=floats([INF, INF])), floats([30, 70])).spread is None


@pytest.mark.parametrize(
    ("values", "expected", "why"),
    [
        ([5, 5, 5, 5], 0.0, "all the same"),
        ([0, 0, 0, 8], 0.75, "one of four holds everything: (n - 1)/n"),
        ([0, 0], 0.0, "nothing to share is no inequality"),
        ([1, 3], 0.25, "by hand: |1 - 3| / (2 * 2 * 2)"),
    ],
)
def test_gini_of_known_cases(values, expected, why):
    assert gini(floats(values)) == pytest.approx(expected), why


@given(amounts)
def test_gini_is_twice_the_area_between_curve_and_diagonal(values):
    curve = lorenz(values)

    area = np.trapezoid(curve.people_share - curve.held_share, curve.people_share)

    assert gini(values) == pytest.approx(2 * area, abs=1e-9)


@given(amounts, st.floats(0.001, 1000))
def test_inequality_does_not_depend_on_the_unit(values, factor):
    groups = np.array(["ab"[number % 2] for number in range(len(values))])

    assert gini(values * factor) == pytest.approx(gini(values), abs=1e-9)
    assert theil(values * factor, groups).total == pytest.approx(theil(values, groups).total, abs=1e-9)


@given(amounts)
def test_theil_splits_exactly_into_two_parts_that_are_never_negative(values):
    alone = theil(values, np.array([str(number) for number in range(len(values))]))
    together = theil(values, np.array(["one"] * len(values)))

    assert alone.between == pytest.approx(together.within, abs=1e-9)
    assert min(alone.within, together.between) >= -1e-9


def test_theil_tells_between_from_within():
    split = theil(floats([1, 1, 3, 3]), np.array(["poor", "poor", "rich", "rich"]))

    assert split.between == pytest.approx(0.25 * np.log(0.5) + 0.75 * np.log(1.5))
    assert split.within == pytest.approx(0)
