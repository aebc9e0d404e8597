"""The simplex from a basis: an end that MathOpt takes for a mistake of its own is none of ours."""

import pytest
from pybind11_abseil.status import Status, StatusCode, StatusNotOk
from scipy import sparse

from impact.arrays import floats
from impact.matching.question.rows import LinearProgram
from impact.matching.solvers import simplex
from impact.matching.solvers.bases import slack_basis

PROGRAM = LinearProgram(
    floats([1, 2]), floats([5, 5]), sparse.csr_array(floats([[1, 1]]).reshape(1, 2)), floats([0]), floats([6])
)


@pytest.mark.parametrize("dual", [True, False])
def test_both_ways_end_at_the_best(dual):
    ended = simplex.from_basis(PROGRAM, slack_basis(PROGRAM), 10, dual=dual)

    assert ended.status == "optimal"
    assert ended.x == pytest.approx([1, 5])


def ending(monkeypatch, reason):
    def end(*_):
        raise StatusNotOk(Status(StatusCode.INTERNAL, reason))

    monkeypatch.setattr(simplex.math_opt, "solve", end)


def test_an_abnormal_end_is_no_answer(monkeypatch):
    ending(monkeypatch, "Unexpected GLOP termination reason: ABNORMAL")

    assert simplex.from_basis(PROGRAM, slack_basis(PROGRAM), 10).status == "not_solved"


def test_any_other_mistake_is_not_swallowed(monkeypatch):
    ending(monkeypatch, "The model is invalid.")

    with pytest.raises(StatusNotOk, match="invalid"):
        simplex.from_basis(PROGRAM, slack_basis(PROGRAM), 10)
