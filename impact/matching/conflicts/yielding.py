"""Let rules give way as wholes, as little as possible, and read off where their limits then stand."""

from collections.abc import Iterator, Sequence
from math import floor, log10

import numpy as np
from scipy import sparse

from impact.arrays import Floats, ratio, sums
from impact.matching.elastic import NEGLIGIBLE, ROUNDING, broken, high_value, solved
from impact.matching.plan import Relaxation
from impact.matching.pose import Posed
from impact.matching.problem import Problem

DIGITS = 6
"""Limits are told to so many digits."""


def yielded(posed: Posed, yielding: Sequence[int]) -> tuple[Relaxation, ...]:
    """Let whole rules give way, each by a share of its limit, at the least sum of shares; others hold.

    What a share of a limit is in row units may depend on the exposure given; it is taken where all supply
    is given, and what each rule finally gave is read off the exposure itself. Empty where it does not
    suffice that these rules give way.
    """
    given = _all_given(posed.problem)
    steps = [_step(posed, number, given) for number in yielding]
    size = np.array([max(float(abs(step).max()), NEGLIGIBLE) for step in steps])
    columns = sparse.csr_array(sparse.hstack(steps, format="csr") / size)  # all of one size, for the solver
    penalty = high_value(posed) * float(posed.problem.supply.sum()) / size
    answer = solved(posed.program, columns, penalty, np.full(len(yielding), np.inf), worth=True)
    if answer.x is None:
        return ()
    exposure = posed.exposure(answer.x)
    return tuple(move for number in yielding for move in _moves(posed, number, exposure))


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
    part, rows = posed.parts[number], posed.rows_of(number)
    limit = np.where(np.isfinite(part.limit) & (part.limit > 0), part.limit, 1.0)
    units = np.broadcast_to(posed.rules[number].units(posed.problem, exposure), limit.shape)
    units = np.nan_to_num(units)  # what only says what a level or a deviation is does not give way
    step = np.where(np.isfinite(part.lower), 1.0, -1.0) * limit * units
    place = np.arange(len(posed.program.lower))[rows]
    return sparse.csr_array((step, (place, np.zeros_like(place))), shape=(len(posed.program.lower), 1))


def _moves(posed: Posed, number: int, exposure: Floats) -> Iterator[Relaxation]:
    """Say where the limits of a rule have to go for `exposure` to obey it: one limit, or one a row."""
    rule, part = posed.rules[number], posed.parts[number]
    units = np.maximum(rule.units(posed.problem, exposure), NEGLIGIBLE)
    short = np.nan_to_num(broken(posed, exposure, [number]) / units)
    is_floor = np.isfinite(part.lower)
    to = np.where(is_floor, part.limit - short, part.limit + short)
    rows, dial = np.flatnonzero(short > 0), rule.dial(posed.problem)
    if dial and len(rows):
        rows = rows[[(to[rows] if dial.is_floor else -to[rows]).argmin()]]
    for row in rows.tolist():
        stated = dial.limit if dial else float(part.limit[row])
        yield Relaxation(
            rule.id, part.labels[row], stated, eased(float(to[row]), is_floor=bool(is_floor[row]))
        )
