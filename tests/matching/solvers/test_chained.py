"""A row over the pieces of a link bounds them one after another, and is no row any more."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from worlds import rules, two_valleys

from impact.arrays import floats, ints
from impact.matching.pose import pose
from impact.matching.question.published import Published
from impact.matching.question.rows import INF, LinearProgram, bound
from impact.matching.solvers.condensed import condensed
from impact.matching.solvers.warm import solve_from


def cut_link(*rows, worth=(2.0, 1.0), room=(4.0, 6.0)):
    """A link of two pieces: the first takes one off a sum that the second adds one to; and `rows`."""
    entries, lower, upper = zip(([-1, 1], -INF, 5), *rows, strict=True)
    matrix = sparse.csr_array(floats(entries).reshape(len(entries), 2))
    return LinearProgram(floats(worth), floats(room), matrix, floats(lower), floats(upper))


@pytest.mark.parametrize(
    ("lower", "upper", "floor", "most"),
    [
        (-INF, 7, (0, 0), (4, 3)),
        (-INF, 3, (0, 0), (3, 0)),
        (-INF, 4, (0, 0), (4, 0)),
        (-INF, 12, (0, 0), (4, 6)),
        (6, INF, (4, 2), (4, 6)),
        (2, 9, (2, 0), (4, 5)),
    ],
)
def test_the_first_piece_is_filled_before_the_next(lower, upper, floor, most):
    few = condensed(cut_link(([1, 1], lower, upper)))

    assert few.program.matrix.shape == (1, 2)
    assert few.floor == pytest.approx(floor)
    assert few.floor + few.program.ceiling == pytest.approx(most)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (cut_link(([1, 1], -INF, 7), worth=(1.0, 2.0)), "the second is worth more"),
        (cut_link(([1, 1], -INF, 7), ([2, 1], -INF, 9)), "the first takes more of what is limited"),
        (cut_link(([1, 1], -INF, 7), ([1, 2], 1, INF)), "the first adds less to what is asked for"),
        (cut_link(([1, 1], -INF, 7), ([1, 2], 1, 9)), "what both add has two sides"),
        (cut_link(([1, 2], -INF, 7)), "they do not count alike"),
        (cut_link(([1, 1], -INF, 7), ([1, 0], -INF, 3)), "the first has a bound of its own"),
        (cut_link(([1, 1], -INF, 7), room=(INF, 6.0)), "there is no end to the first"),
        (cut_link(([-1, -1], -7, INF)), "what is left counts, not what is given"),
    ],
)
def test_columns_that_need_not_be_filled_in_order_keep_their_row(program, why):
    assert condensed(program).program.matrix.toarray()[-1].all(), why
    assert not condensed(program).bounding[1], why


@pytest.mark.parametrize("row", [([1, 1], -INF, 7), ([1, 1], -INF, 3), ([2, 2], -INF, 8), ([1, 1], 6, 6)])
@pytest.mark.parametrize("worth", [(2.0, 1.0), (-1.0, -2.0), (1.0, -1.0)])
def test_the_price_of_the_row_proves_the_answer(row, worth):
    program = cut_link(row, worth=worth)

    answer = solve_from(program, None, 10)

    assert answer.status == "optimal"
    assert bound(program, answer.duals) == pytest.approx(program.worth @ answer.x)


@pytest.mark.parametrize(
    ("row", "why"),
    [(([1, 1], 11, INF), "more than both pieces"), (([1, 1], -INF, -1), "less than nothing")],
)
def test_what_the_pieces_cannot_give_is_proved_impossible(row, why):
    program = cut_link(row)

    crossing = condensed(program).crossing

    assert bound(replace(program, worth=np.zeros(2)), crossing) < 0, why


def test_rows_that_bound_columns_do_so_in_another_program_of_the_same_rows():
    program = cut_link(([1, 1], -INF, 7))
    other = replace(program, worth=floats([0, 1]))

    assert condensed(other).program.matrix.shape == (2, 2)
    assert condensed(other, condensed(program)).program.ceiling == pytest.approx([4, 3])


def test_a_churn_budget_is_one_row_more_beside_caps_on_every_link():
    before = Published(floats([30, 20]), ints([]), ints([]), floats([]))
    problem = replace(two_valleys(), published=before)
    cap = {"id": "cap", "kind": "placement_cap", "share": 0.9}
    steady = {"id": "steady", "kind": "churn", "share": 0.4}

    without, beside = (pose(problem, rules(*each)).program for each in ([cap], [cap, steady]))

    assert len(condensed(beside).program.lower) == len(condensed(without).program.lower) + 1
    answer = solve_from(beside, None, 10)
    assert bound(beside, answer.duals) == pytest.approx(beside.worth @ answer.x)
