"""Let rules give way as wholes, as little as possible, and read off where their limits then stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor, log10

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, ratio, sums
from impact.errors import SolverFailed
from impact.matching.conflicts.elastic import NEGLIGIBLE, ROUNDING, broken, eased_program, high_value, solved
from impact.matching.plan import Relaxation
from impact.matching.pose import Posed
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.warm import repriced

DIGITS = 6
"""Limits are told to so many digits."""


@dataclass(frozen=True)
class Yielded:
    """Limits to move so that all rules hold together, and an answer that then keeps them, to go on from.

    `whole` is the best answer to `program`, in which the rules `yielding` have a column each to give way by.
    """

    moves: tuple[Relaxation, ...]
    answer: LinearAnswer
    yielding: tuple[int, ...]
    program: LinearProgram
    whole: LinearAnswer


def yielded(posed: Posed, yielding: Sequence[int], start: LinearAnswer | None = None) -> Yielded | None:
    """Let whole rules give way, each by a share of its limit, at the least sum of shares; others hold.

    What a share of a limit is in row units may depend on the exposure given; it is taken where all supply
    is given, and what each rule finally gave is read off the exposure itself. None where it does not
    suffice that these rules give way.
    """
    program = eased_program(posed.program, *_columns(posed, yielding))
    answer = solved(program, start)
    if answer.status != "optimal" or answer.x is None:
        return None
    exposure = posed.exposure(answer.x)
    moves = tuple(move for number in yielding for move in _moves(posed, number, exposure))
    return Yielded(moves, _own(posed, answer), tuple(yielding), program, answer)


def could_spare(posed: Posed, way: Yielded, others: Sequence[int]) -> bool:
    """Tell whether giving way by rules `others` too might change less; by the prices of a way if not."""
    if way.answer.duals is None or not others:
        return bool(others)
    columns, penalty = _columns(posed, others)
    return bool(np.any(-(columns.T @ way.answer.duals) > penalty * (1 + NEGLIGIBLE)))


def _columns(posed: Posed, yielding: Sequence[int]) -> tuple[sparse.csr_array, Floats]:
    """Return a column by which each rule gives way as a whole, and its penalty."""
    given = _all_given(posed.problem)
    steps = [_step(posed, number, given) for number in yielding]
    size = np.array([max(float(abs(step).max()), NEGLIGIBLE) for step in steps])
    columns = sparse.csr_array(sparse.hstack(steps, format="csr") / size)  # all of one size, for the solver
    return columns, high_value(posed) * float(posed.problem.supply.sum()) / size


@dataclass(frozen=True)
class GivenWay:
    """What came of letting one rule alone give way as a whole, as little as it can.

    `attained` is the limit it gave way to, None where it did not have to. `weights` of rows may prove that
    it had to: the duals of the same basis, were giving way as little as possible the one aim. `answer` is
    one to go on from.
    """

    attained: float | None
    weights: Floats  # [row]
    answer: LinearAnswer | None


def given_way(posed: Posed, number: int, start: LinearAnswer | None, price: float) -> GivenWay:
    """Let rule `number` give way, all its limits by as much, value counting beside it.

    It costs `price` times what is far above value. Rows that ask for less than the rule states, because no
    more can be reached, hold if they can.
    """
    limit = posed.parts[number].limit
    dial = posed.rules[number].dial(posed.problem)
    as_stated = np.isclose(limit, dial.limit if dial else limit, rtol=1e-9, atol=0.0)
    for move in (as_stated, np.ones(len(limit), bool)):
        if (gave := _given_way(posed, number, start, (price, move))) is not None:
            return gave
    raise SolverFailed("limit_not_found")


def _given_way(
    posed: Posed, number: int, start: LinearAnswer | None, how: tuple[float, Bools]
) -> GivenWay | None:
    price, rows = how
    step = _column(posed, number, _all_given(posed.problem), rows.astype(np.float64))
    size = max(float(np.abs(step.data).max(initial=0.0)), NEGLIGIBLE)
    penalty = price * high_value(posed) * max(float(abs(step).sum()) / size, 1.0)
    program = eased_program(posed.program, sparse.csr_array(step / size), np.array([penalty]))
    answer = solved(program, start)
    if answer.status != "optimal" or answer.x is None or answer.duals is None:
        return None
    aim = np.append(np.zeros(len(posed.program.worth)), -1.0)
    pure = repriced(program, answer, aim)
    moves = list(_moved_to(posed, number, posed.exposure(answer.x)))
    weights = answer.duals if pure is None else pure
    return GivenWay(moves[0][1] if moves else None, weights, _own(posed, answer))


def _own(posed: Posed, answer: LinearAnswer) -> LinearAnswer:
    """Leave out of an answer what is said of columns of giving way."""
    return replace(answer, x=None if answer.x is None else answer.x[: len(posed.program.worth)])


def eased(limit: float, *, is_floor: bool, error: float = ROUNDING) -> float:
    """Round `limit` to `DIGITS` digits, to the harder side only within its relative `error`."""
    if limit <= 0:
        return 0.0
    decimals = DIGITS - 1 - floor(log10(limit))
    nearest = round(limit, decimals)
    if is_floor and nearest > limit * (1 + error):
        return round(nearest - 10.0**-decimals, decimals)
    if not is_floor and nearest < limit * (1 - error):
        return round(nearest + 10.0**-decimals, decimals)
    return nearest


def _all_given(problem: Problem) -> Floats:
    """Spread all supply over the links of each placement, as far as they carry it."""
    could = sums(problem.ceiling, problem.placement_of, len(problem.placement_ids))
    share = np.minimum(ratio(problem.supply, could), 1.0)
    return problem.ceiling * share[problem.placement_of]


def _step(posed: Posed, number: int, exposure: Floats) -> sparse.csr_array:
    """Return the column that moves each row of a rule by its whole limit, to its easier side."""
    limit = posed.parts[number].limit
    return _column(posed, number, exposure, np.where(np.isfinite(limit) & (limit > 0), limit, 1.0))


def _column(posed: Posed, number: int, exposure: Floats, move: Floats) -> sparse.csr_array:
    """Return the column that moves the limit of each row of a rule by `move`, to its easier side."""
    part, rows = posed.parts[number], posed.rows_of(number)
    units = np.broadcast_to(posed.rules[number].units(posed.problem, exposure), move.shape)
    units = np.nan_to_num(units)  # what only says what a level or a deviation is does not give way
    step = np.where(np.isfinite(part.lower), 1.0, -1.0) * move * units
    place = np.arange(len(posed.program.lower))[rows]
    return sparse.csr_array((step, (place, np.zeros_like(place))), shape=(len(posed.program.lower), 1))


def _moves(posed: Posed, number: int, exposure: Floats) -> Iterator[Relaxation]:
    """Say where the limits of a rule have to go for `exposure` to obey it: one limit, or one a row."""
    rule, part = posed.rules[number], posed.parts[number]
    dial = rule.dial(posed.problem)
    for row, to in _moved_to(posed, number, exposure):
        stated = dial.limit if dial else float(part.limit[row])
        yield Relaxation(
            rule.id, part.labels[row], stated, eased(to, is_floor=bool(np.isfinite(part.lower[row])))
        )


def _moved_to(posed: Posed, number: int, exposure: Floats) -> Iterator[tuple[int, float]]:
    """Give the rows of a rule that `exposure` breaks, the furthest if they have one limit, and where to."""
    rule, part = posed.rules[number], posed.parts[number]
    units = np.maximum(rule.units(posed.problem, exposure), NEGLIGIBLE)
    short = np.nan_to_num(broken(posed, exposure, [number]) / units)
    to = np.where(np.isfinite(part.lower), part.limit - short, part.limit + short)
    rows, dial = np.flatnonzero(short > 0), rule.dial(posed.problem)
    if dial and len(rows):
        rows = rows[[(to[rows] if dial.is_floor else -to[rows]).argmin()]]
    for row in rows.tolist():
        yield row, float(to[row])
