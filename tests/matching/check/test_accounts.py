import numpy as np
import pytest
from worlds import INF

from impact.arrays import floats, ints
from impact.matching.check.accounts import Accounts

# Three accounts over five links: one capped at 10, one demanding 4, one between 2 and 6; one link in none.
NAMES = ("capped", "demanding", "between")


def accounts(lower=(-INF, 4, 2), upper=(10, INF, 6), weight=(1, 2, 1, -1, 1)):
    return Accounts("rule", NAMES, ints([0, 0, 1, 2, -1]), floats(weight), floats(lower), floats(upper))


def test_accounts_add_up_what_belongs_to_them_and_nothing_else():
    assert accounts().activity(floats([1, 2, 3, 4, 1000])).tolist() == [5, 3, -4]


def test_an_account_is_broken_beyond_either_bound():
    exposure = floats([1, 7, 3, -3, 0])  # 15 of at most 10, 3 of at least 4, 3 between 2 and 6

    assert accounts().violation(exposure).tolist() == pytest.approx([5 / 15, 1 / 4, 0])


@pytest.mark.parametrize(
    ("exposure", "broken"),
    [
        ([0, 0, 0, -2, 0], 0),  # just at its lower bound
        ([0, 0, 0, -6, 0], 0),  # just at its upper bound
        ([0, 0, 0, -1, 0], 1 / 6),
        ([0, 0, 0, -9, 0], 3 / 6),
    ],
)
def test_an_account_between_bounds_is_judged_by_the_larger(exposure, broken):
    assert accounts().violation(floats(exposure))[2] == pytest.approx(broken)


def test_the_scale_is_the_largest_of_turnover_bounds_and_one():
    assert accounts().size(floats([1, 2, 3, 0, 0])).tolist() == [10, 4, 6]
    assert accounts().size(floats([10, 20, 30, 40, 0])).tolist() == [50, 30, 40]  # -40 counts as turnover
    nothing = accounts(lower=(-INF, 0, 0), upper=(0, INF, 0.5))
    assert nothing.size(floats([0, 0, 0, 0, 9])).tolist() == [1, 1, 1]
    assert accounts(lower=(-20, -20, 2), upper=(-30, INF, 6)).size(np.zeros(5)).tolist() == [30, 20, 6]


def test_prices_are_laid_out_by_name():
    assert accounts().laid_out({"between": 3.0, "nobody": 9.0}).tolist() == [0, 0, 3]
    assert accounts().laid_out({}).tolist() == [0, 0, 0]


def test_links_pay_their_weight_times_the_price_of_their_account():
    assert accounts().spread(floats([5, 7, 11])).tolist() == [5, 10, 7, -11, 0]


@pytest.mark.parametrize(
    ("stated", "given_back", "per_exposure"),
    [
        ({"capped": 3.0}, 30, [3, 6, 0, 0, 0]),
        ({"demanding": -3.0}, -12, [0, 0, -3, 0, 0]),
        ({"between": 3.0}, 18, [0, 0, 0, -3, 0]),
        ({"between": -3.0}, -6, [0, 0, 0, 3, 0]),
        ({"capped": 1.0, "demanding": -1.0, "between": 1.0}, 10 - 4 + 6, [1, 2, -1, -1, 0]),
        ({"capped": -3.0}, 0, [0] * 5),  # it demands nothing
        ({"demanding": 3.0}, 0, [0] * 5),  # it limits nothing
    ],
)
def test_a_price_is_charged_and_given_back_on_the_side_it_speaks_of(stated, given_back, per_exposure):
    charge = accounts().charge(stated)

    assert (charge.given_back, charge.per_exposure.tolist()) == (given_back, per_exposure)
    assert charge.per_change == 0


def test_accounts_read_the_same_at_any_exposure():
    book = accounts()

    assert book.at(np.ones(5)) is book
