"""Diagnose: which rules cannot hold together, proved, and what would have to give."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Floats, ratio, sums
from impact.errors import SolverFailed
from impact.matching.elastic import (
    HARD,
    NEGLIGIBLE,
    ROUNDING,
    broken,
    elastic_answer,
    high_value,
    shortfall,
    solved,
    without,
)
from impact.matching.plan import Conflict, Relaxation
from impact.matching.pose import Posed
from impact.matching.problem import Problem
from impact.matching.rows import LinearProgram


@dataclass(frozen=True)
class _Certificate:
    """Rules that cannot hold together, and by how much they demand too much in weighted sum."""

    rules: tuple[int, ...]
    excess: float
    duals: Floats  # [row]


def diagnose(posed: Posed) -> Conflict:
    """Find a minimal set of rules that conflict, prove it, and say what would have to give.

    1. Solve with every rule elastic; where some give way, the duals certify by Farkas' lemma that the
       rules with a dual cannot hold together (Gleeson & Ryan 1990, doi:10.1287/ijoc.2.1.61).
    2. Leave out rule after rule and certify again; one that is not missed is no part of the conflict.
    3. Let the rules of the conflict (or, where there are more conflicts, all) give way as wholes,
       each by a share of its limit, as little as possible in sum.

    Raises
    ------
    SolverFailed
        If there is neither a certificate nor a plan.
    """
    soft = [number for number, rule in enumerate(posed.rules) if not isinstance(rule, HARD)]
    certificate = _certified(posed, soft)
    if certificate is None:
        raise SolverFailed("conflict_not_proved")
    for number in sorted(certificate.rules, key=lambda number: -len(posed.parts[number])):  # the costly first
        others = [other for other in certificate.rules if other != number]
        certificate = _certified(posed, others) or certificate
    return Conflict(
        rules=tuple(posed.rules[number].id for number in certificate.rules),
        relaxations=tuple(_ways_out(posed, certificate.rules) or _ways_out(posed, soft)),
        proof=certificate.excess,
        weights=posed.by_rule(certificate.duals),
    )


def _certified(posed: Posed, kept: Sequence[int]) -> _Certificate | None:
    """Certify that the rules kept cannot hold together; None where a plan obeys them all.

    The duals of the fast elastic answer, where value counts too, are tried first; those of the pure one
    always serve.
    """
    for worth in (True, False):
        elastic = elastic_answer(posed, kept, worth=worth)
        if not broken(posed, elastic.exposure, kept).any():
            return None
        excess = _demanded_too_much(without(posed, kept), elastic.duals)
        if excess > 0:
            weighed = (number for number in kept if elastic.duals[posed.rows_of(number)].any())
            return _Certificate(tuple(weighed), excess, elastic.duals)
    raise SolverFailed("conflict_not_proved")


def _demanded_too_much(program: LinearProgram, duals: Floats) -> float:
    weights = np.where((duals < 0) & np.isfinite(program.lower), -duals, 0.0)
    weights = np.where((duals > 0) & np.isfinite(program.upper), -duals, weights)
    sides = np.where(weights > 0, program.lower, np.where(weights < 0, program.upper, 0.0))
    most = np.maximum(program.matrix.T @ weights, 0.0) @ program.ceiling
    return float(weights @ sides - most - ROUNDING * (np.abs(weights) @ np.abs(sides) + most))


def _ways_out(posed: Posed, yielding: Sequence[int]) -> list[Relaxation]:
    """Let whole rules give way, each by a share of its limit, at the least sum of shares; others hold.

    What a share of a limit is in row units may depend on the exposure given; it is taken where all supply
    is given, and what each rule finally gave is read off the exposure itself. Empty where it does not
    suffice that these rules give way.
    """
    given = _all_given(posed.problem)
    columns = sparse.hstack([_step(posed, number, given) for number in yielding], format="csr")
    penalty = np.full(len(yielding), high_value(posed) * float(posed.problem.supply.sum()))
    answer = solved(
        posed.program, sparse.csr_array(columns), penalty, np.full(len(yielding), np.inf), worth=True
    )
    if answer.x is None:
        return []
    exposure = np.clip(answer.x[: posed.problem.num_links], 0, posed.program.ceiling)
    return [_moved(posed, number, exposure) for number in yielding if broken(posed, exposure, [number]).any()]


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
    step = np.where(np.isfinite(part.lower), 1.0, -1.0) * limit * units
    place = np.arange(len(posed.program.lower))[rows]
    return sparse.csr_array((step, (place, np.zeros_like(place))), shape=(len(posed.program.lower), 1))


def _moved(posed: Posed, number: int, exposure: Floats) -> Relaxation:
    """Say where the limit of a rule has to go for `exposure` to obey it."""
    rule, part, rows = posed.rules[number], posed.parts[number], posed.rows_of(number)
    short = shortfall(posed, exposure)[rows] / np.maximum(rule.units(posed.problem, exposure), NEGLIGIBLE)
    row = int(short.argmax())
    to = part.limit[row] - short[row] if np.isfinite(part.lower[row]) else part.limit[row] + short[row]
    return Relaxation(rule.id, part.labels[row], float(part.limit[row]), float(max(to, 0.0)))
