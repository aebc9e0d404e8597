import numpy as np
from scipy import sparse

from impact.matching.network.nests import nest_of


def test_sets_within_sets_nest():
    nest = _nest([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 1]])

    assert nest.set_of.tolist() == [1, 0, 2]
    assert nest.around.tolist() == [-1, 0, -1]
    assert nest.inmost.tolist() == [1, 1, 0, 2]


def test_rows_over_the_same_columns_are_one_set():
    nest = _nest([[1, 1, 0], [1, 1, 1], [1, 1, 0], [1, 1, 1], [1, 1, 0]])

    assert nest.set_of.tolist() == [1, 0, 1, 0, 1]
    assert nest.around.tolist() == [-1, 0]
    assert nest.inmost.tolist() == [1, 1, 0]


def test_sets_that_cross_do_not_nest():
    assert _nest([[1, 1, 0], [0, 1, 1]]) is None


def test_sets_that_cross_inside_a_third_do_not_nest():
    assert _nest([[1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 1, 0]]) is None


def test_a_column_in_no_set_is_outside_all():
    assert _nest([[1, 0]]).inmost.tolist() == [0, -1]


def test_no_rows_nest():
    nest = nest_of(sparse.csr_array((0, 3)))

    assert len(nest.around) == 0
    assert nest.inmost.tolist() == [-1, -1, -1]


def _nest(rows):
    return nest_of(sparse.csr_array(np.array(rows, np.float64)))
