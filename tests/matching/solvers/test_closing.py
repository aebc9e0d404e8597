"""A gap is closed once rows ask for nothing, or it is said that it was not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from impact.arrays import floats
from impact.matching.question.rows import INF, LinearProgram
from impact.matching.solvers.closing import closed
from impact.matching.solvers.warm import solve_from

AIM = floats([0, 0, -1])


def short_of(asked, cap):
    """Two goods, 100 of both in all, the first capped; `x[2]` is what it is short of `asked`."""
    matrix = sparse.csr_array(floats([[1, 1, 0], [1, 0.001, 0], [1, 0, 1]]).reshape(3, 3))
    return LinearProgram(
        floats([1, 2, -100]),
        floats([200, 200, INF]),
        matrix,
        floats([-INF, -INF, asked]),
        floats([100, cap, INF]),
    )


def answered(program):
    answer = solve_from(program, None, 10)
    assert answer.status == "optimal"
    return answer


def freeing(*rows):
    return np.isin(np.arange(3), rows)


def test_without_the_row_in_the_way_nothing_is_short():
    program = short_of(60, cap=40)

    x = closed(program, answered(program), freeing(1), AIM, 10)

    assert x[2] == pytest.approx(0, abs=1e-9)
    assert x[0] >= 60 - 1e-6
    assert x[0] + x[1] <= 100 + 1e-6


@pytest.mark.parametrize(
    ("asked", "freed", "why"),
    [
        (60, (0,), "the cap is still in the way"),
        (60, (), "nothing was freed"),
        (250, (0, 1), "no column carries as much"),
    ],
)
def test_what_is_not_closed_is_not_said_to_be(asked, freed, why):
    program = short_of(asked, cap=40)

    assert closed(program, answered(program), freeing(*freed), AIM, 10) is None, why


def test_rows_of_one_column_ask_for_what_they_do_all_the_same():
    program = short_of(60, cap=40)
    bound = replace(
        program,
        matrix=sparse.csr_array(
            sparse.vstack([program.matrix, floats([[1, 0, 0]]).reshape(1, 3)], format="csr")
        ),
        lower=np.append(program.lower, -INF),
        upper=np.append(program.upper, 50.0),
    )
    freed = np.array([False, True, False, True])

    assert closed(bound, answered(bound), freed, AIM, 10) is None


def test_columns_left_out_at_first_come_in_where_they_help(monkeypatch):
    monkeypatch.setattr("impact.matching.solvers.closing.NEAREST", 0)
    program = short_of(60, cap=40)

    assert closed(program, answered(program), freeing(1), AIM, 10) is not None
