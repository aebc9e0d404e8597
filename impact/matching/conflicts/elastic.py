"""Elastic answers: rules may give way, at a price that makes it the last resort."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints
from impact.errors import SolverFailed
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.rules.limits import Capacity, ProductCapacity, Supply
from impact.matching.solvers.glop import solve_linear
from impact.matching.solvers.warm import solve_from

HARD = (Supply, Capacity, ProductCapacity)
"""Facts, not wishes: what can be given does not give way."""
PENALTY = 20.0
"""Worth of one unit of giving way, in 99.9th percentiles of the value per exposure."""
SECONDS = 120.0
NEGLIGIBLE = 1e-6
ROUNDING = 1e-9
"""The share of a figure that is put down to floating point."""
_NONE: Ints = np.empty(0, np.int64)


@dataclass(frozen=True)
class Elastic:
    """An answer in which rules may give way: exposure, and the duals of the rows."""

    exposure: Floats  # [link]
    duals: Floats  # [row]


def elastic_answer(posed: Posed, kept: Sequence[int], *, worth: bool = True) -> Elastic:
    """Solve with rules `kept` elastic row by row and other soft rules left out.

    With `worth`, value counts beside the penalties (far faster than penalties alone).
    """
    program = without(posed, kept)
    rows = np.concatenate(
        [np.arange(len(program.lower))[posed.rows_of(number)] for number in kept] or [_NONE]
    )
    sign = np.where(np.isfinite(program.lower[rows]), 1.0, -1.0)
    shape = (len(program.lower), len(rows))
    columns = sparse.csr_array((sign, (rows, np.arange(len(rows)))), shape=shape)
    answer = solved(eased_program(program, columns, _penalties(posed)[rows], worth=worth))
    assert answer.x is not None and answer.duals is not None
    return Elastic(posed.exposure(answer.x), answer.duals)


def without(posed: Posed, kept: Collection[int]) -> LinearProgram:
    """Free the rows of soft rules that are not kept."""
    lower, upper = posed.program.lower.copy(), posed.program.upper.copy()
    for number, rule in enumerate(posed.rules):
        if not isinstance(rule, HARD) and number not in kept:
            lower[posed.rows_of(number)], upper[posed.rows_of(number)] = -np.inf, np.inf
    return LinearProgram(posed.program.worth, posed.program.ceiling, posed.program.matrix, lower, upper)


def eased_program(
    program: LinearProgram, columns: sparse.csr_array, penalty: Floats, *, worth: bool = True
) -> LinearProgram:
    """Put columns of giving way, each at its `penalty`, beside those of `program`."""
    return LinearProgram(
        np.concatenate([program.worth if worth else np.zeros(len(program.worth)), -penalty]),
        np.concatenate([program.ceiling, np.full(len(penalty), np.inf)]),
        sparse.csr_array(sparse.hstack([program.matrix, columns], format="csr")),
        program.lower,
        program.upper,
    )


def solved(eased: LinearProgram, start: LinearAnswer | None = None) -> LinearAnswer:
    """Solve a program with columns of giving way, from an answer without them on.

    Where the simplex cannot bear value beside penalties far above it, penalties alone are tried.
    """
    answer = solve_from(eased, _widened(start, len(eased.worth)), SECONDS)
    if answer.status not in ("optimal", "infeasible"):
        alone = np.minimum(eased.worth, 0.0)
        alone /= max(float(-alone.min(initial=0.0)), NEGLIGIBLE)
        answer = solve_linear(replace(eased, worth=alone), SECONDS)
    if answer.status not in ("optimal", "infeasible"):
        raise SolverFailed(answer.status)
    return answer


def _widened(start: LinearAnswer | None, num_columns: int) -> LinearAnswer | None:
    """Put columns that stand at 0 behind those of `start`, to have `num_columns`."""
    if start is None or start.x is None:
        return None
    return replace(start, x=np.append(start.x, np.zeros(num_columns - len(start.x))))


def high_value(posed: Posed) -> float:
    """Return a worth per exposure far above what any link earns."""
    worth = posed.program.worth
    return PENALTY * max(float(np.quantile(worth, 0.999)) if len(worth) else 0.0, NEGLIGIBLE)


def _penalties(posed: Posed) -> Floats:
    """Price giving way by one row unit so that every rule's exposures weigh alike, shape ``(row,)``."""
    matrix = posed.program.matrix
    size = np.asarray(abs(matrix).sum(axis=1)).ravel() / np.maximum(np.diff(matrix.indptr), 1)
    return high_value(posed) / np.maximum(size, 1e-3)


def broken(posed: Posed, exposure: Floats, kept: Sequence[int]) -> Floats:
    """Return the shortfalls that count of the rules kept."""
    short = shortfall(posed, exposure)
    bounds = np.where(np.isfinite(posed.program.lower), posed.program.lower, posed.program.upper)
    counts = NEGLIGIBLE * np.maximum(1.0, np.abs(np.where(np.isfinite(bounds), bounds, 0.0)))
    counts += ROUNDING * float(posed.problem.supply.sum())
    counted = np.where(short > counts, short, 0.0)
    return np.concatenate([counted[posed.rows_of(number)] for number in kept] or [np.empty(0)])


def shortfall(posed: Posed, exposure: Floats) -> Floats:
    """Return by how much each row is broken, in row units, shape ``(row,)``."""
    activity = posed.activity(exposure)
    short: Floats = np.maximum(
        np.maximum(posed.program.lower - activity, activity - posed.program.upper), 0.0
    )
    return short
