import numpy as np
import pytest
from worlds import INF

from impact.arrays import floats, ints
from impact.matching.check.change import Change
from impact.matching.question.published import Published

# 100 were published: 50 and 30 on two links, none on a third, 20 on a link that is there no longer.
PUBLISHED = Published(floats([50, 30, 0]), ints([0]), ints([0]), floats([20]))
CLOSE = Change("close", PUBLISHED, 0.5)


def test_what_is_gone_has_used_up_some_of_the_change_allowed():
    assert CLOSE.allowed == 30


@pytest.mark.parametrize(
    ("exposure", "changed"),
    [([50, 30, 0], 0), ([40, 30, 10], 20), ([60, 20, 10], 30), ([0, 0, 0], 80), ([80, 30, 0], 30)],
)
def test_what_is_added_and_what_is_taken_both_count(exposure, changed):
    book = CLOSE.at(floats(exposure))

    assert (book.rule, list(book.names), book.lower.tolist()) == ("close", ["close"], [-INF])
    assert book.upper[0] - book.activity(floats(exposure))[0] == pytest.approx(30 - changed)
    assert (book.violation(floats(exposure))[0] > 0) == (changed > 30)


def test_one_unit_of_the_share_is_all_that_was_published():
    assert CLOSE.at(np.zeros(3)).unit.tolist() == [100]


@pytest.mark.parametrize(
    ("stated", "given_back", "per_change"),
    [({"close": 2.0}, 60, 2), ({}, 0, 0), ({"close": -2.0}, 0, 0), ({"other": 2.0}, 0, 0)],
)
def test_each_exposure_of_change_is_charged_alike(stated, given_back, per_change):
    charge = CLOSE.charge(stated)

    assert (charge.given_back, charge.per_change) == (given_back, per_change)
    assert charge.per_exposure.tolist() == [0, 0, 0]
