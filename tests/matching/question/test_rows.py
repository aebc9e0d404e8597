"""Rows say how little or how much links may add up to, and what any prices on them prove."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from impact.arrays import floats, ints
from impact.matching.question.rows import (
    LinearProgram,
    Own,
    Rows,
    bound,
    keeps_rows,
    rows_at_least,
    rows_at_most,
    stack,
    sum_matrix,
)

INF = float("inf")


def at_most(*upper, **more) -> Rows:
    """Each of two links alone is at most so much."""
    rows = rows_at_most(sparse.csr_array(np.eye(2)), floats(upper), floats(upper), ["a", "b"])
    return replace(rows, **more)


def two_links(lower=(-INF,), upper=(100,), worth=(1, 2), ceiling=(60, 70)) -> LinearProgram:
    """Two links of one placement."""
    return LinearProgram(
        floats(worth),
        floats(ceiling),
        sparse.csr_array(np.ones((len(upper), 2))),
        floats(lower),
        floats(upper),
    )


def test_rows_are_open_on_the_side_that_nothing_is_said_of():
    least = rows_at_least(sparse.csr_array((1, 2)), floats([3]), floats([0.1]), ["a"])

    assert (at_most(5, 6).lower.tolist(), at_most(5, 6).upper.tolist()) == ([-INF, -INF], [5, 6])
    assert (least.lower.tolist(), least.upper.tolist(), least.limit.tolist()) == ([3], [INF], [0.1])


def test_a_sum_counts_each_link_in_its_row_by_its_weight():
    row_of = ints([1, -1, 0, 1])

    assert sum_matrix(row_of, 3).toarray().tolist() == [[0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    assert sum_matrix(row_of, 2, floats([2, 3, 4, 5])).toarray().tolist() == [[0, 0, 4, 0], [2, 0, 0, 5]]


def test_rows_below_one_another_keep_their_order_and_names():
    both = stack(
        [at_most(5, 6), rows_at_least(sparse.csr_array(np.ones((1, 2))), floats([3]), floats([0.1]), ["c"])]
    )

    assert both.matrix.toarray().tolist() == [[1, 0], [0, 1], [1, 1]]
    assert both.lower.tolist() == [-INF, -INF, 3]
    assert both.upper.tolist() == [5, 6, INF]
    assert both.limit.tolist() == [5, 6, 0.1]
    assert (both.labels, len(both), both.own, both.turn) == (("a", "b", "c"), 3, None, None)


def test_variables_of_one_rule_are_nothing_to_the_rows_of_another():
    own = Own(sparse.csr_array([[1.0], [2.0]]), floats([9]), floats([-1]))
    other = Own(sparse.csr_array([[3.0, 0.0], [0.0, 4.0]]), floats([7, 8]), floats([0, 5]))

    three = stack([at_most(5, 6, own=own), at_most(1, 2), at_most(3, 4, own=other)])

    assert three.own.matrix.toarray().tolist() == [
        [1, 0, 0],
        [2, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 3, 0],
        [0, 0, 4],
    ]
    assert (three.own.ceiling.tolist(), three.own.worth.tolist()) == ([9, 7, 8], [-1, 0, 5])
    assert [rows.stated().num_own for rows in (at_most(5, 6, own=own), at_most(1, 2))] == [1, 0]


def test_rows_that_turn_stand_beside_those_that_do_not():
    turning = sparse.csr_array([[0.0, -2.0], [0.0, 0.0]])

    both = stack([at_most(1, 2), at_most(3, 4, turn=turning)])

    assert both.turn.toarray().tolist() == [[0, 0], [0, 0], [0, -2], [0, 0]]


def test_columns_are_numbered_by_32_bits():
    assert {
        part.dtype.name
        for part in (stack([at_most(1, 2)]).matrix.indices, stack([at_most(1, 2)]).matrix.indptr)
    } == {"int32"}


@pytest.mark.parametrize(
    ("duals", "proved", "why"),
    [
        ([0], 1 * 60 + 2 * 70, "without a price all links might be full"),
        ([1], 100 + 1 * 70, "at 1 the first is worth nothing more, the second 1"),
        ([2], 200, "at 2 nothing is worth more"),
        ([-1], 1 * 60 + 2 * 70, "nothing is asked for from below: a price there proves nothing"),
    ],
)
def test_any_price_proves_a_bound(duals, proved, why):
    assert bound(two_links(), floats(duals)) == pytest.approx(proved), why


def test_a_floor_is_priced_below_nothing():
    floored = two_links(lower=(80,), upper=(INF,), worth=(-1, -3))

    assert bound(floored, floats([-1])) == pytest.approx(-80)  # each of 80 costs 1 at least
    assert bound(floored, floats([1])) == 0


def test_a_link_without_end_is_bound_only_where_nothing_is_left_of_its_worth():
    endless = two_links(ceiling=(60, INF))

    assert bound(endless, floats([2])) == pytest.approx(200)
    assert bound(endless, floats([1])) == INF


@given(
    duals=st.lists(st.floats(-5, 5), min_size=2, max_size=2),
    shares=st.lists(st.floats(0, 1), min_size=2, max_size=2),
)
def test_no_plan_is_worth_more_than_any_prices_prove(duals, shares):
    program = two_links(lower=(10, -INF), upper=(100, 90))
    x = floats(shares) * program.ceiling

    if keeps_rows(program, x, 0.0):
        assert program.worth @ x <= bound(program, floats(duals)) + 1e-9


@pytest.mark.parametrize(
    ("x", "kept", "why"),
    [
        ([50, 50], True, "just so much"),
        ([50, 50.5], False, "half an exposure too much"),
        ([50, 50 + 1e-5], True, "a millionth of what there is"),
        ([5, 4], False, "too little"),
        ([5, 5 - 1e-6], True, "too little by next to nothing"),
    ],
)
def test_rows_are_kept_within_a_share_of_their_size(x, kept, why):
    assert keeps_rows(two_links(lower=(10,)), floats(x), 1e-6) is kept, why


def test_rows_that_add_up_to_less_than_one_are_kept_within_a_share_of_one():
    assert keeps_rows(two_links(upper=(0,)), floats([5e-7, 0]), 1e-6)
    assert not keeps_rows(two_links(upper=(0,)), floats([5e-6, 0]), 1e-6)
