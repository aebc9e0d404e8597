"""Certificates: proof, by Farkas' lemma, that rules cannot hold together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.elastic import HARD, ROUNDING, broken, elastic_answer, without
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


def certified(posed: Posed, kept: Sequence[int], *, tight: bool = False) -> Certificate | None:
    """Certify that the rules kept cannot hold together; None where a plan obeys them all.

    The duals of the fast elastic answer, where value counts too, are tried first; those of the pure one
    always serve, and where they are to be as `tight` as can be they are the ones to take.

    Raises
    ------
    SolverFailed
        If there is neither a certificate nor a plan.
    """
    for worth in (False,) if tight else (True, False):
        elastic = elastic_answer(posed, kept, worth=worth)
        if not broken(posed, elastic.exposure, kept).any():
            return None
        excess = demanded_too_much(without(posed, kept), elastic.duals)
        if excess > 0:
            weighed = (number for number in kept if elastic.duals[posed.rows_of(number)].any())
            return Certificate(tuple(weighed), excess, elastic.duals)
    raise SolverFailed("conflict_not_proved")


def demanded_too_much(program: LinearProgram, duals: Floats) -> float:
    """Compute what the rows, weighed by `duals`, demand beyond all that columns could give.

    Above 0 it proves that the rows cannot hold together, whatever the duals; rounding is allowed for.
    """
    weights = np.where((duals < 0) & np.isfinite(program.lower), -duals, 0.0)
    weights = np.where((duals > 0) & np.isfinite(program.upper), -duals, weights)
    sides = np.where(weights > 0, program.lower, np.where(weights < 0, program.upper, 0.0))
    most = np.maximum(program.matrix.T @ weights, 0.0) @ program.ceiling
    return float(weights @ sides - most - ROUNDING * (np.abs(weights) @ np.abs(sides) + most))
