"""Certificates: proof, by Farkas' lemma, that rules cannot hold together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.conflicts.elastic import (
    HARD,
    NEGLIGIBLE,
    ROUNDING,
    SECONDS,
    broken,
    elastic_answer,
    without,
)
from impact.matching.conflicts.yielding import Yielded
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.closing import closed
from impact.matching.solvers.warm import solve_from


@dataclass(frozen=True)
class Certificate:
    """Rules that cannot hold together, and by how much they demand too much in weighted sum."""

    rules: tuple[int, ...]
    excess: float
    duals: Floats  # [row]


@dataclass(frozen=True)
class Trial:
    """Whether rules can hold together: a certificate where not; and where to go on from."""

    certificate: Certificate | None
    answer: LinearAnswer | None


def soft(posed: Posed) -> tuple[int, ...]:
    """Number the rules that can give way."""
    return tuple(number for number, rule in enumerate(posed.rules) if not isinstance(rule, HARD))


def certified(posed: Posed, kept: Sequence[int], start: LinearAnswer | None = None) -> Trial:
    """Certify that the rules kept cannot hold together, or find a plan that obeys them all.

    The simplex, which ends there, tells; where rounding keeps that from being a proof, rules that may give
    way do: the duals of the fast elastic answer, where value counts too, are tried first, and those of the
    pure one always serve.

    Raises
    ------
    SolverFailed
        If there is neither a certificate nor a plan.
    """
    program = without(posed, kept)
    answer = solve_from(program, start, SECONDS)
    if answer.status == "optimal":
        return Trial(None, answer)
    if answer.ray is not None and (certificate := certificate_of(posed, program, kept, answer.ray)):
        return Trial(certificate, answer if answer.x is not None else start)
    for worth in (True, False):
        elastic = elastic_answer(posed, kept, worth=worth)
        if not broken(posed, elastic.exposure, kept).any():
            return Trial(None, start)
        if certificate := certificate_of(posed, program, kept, elastic.duals):
            return Trial(certificate, start)
    raise SolverFailed("conflict_not_proved")


def proved(posed: Posed, found: LinearAnswer | None) -> Trial | None:
    """Certify by what an answer to `posed` has to prove it; None where that is too little."""
    if found is None or found.ray is None:
        return None
    certificate = certificate_of(posed, posed.program, soft(posed), found.ray)
    return Trial(certificate, found) if certificate else None


def closes(posed: Posed, way: Yielded, kept: Sequence[int]) -> bool:
    """Tell whether a plan that obeys the rules kept is found from where all gave `way`.

    It is, as soon as nothing gives way any more once the others ask for nothing. That none is found proves
    nothing.
    """
    assert way.whole.x is not None
    if not broken(posed, posed.exposure(way.whole.x), kept).any():
        return True
    num = len(posed.program.worth)
    gave = np.where(np.arange(len(way.whole.x)) < num, 0.0, 1.0)
    aim = -gave / max(float(gave @ way.whole.x), NEGLIGIBLE)
    program = without(posed, kept)
    freed = np.isinf(program.lower) & np.isinf(program.upper)
    x = closed(way.program, way.whole, freed, aim, SECONDS)
    return x is not None and not broken(posed, posed.exposure(x), kept).any()


def certificate_of(
    posed: Posed, program: LinearProgram, kept: Sequence[int], duals: Floats
) -> Certificate | None:
    """Certify by `duals` that the rules kept cannot hold together; None where they do not prove it."""
    excess = demanded_too_much(program, duals)
    weighed = tuple(number for number in kept if duals[posed.rows_of(number)].any())
    return Certificate(weighed, excess, duals) if excess > 0 else None


def demanded_too_much(program: LinearProgram, duals: Floats) -> float:
    """Compute what the rows, weighed by `duals`, demand beyond all that columns could give.

    Above 0 it proves that the rows cannot hold together, whatever the duals; rounding is allowed for.
    """
    weights = np.where((duals < 0) & np.isfinite(program.lower), -duals, 0.0)
    weights = np.where((duals > 0) & np.isfinite(program.upper), -duals, weights)
    sides = np.where(weights > 0, program.lower, np.where(weights < 0, program.upper, 0.0))
    most = np.maximum(program.matrix.T @ weights, 0.0) @ program.ceiling
    return float(weights @ sides - most - ROUNDING * (np.abs(weights) @ np.abs(sides) + most))
