"""A program in few rows says the same as in many."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from instances import problems, specs_for
from scipy import sparse
from worlds import rules

from bench.engine.instances import instance_of
from impact.matching.pose import pose
from impact.matching.question.rows import INF, LinearProgram, bound
from impact.matching.solvers.condensed import condensed
from impact.matching.solvers.glop import solve_linear


def program(*rows, worth=(1.0, 2.0), ceiling=(10.0, 10.0)):
    """State rows as (entries, lower, upper)."""
    entries, lower, upper = zip(*rows, strict=True)
    matrix = sparse.csr_array(np.array(entries, float).reshape(len(rows), len(worth)))
    return LinearProgram(np.array(worth), np.array(ceiling), matrix, np.array(lower), np.array(upper))


def test_a_row_of_one_column_is_a_bound_of_it():
    few = condensed(program(([0, 2], -INF, 8), ([1, 0], 3, INF), ([1, 1], -INF, 6)))

    assert few.program.matrix.shape == (1, 2)
    assert few.floor == pytest.approx([3, 0])
    assert few.program.ceiling == pytest.approx([7, 4])  # counted from the floors
    assert few.program.upper == pytest.approx([3])


def test_rows_of_the_same_entries_are_one_row_with_two_sides():
    few = condensed(program(([1, 1], 2, INF), ([1, 1], -INF, 6), ([1, 1], 3, INF), ([1, 2], -INF, 9)))

    assert few.program.matrix.toarray() == pytest.approx(np.array([[1, 1], [1, 2]]))
    assert few.program.lower == pytest.approx([3, -INF])
    assert few.program.upper == pytest.approx([6, 9])


def test_entries_that_are_zero_are_none():
    matrix = sparse.csr_array((np.array([1.0, 0.0]), ([0, 0], [0, 1])), shape=(1, 2))
    given = replace(program(([1, 0], -INF, 4)), matrix=matrix)

    assert condensed(given).program.matrix.shape == (0, 2)
    assert condensed(given).program.ceiling == pytest.approx([4, 10])


def test_the_price_of_a_bound_goes_to_the_row_it_comes_from():
    answer = solve_linear(program(([0, 2], -INF, 8), ([1, 1], -INF, 6), ([1, 1], -INF, 7)), 10)

    assert answer.x == pytest.approx([2, 4])
    assert answer.duals == pytest.approx([0.5, 1, 0])  # of the second, beyond the first, 1 for 2 units


def test_a_column_with_a_negative_entry_turns_its_row_around():
    answer = solve_linear(program(([-1, 0], -4, INF), ([0, -1], -INF, -3), worth=(1.0, -1.0)), 10)

    assert answer.x == pytest.approx([4, 3])
    assert answer.duals == pytest.approx([-1, 1])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([([1, 0], 5, INF), ([1, 0], -INF, 4)], "a floor above a ceiling"),
        ([([1, 0], 11, INF)], "a floor above what the column can be"),
        ([([0, 1], -INF, -1)], "a ceiling below nothing"),
        ([([1, 1], 7, INF), ([1, 1], -INF, 6)], "a sum above itself"),
        ([([0, 0], 1, INF)], "something of nothing"),
        ([([0, 0], -INF, -1)], "less than nothing"),
    ],
)
def test_bounds_that_cross_are_impossible_and_prove_it(rows, why):
    given = program(*rows)

    crossing = condensed(given).crossing

    assert solve_linear(given, 10).status == "infeasible"
    assert bound(replace(given, worth=np.zeros(2)), crossing) < 0, why


def test_bounds_that_meet_but_for_rounding_do_not_cross():
    assert solve_linear(program(([1, 0], 4 + 1e-12, INF), ([1, 0], -INF, 4)), 10).status == "optimal"


@pytest.mark.parametrize("floor", [5.551e-15, 1e-10, 0.0])
def test_a_floor_above_a_cap_by_rounding_alone_is_met(floor):
    """Rows of one column meet in a bound, those of the same columns in a row."""
    for entries in ([1, 1], [1, 0]):
        found = solve_linear(program((entries, floor, INF), (entries, -INF, 0.0)), 10.0)

        assert found.status == "optimal"
        assert found.x @ np.array(entries) == pytest.approx(0.0, abs=1e-9)


@given(problem=problems())
@settings(max_examples=60, deadline=None)
def test_the_way_there_and_back_keeps_answers_and_what_duals_prove(problem):
    given = pose(problem, rules(*specs_for(problem))).program
    few, answer = condensed(given), solve_linear(given, 10)
    if answer.x is None:
        return

    inner = few.inner_duals(answer.duals)

    assert few.columns(few.inner_columns(answer.x)) == pytest.approx(answer.x)
    assert few.duals(inner, given.worth) == pytest.approx(answer.duals, abs=1e-9)
    assert bound(given, answer.duals) == pytest.approx(given.worth @ answer.x, rel=1e-9, abs=1e-6)


def test_what_cannot_hold_is_called_infeasible_whichever_costs_are_perturbed():
    instance = instance_of(10_000)
    floor = next(rule for rule in instance.rules if rule.id == "household")
    given = pose(instance.problem, [*instance.rules[:-1], replace(floor, id="more", share=0.9)]).program

    assert solve_linear(given, 60).status == "infeasible"
