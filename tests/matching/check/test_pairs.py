"""Names of pairs are those one would write, and found again."""

import numpy as np
import pytest

from impact.matching.check.pairs import Pairs

PRODUCERS, PLACEMENTS = ("tea", "tea@noon", "oil"), ("noon", "noon@noon", "dusk")
EVERY = Pairs(PRODUCERS, PLACEMENTS, np.arange(9))
SOME = Pairs(PRODUCERS, PLACEMENTS, np.array([0, 5, 8]))


def test_pairs_are_named_by_who_and_where():
    assert list(SOME) == ["tea@noon", "tea@noon@dusk", "oil@dusk"]
    assert (SOME[-1], SOME[:2], len(SOME)) == ("oil@dusk", ["tea@noon", "tea@noon@dusk"], 3)


def test_what_is_stated_lies_where_its_name_stands():
    assert list(SOME.laid_out({"oil@dusk": -2.5, "tea@noon": 1.0})) == [1.0, 0.0, -2.5]


@pytest.mark.parametrize(
    "name",
    [
        "oil@noon",  # both are known, but not as a pair
        "salt@noon",  # nobody
        "oil",  # half of a name
        "",
        "@",
    ],
)
def test_a_name_that_none_of_the_pairs_has_lies_nowhere(name):
    assert not SOME.laid_out({name: 1.0}).any()


def test_where_a_name_can_be_read_in_two_ways_it_lies_on_both_as_names_written_out_would():
    stated = {"tea@noon@noon": 3.0}

    assert list(EVERY.laid_out(stated)) == [stated.get(name, 0.0) for name in EVERY]
    assert np.count_nonzero(EVERY.laid_out(stated)) == 2


def test_nothing_stated_lies_nowhere():
    assert list(SOME.laid_out({})) == [0.0, 0.0, 0.0]
