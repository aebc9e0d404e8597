"""Max-min: the worst served producer gets the most, for its capacity, that the other rules allow.

Lexicographic max-min of flows: Megiddo 1974, doi:10.1007/BF01585506.
"""

from collections.abc import Iterator
from dataclasses import dataclass as plain
from dataclasses import field, replace
from typing import Literal, Self

import numpy as np
from pydantic import StrictBool
from pydantic.dataclasses import dataclass

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.limits import floor_rows
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class MaxMin(Obeyed):
    """Every producer gets at least `share` of its best level of X_i/K_i, given all other rules.

    The best level θ is the highest at which X_i ≥ min(θ·K_i, reachable_i) can hold for everybody; a
    producer's own is θ, or what it can reach. Where `lexicographic`, those who could rise further beside
    those who cannot do so, again and again. What the levels are has to be found before there are rows: until
    it is settled the rule asks for nothing. A producer of unlimited capacity has no level. Levels are of one
    cycle: what earlier ones left owed does not count, which is told.
    """

    id: Id
    of: Literal["capacity"] = "capacity"
    lexicographic: StrictBool = False
    share: Share = 1.0
    kind: Literal["max_min"] = "max_min"

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        unlimited = np.flatnonzero(np.isinf(problem.capacity))
        if len(unlimited):
            first = problem.producer_ids[unlimited[0]]
            params = {"rule": self.id, "producers": len(unlimited), "first": first}
            yield Issue("producers_without_level", params=params)
        if problem.owed.any():
            params = {"rule": self.id, "producers": int(np.count_nonzero(problem.owed))}
            yield Issue("levels_without_debts", params=params)

    def rows(self, problem: Problem) -> Rows:
        return floor_rows(problem, np.zeros(len(problem.capacity)))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.empty(0)

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.share, 0.0, 1.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, share=to)


@plain(frozen=True)
class Settled(Obeyed):
    """A max-min rule of which the best levels are known: X_i ≥ share·level_i·K_i."""

    stated: MaxMin
    level: Floats  # [producer], 0 where there is none
    id: str = field(init=False)
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.stated.id)
        object.__setattr__(self, "kind", self.stated.kind)

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        return self.stated.cautions(problem)

    def rows(self, problem: Problem) -> Rows:
        best = self._best(problem)
        return floor_rows(problem, self.stated.share * best, np.full(len(best), self.stated.share))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        best = self._best(problem)
        return best[np.minimum(self.stated.share * best, problem.reachable) > 0]

    def dial(self, problem: Problem) -> Dial | None:
        return self.stated.dial(problem)

    def _best(self, problem: Problem) -> Floats:
        """Return what each producer gets at its best level, in exposures, shape ``(producer,)``."""
        return self.level * np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
