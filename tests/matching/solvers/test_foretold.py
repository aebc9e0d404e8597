"""What rows will cost is foretold from where columns stand: about right, and on a side that a row has."""

import numpy as np
import pytest
from scipy import sparse

from impact.matching.question.rows import INF, LinearProgram
from impact.matching.solvers.condensed import condensed
from impact.matching.solvers.foretold import foretold
from impact.matching.solvers.glop import solve_linear

STALLS = 1_000


def stalls(most=INF, least=-INF):
    """Stalls of one beside one another, worth from 1 to 2, that share a row."""
    matrix, worth = sparse.csr_array(np.ones((1, STALLS))), np.linspace(1, 2, STALLS)
    return LinearProgram(worth, np.ones(STALLS), matrix, np.array([float(least)]), np.array([float(most)]))


def solved(program):
    answer, few = solve_linear(program, 10), condensed(program)
    return few.inner_columns(answer.x), few.inner_duals(answer.duals)


@pytest.mark.parametrize("most", [290, 299, 301, 310])
def test_a_limit_moved_a_little_moves_the_price_as_far_as_solving_again_says(most):
    was, (_, truly) = solved(stalls(300)), solved(stalls(most))

    assert foretold(stalls(most), *was) == pytest.approx(truly, abs=1e-3)


def test_what_has_not_moved_costs_what_it_did():
    x, duals = solved(stalls(300))

    assert foretold(stalls(300), x, duals) == pytest.approx(duals)


def test_a_row_that_lets_everything_in_costs_nothing_soon():
    assert foretold(stalls(5 * STALLS), *solved(stalls(300))).tolist() == [0]


def test_a_price_is_only_ever_on_a_side_that_a_row_has():
    x, duals = solved(stalls(300))

    assert foretold(stalls(least=290), x, duals).tolist() == [0]
    assert foretold(stalls(most=100), np.zeros(STALLS), -duals).tolist() == [0]


def test_rows_that_nothing_near_its_price_moves_keep_theirs():
    """No column is within a hundredth of its price: nothing can be told."""
    given = stalls(300)
    far = LinearProgram(np.full(STALLS, 9.0), given.ceiling, given.matrix, given.lower, given.upper)

    assert foretold(far, np.ones(STALLS), np.array([1.0])).tolist() == [1.0]


def test_a_program_without_rows_has_no_prices():
    empty = np.empty(0)
    nothing = LinearProgram(np.ones(2), np.ones(2), sparse.csr_array((0, 2)), empty, empty)

    assert foretold(nothing, np.ones(2), empty).tolist() == []
