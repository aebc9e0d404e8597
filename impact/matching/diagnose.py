"""Diagnose: which rules cannot hold together, proved, and what would have to give."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints
from impact.errors import SolverFailed
from impact.matching.plan import Conflict, Relaxation
from impact.matching.pose import Posed
from impact.matching.rows import LinearProgram
from impact.matching.rules.limits import Capacity, ProductCapacity, Supply
from impact.matching.solvers.glop import solve_linear

HARD = (Supply, Capacity, ProductCapacity)
"""Facts, not wishes: what can be given does not give way."""
PENALTY = 20.0
"""Worth of one unit of giving way, in 99.9th percentiles of the value per exposure."""
SECONDS = 120.0
NEGLIGIBLE = 1e-6
ROUNDING = 1e-9
"""The share of a certificate's figures that is put down to floating point."""


@dataclass(frozen=True)
class _Elastic:
    """An answer in which rules may give way: exposure, and by how much each row gave, in row units."""

    exposure: Floats  # [link]
    given: Floats  # [row]
    duals: Floats  # [row]


def diagnose(posed: Posed) -> Conflict:
    """Find a minimal set of rules that conflict, prove it, and say what would have to give.

    1. Solve with every rule elastic, at a price that makes giving way the last resort.
    2. Leave out rule after rule; one whose absence changes nothing is no part of the conflict.
    3. Prove by Farkas' lemma that what is left cannot hold (Gleeson & Ryan 1990, doi:10.1287/ijoc.2.1.61).

    Raises
    ------
    SolverFailed
        If the proof does not succeed.
    """
    soft = [
        number
        for number, rule in enumerate(posed.rules)
        if not isinstance(rule, HARD) and len(posed.parts[number])
    ]
    everything = _elastic(posed, soft, worth=True)
    culprits = _minimal(posed, soft)
    proof = _proof(posed, culprits)
    if proof <= 0:
        raise SolverFailed("conflict_not_proved")
    names = tuple(posed.rules[number].id for number in culprits)
    return Conflict(names, tuple(_relaxations(posed, everything)), proof)


def _minimal(posed: Posed, soft: list[int]) -> list[int]:
    culprits = list(soft)
    for number in soft:
        without = [other for other in culprits if other != number]
        if _gives_way(posed, _elastic(posed, without, worth=True)):
            culprits = without
    return culprits


def _gives_way(posed: Posed, elastic: _Elastic) -> bool:
    return bool((elastic.given > _negligible(posed)).any())


def _elastic(posed: Posed, kept: Collection[int], *, worth: bool) -> _Elastic:
    """Solve with rules `kept` elastic and other soft rules left out.

    With `worth`, value counts beside the penalties (far faster than penalties alone); without it the
    duals are a certificate that the rules kept cannot hold.
    """
    rows, program = _loosened(posed, kept, worth=worth)
    answer = solve_linear(program, SECONDS)
    if answer.status != "optimal" or answer.x is None or answer.duals is None:
        raise SolverFailed(answer.status)
    num_links = posed.problem.num_links
    given = np.zeros(len(program.lower))
    np.add.at(given, rows, answer.x[num_links:])
    return _Elastic(np.clip(answer.x[:num_links], 0, posed.program.ceiling), given, answer.duals)


def _loosened(posed: Posed, kept: Collection[int], *, worth: bool) -> tuple[Ints, LinearProgram]:
    """Add a column of giving way to each row of the rules kept; return those rows and the program."""
    program = posed.program
    lower, upper = program.lower.copy(), program.upper.copy()
    for number, rule in enumerate(posed.rules):
        if not isinstance(rule, HARD) and number not in kept:
            lower[posed.rows_of(number)], upper[posed.rows_of(number)] = -np.inf, np.inf
    soft = np.concatenate(
        [np.arange(len(lower))[posed.rows_of(number)] for number in kept] or [np.empty(0, np.int64)]
    )
    sign = np.where(np.isfinite(lower[soft]), 1.0, -1.0)
    columns = sparse.csr_array((sign, (soft, np.arange(len(soft)))), shape=(len(lower), len(soft)))
    price = _penalties(posed)[soft]
    return soft, LinearProgram(
        np.concatenate([program.worth if worth else np.zeros(len(program.worth)), -price]),
        np.concatenate([program.ceiling, np.full(len(soft), np.inf)]),
        sparse.csr_array(sparse.hstack([program.matrix, columns], format="csr")),
        lower,
        upper,
    )


def _penalties(posed: Posed) -> Floats:
    """Price giving way by one row unit so that every rule's exposures weigh alike, shape ``(row,)``."""
    matrix = posed.program.matrix
    entries = np.maximum(np.diff(matrix.indptr), 1)
    size = np.asarray(abs(matrix).sum(axis=1)).ravel() / entries
    high = max(float(np.quantile(posed.program.worth, 0.999)), 1e-9) if len(posed.program.worth) else 1.0
    return PENALTY * high / np.maximum(size, 1e-3)


def _proof(posed: Posed, kept: Collection[int]) -> float:
    """Return by how much the rules kept, weighted by a certificate, demand more than can be given."""
    _, program = _loosened(posed, kept, worth=False)
    weights = -_elastic(posed, kept, worth=False).duals
    weights = np.where((weights > 0) & np.isinf(program.lower), 0.0, weights)
    weights = np.where((weights < 0) & np.isinf(program.upper), 0.0, weights)
    sides = np.where(weights > 0, program.lower, np.where(weights < 0, program.upper, 0.0))
    most = np.maximum(posed.program.matrix.T @ weights, 0.0) @ posed.program.ceiling
    demanded = float(weights @ sides)
    return demanded - float(most) - ROUNDING * float(np.abs(weights) @ np.abs(sides))


def _relaxations(posed: Posed, elastic: _Elastic) -> Iterator[Relaxation]:
    """Say, for each rule that gave way, the limit at which it would not have had to."""
    negligible = _negligible(posed)
    for number, (rule, part) in enumerate(zip(posed.rules, posed.parts, strict=True)):
        rows = posed.rows_of(number)
        given = np.where(elastic.given[rows] > negligible[rows], elastic.given[rows], 0.0)
        if not given.any():
            continue
        moved = given / np.maximum(rule.units(posed.problem, elastic.exposure), NEGLIGIBLE)
        row = int(moved.argmax())
        step = -moved[row] if np.isfinite(part.lower[row]) else moved[row]
        yield Relaxation(rule.id, part.labels[row], float(part.limit[row]), float(part.limit[row] + step))


def _negligible(posed: Posed) -> Floats:
    """Return what counts as nothing in each row, shape ``(row,)``."""
    bounds = np.where(np.isfinite(posed.program.lower), posed.program.lower, posed.program.upper)
    exposures = 1e-9 * float(posed.problem.supply.sum())
    return NEGLIGIBLE * np.maximum(1.0, np.abs(np.where(np.isfinite(bounds), bounds, 0.0))) + exposures
