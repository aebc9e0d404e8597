"""Ranks within owners."""

import numpy as np

from impact.matching.graph.candidates import rank


def test_items_are_ranked_among_those_of_their_owner():
    owner_of, cost = np.array([1, 0, 1, 0, 1]), np.array([3.0, 2.0, 1.0, 1.0, 2.0])

    assert rank(owner_of, cost).tolist() == [2, 1, 0, 0, 1]


def test_a_tie_goes_to_the_first():
    assert rank(np.zeros(3, np.int64), np.array([5.0, 5.0, 4.0])).tolist() == [1, 2, 0]


def test_a_difference_that_only_rounding_makes_is_a_tie():
    assert rank(np.zeros(2, np.int64), np.array([0.1 + 0.2, 0.3])).tolist() == [0, 1]
