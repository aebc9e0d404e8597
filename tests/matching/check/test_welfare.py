from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import two_valleys

from impact.arrays import floats
from impact.matching.check import audit, objections
from impact.matching.check.welfare import Curve, Ranked
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.spread.term import Spread

ONE_CELL, TWO_CELLS = np.zeros(5, np.int64), np.array([0, 1, 0, 1, 0])
SHAPES = (
    Curve(0.0),
    Curve(0.5),
    Curve(1.0),
    Curve(2.0),
    Ranked((), ONE_CELL),
    Ranked((), TWO_CELLS),
    Ranked((3.0, 1.0, 0.5), ONE_CELL),
    Ranked((2.0, 2.0), TWO_CELLS),
)
shares = st.lists(st.floats(0, 1), min_size=5, max_size=5).map(np.array)
prices = st.lists(st.floats(0, 50), min_size=5, max_size=5).map(np.array)


@given(shape=st.sampled_from(SHAPES), inside=shares, wide=shares, low=st.floats(-2, 2), price=prices)
def test_nothing_between_the_ends_earns_more_than_what_is_left(shape, inside, wide, low, price):
    ends = np.full(5, low), low + wide
    ratio = ends[0] + inside * wide

    left = shape.beyond(7.0, price, *ends)

    assert 7.0 * shape.of(ratio) - price @ ratio <= left + 1e-9 * max(1, abs(left))


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 2.0])
@pytest.mark.parametrize("price", [0.0, 0.3, 1.0, 2.0, 4.0, 1e9])
@pytest.mark.parametrize("ends", [(0.0, 1.0), (-0.5, 0.4), (0.2, 3.0)])
def test_what_is_left_of_a_curve_is_found_in_closed_form(alpha, price, ends):
    grid = np.linspace(*ends, 400_001)
    curve = Curve(alpha)

    left = curve.beyond(2.0, np.array([price]), *(np.array([end]) for end in ends))

    best = max(2.0 * curve._each(grid) - price * grid)
    assert left == pytest.approx(best, rel=1e-5, abs=1e-5)


def test_prices_that_are_the_weights_in_any_order_leave_nothing():
    shape = Ranked((3.0, 1.0, 0.0, 0.0, 0.0), ONE_CELL)
    order = np.array([0.0, 3.0, 0.0, 0.0, 1.0])
    mixed = (order + order[::-1]) / 2

    for price in (order, mixed):
        assert shape.beyond(1.0, price, np.zeros(5), np.ones(5)) == pytest.approx(0)
    assert shape.beyond(1.0, order * 0.9, np.zeros(5), np.ones(5)) > 0.01


@pytest.mark.parametrize(
    ("steps", "num", "weights"),
    [
        ((), 3, [1, 0, 0]),
        ((2, 1), 2, [2, 1]),
        ((2, 1), 4, [2, 2, 1, 1]),
        ((2, 1), 3, [2, 1.5, 1]),  # the second of three is half in either step
        ((4, 2, 0), 1, [2]),
    ],
)
def test_steps_are_read_by_rank(steps, num, weights):
    ratio = np.arange(num, 0, -1.0)

    assert Ranked(steps, np.zeros(num, np.int64)).of(ratio) == pytest.approx(np.array(weights) @ ratio[::-1])


@pytest.mark.parametrize(("steps", "worth"), [((), 2 + 1), ((2.0, 1.0), (2 * 2 + 1.5 * 3 + 4) + (2 * 1 + 5))])
def test_owners_are_ranked_within_their_own_cell(steps, worth):
    ratio = np.array([3.0, 1.0, 2.0, 5.0, 4.0])  # 2, 3 and 4 in one cell, 1 and 5 in the other

    assert Ranked(steps, TWO_CELLS).of(ratio) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("price", "left"),
    [
        (1.0, 0.5 * 4),  # half a point beyond its price, up to a ratio of 4
        (1.5, 0.0),
        (2.0, 0.5 * 1),  # it costs more than it earns: best as far behind as can be
    ],
)
def test_who_is_alone_in_a_cell_earns_its_weight_less_its_price(price, left):
    alone = Ranked((2.0, 1.0), np.zeros(1, np.int64))  # a weight of 1.5

    assert alone.beyond(1.0, np.array([price]), np.array([-1.0]), np.array([4.0])) == pytest.approx(left)


def test_cells_leave_each_what_they_can_earn():
    equal = Ranked((1.0,), TWO_CELLS)

    left = equal.beyond(2.0, np.array([2.0, 1.0, 2.0, 1.0, 2.0]), np.zeros(5), np.full(5, 3.0))

    assert left == pytest.approx(2 * 1 * 3)  # both of the second cell, a point each, up to 3


def test_a_curve_is_straight_where_hardly_anything_is_given():
    log, square = Curve(1.0), Curve(2.0)

    assert log.of(np.array([0.5, 1.0])) == pytest.approx(np.log(0.5))
    assert log.of(np.array([0.0])) == pytest.approx(np.log(1e-3) - 1)
    assert log.of(np.array([-1.0])) == pytest.approx(np.log(1e-3) - 1001)
    assert square.of(np.array([0.0])) == pytest.approx(-2000)


@pytest.mark.parametrize(
    ("other", "objection"),
    [
        ({"weight": 20.0}, "worth_is_not_so"),
        ({"alpha": 2}, "worth_is_not_so"),
        ({"alpha": "infinity"}, "worth_is_not_so"),
        ({"over": "type"}, None),  # one producer of each type: the same question
    ],
)
def test_a_plan_for_another_spread_is_refused(other, objection):
    stated = Spread(weight=18.75, alpha=1)
    plan = solve(two_valleys(), [stated], Limits(gap=0))
    names = {price.rule: price for price in plan.prices}
    renamed = replace(names["spread"], labels=("rural", "urban")) if "over" in other else names["spread"]
    claims = claims_of(replace(plan, prices=(names["supply"], renamed)), 0)

    found = objections(two_valleys(), specs_of([replace(stated, **other)]), claims)

    assert ({issue.code for issue in found} & {"worth_is_not_so"}) == ({objection} if objection else set())
    assert objection or not found


def test_without_its_prices_a_spread_proves_no_more_than_everybody_served_whole():
    stated = specs_of([Spread(weight=10, alpha=1)])

    found = audit(two_valleys(), stated, np.array([50.0, 50.0]), {"supply": {"live": 1.0}})

    assert found.bound == pytest.approx(100 + 0)  # log 1 for either
    assert found.welfare == {"spread": pytest.approx(20 * np.log(0.5))}


def test_debts_count_against_what_is_given():
    owing = replace(two_valleys(), owed=floats([30, 0]))

    found = audit(owing, specs_of([Spread(weight=10, alpha=1)]), np.array([50.0, 50.0]), {})

    assert found.welfare["spread"] == pytest.approx(10 * np.log(0.2 * 0.5))
