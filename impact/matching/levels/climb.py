"""Climb: find the best level, then let those rise further who can."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.errors import SolverFailed
from impact.matching.levels.ladder import Ladder
from impact.matching.levels.probe import Probe, Proof, Shown

MOST_STEPS = 200
STUCK = 1e-9
"""By what share of itself a level is lowered where a proof that it is too high lowers it no further."""


@dataclass(frozen=True)
class Round:
    """The best level of those who rise, the proof that there is none better, and a plan that shows it.

    `level` is below 0 where the other rules cannot hold at all; there is no proof where all that rise are
    where they could be alone. `known` are all proofs found so far: they hold on every ladder.
    """

    ladder: Ladder
    level: float
    proof: Proof | None
    shown: Shown | None
    known: tuple[Proof, ...]


def climbed(probe: Probe, ladder: Ladder, known: tuple[Proof, ...]) -> Round:
    """Find the highest level at which all floors can be kept (Newton's method).

    1. Try the highest level that nothing `known` forbids; where it cannot be held there is a proof.
    2. Try the level up to which that proof lets everybody rise. Each proof is of another set of producers
       and holds for all plans, so levels only fall, to the best.
    """
    level, proof = _lowest(ladder, known)
    for _ in range(MOST_STEPS):
        found = probe(ladder.floors(level))
        if isinstance(found, Shown):
            return Round(ladder, level, proof, found, known)
        known = (*known, found)
        lower = ladder.level_where(found.weight, found.most)
        if lower < 0 or not found.weight.any():
            return Round(ladder, -1.0, found, None, known)
        if lower >= level * (1 - STUCK):
            level *= 1 - STUCK
        else:
            level, proof = lower, found
    raise SolverFailed("level_not_found")


def _lowest(ladder: Ladder, known: tuple[Proof, ...]) -> tuple[float, Proof | None]:
    """Return the highest level that no proof forbids, and the proof that forbids more."""
    level, proof = ladder.top, None
    for each in known:
        lower = ladder.level_where(each.weight, each.most)
        if 0 <= lower < level and np.any(each.weight[ladder.rising] > 0):
            level, proof = lower, each
    return level, proof


def rounds(probe: Probe, ladder: Ladder) -> Iterator[Round]:
    """Stop those whom each proof holds down, and let the others rise, until nobody can."""
    known: tuple[Proof, ...] = ()
    while ladder.rising.any():
        found = climbed(probe, ladder, known)
        yield found
        if found.proof is None or found.level < 0:
            return
        known, ladder = found.known, ladder.stop(found.proof.weight > 0, found.level)
