"""Certificates: proof, by Farkas' lemma, that rules cannot hold together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.elastic import HARD, ROUNDING, broken, elastic_answer, solved, without
from impact.matching.pose import Posed
from impact.matching.rows import LinearProgram


@dataclass(frozen=True)
class Certificate:
    """Rules that cannot hold together, and by how much they demand too much in weighted sum."""

    rules: tuple[int, ...]
    excess: float
    duals: Floats  # [row]


def soft(posed: Posed) -> tuple[int, ...]:
    """Number the rules that can give way."""
    return tuple(number for number, rule in enumerate(posed.rules) if not isinstance(rule, HARD))


def certified(posed: Posed, kept: Sequence[int]) -> Certificate | None:
    """Certify that the rules kept cannot hold together; None where a plan obeys them all.

    The duals of the fast elastic answer, where value counts too, are tried first; those of the pure one
    always serve.

    Raises
    ------
    SolverFailed
        If there is neither a certificate nor a plan.
    """
    for worth in (True, False):
        elastic = elastic_answer(posed, kept, worth=worth)
        if not broken(posed, elastic.exposure, kept).any():
            return None
        excess = demanded_too_much(without(posed, kept), elastic.duals)
        if excess > 0:
            weighed = (number for number in kept if elastic.duals[posed.rows_of(number)].any())
            return Certificate(tuple(weighed), excess, elastic.duals)
    raise SolverFailed("conflict_not_proved")


def certified_alone(posed: Posed, rule: str) -> Certificate | None:
    """Certify that `rule` cannot hold beside the others, which can; None where a plan obeys them all.

    Only `rule` may give way, and as little as possible: no certificate reaches further.
    """
    number = [each.id for each in posed.rules].index(rule)
    rows = np.arange(len(posed.program.lower))[posed.rows_of(number)]
    sign = np.where(np.isfinite(posed.program.lower[rows]), 1.0, -1.0)
    shape = (len(posed.program.lower), len(rows))
    columns = sparse.csr_array((sign, (rows, np.arange(len(rows)))), shape=shape)
    answer = solved(posed.program, columns, np.ones(len(rows)), np.full(len(rows), np.inf), worth=False)
    if answer.x is None or answer.duals is None:
        raise SolverFailed("conflict_not_proved")
    if not broken(posed, posed.exposure(answer.x), [number]).any():
        return None
    excess = demanded_too_much(posed.program, answer.duals)
    if excess <= 0:
        raise SolverFailed("conflict_not_proved")
    weighed = (each for each in soft(posed) if answer.duals[posed.rows_of(each)].any())
    return Certificate(tuple(weighed), excess, answer.duals)


def demanded_too_much(program: LinearProgram, duals: Floats) -> float:
    """Compute what the rows, weighed by `duals`, demand beyond all that columns could give.

    Above 0 it proves that the rows cannot hold together, whatever the duals; rounding is allowed for.
    """
    weights = np.where((duals < 0) & np.isfinite(program.lower), -duals, 0.0)
    weights = np.where((duals > 0) & np.isfinite(program.upper), -duals, weights)
    sides = np.where(weights > 0, program.lower, np.where(weights < 0, program.upper, 0.0))
    most = np.maximum(program.matrix.T @ weights, 0.0) @ program.ceiling
    return float(weights @ sides - most - ROUNDING * (np.abs(weights) @ np.abs(sides) + most))
