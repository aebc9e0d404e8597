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


def test_figures_are_named_as_a_plan_is_written():
    figures = measure(two_valleys(), floats([30, 50])).figures()

    assert figures == {
        "value": pytest.approx(65),
        "exposure": 80,
        "supply": 100,
        "served_share": 0.8,
        "minimum_of_capacity": 0.3,
        "fifth_percentile_of_capacity": pytest.approx(0.31),  # a twentieth of the way from 0.3 to 0.5
        "gini": pytest.approx(0.125),  # |0.3 - 0.5| / (2 * 2 * 0.4)
        "group_shares": {
            "type": {"rural": 0.375, "urban": 0.625},
            "channel": {"livestream": 1.0},
            "segment": {"tea": 1.0},
        },
        "quality_by_channel": {"livestream": pytest.approx(0.65)},
    }


def test_without_a_known_capacity_no_spread_is_told():
    unknown = replace(two_valleys(), capacity=floats([INF, INF]))

    figures = measure(unknown, floats([30, 70])).figures()

    assert [figures[name] for name in ("minimum_of_capacity", "fifth_percentile_of_capacity", "gini")] == [
        None
    ] * 3


def test_nothing_given_is_nothing_of_everything():
    figures = measure(replace(two_valleys(), supply=floats([0])), floats([0, 0]))

    assert (figures.value, figures.served_share) == (0, 0)
    assert figures.group_shares["type"] == {"rural": 0, "urban": 0}


def test_producers_of_no_capacity_are_not_counted_as_unfilled():
    spread = measure(replace(two_valleys(), capacity=floats([0, 100])), floats([0, 70])).spread

    assert (spread.num_producers, spread.minimum) == (1, pytest.approx(0.7))


def test_an_attribute_of_few_enough_values_is_a_group():
    many = [f"p{number}" for number in range(100)]
    problem = problem_from([(name, "live", 1.0) for name in many], dict.fromkeys(many, 1.0), {"live": 10})
    named = replace(problem, producer_attributes={"name": tuple(many)})

    assert measure(named, floats(np.ones(100))).group_shares["name"]["p7"] == pytest.approx(0.01)


def test_what_a_product_says_of_itself_goes_before_its_producer():
    said = replace(two_valleys(), product_attributes={"type": ("urban", "rural")})

    assert measure(said, floats([30, 70])).group_shares["type"] == pytest.approx({"urban": 0.3, "rural": 0.7})


def test_regions_are_told_between_and_within():
    placed = replace(two_valleys(), producer_attributes={"region": ("a", "b")})

    split = measure(placed, floats([30, 90])).spread.theil

    assert split.between == pytest.approx(0.25 * np.log(0.5) + 0.75 * np.log(1.5))
    assert measure(two_valleys(), floats([30, 90])).spread.theil is None


def test_a_lorenz_curve_adds_up_from_the_poorest():
    curve = lorenz(floats([6, 1, 3]))

    assert curve.people_share == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert curve.held_share == pytest.approx([0, 0.1, 0.4, 1])


def test_theil_of_nothing_is_nothing():
    assert theil(floats([0, 0]), np.array(["a", "b"])).total == 0
