"""Producer floor: everyone gets a share of their own capacity, and what earlier cycles left them short of.

Patro et al. 2020, doi:10.1145/3366423.3380196; debts: Biega et al. 2018, doi:10.1145/3209978.3210063.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, ratio
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.limits import floor_cautions, floor_rows
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class ProducerFloor(Obeyed):
    """Every producer gets `of_capacity` of its capacity beside what it is owed, as far as it can be reached.

    X_i ≥ min(θ·K_i + owed_i, reachable_i). A producer of unlimited capacity has no floor.
    """

    id: Id
    of_capacity: Share
    kind: Literal["producer_floor"] = "producer_floor"

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        return floor_cautions(problem, self.id, self.floor(problem))

    def rows(self, problem: Problem) -> Rows:
        floor = self.floor(problem)
        beside = np.minimum(floor, problem.reachable) - problem.owed
        return floor_rows(problem, floor, limit=ratio(beside, _known_capacity(problem)))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return _known_capacity(problem)[np.minimum(self.floor(problem), problem.reachable) > 0]

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.of_capacity, 0.0, 1.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, of_capacity=to)

    def floor(self, problem: Problem) -> Floats:
        """Return what each producer is to get if it can be reached, debts included, shape ``(producer,)``."""
        known = _known_capacity(problem)
        floor: Floats = np.where(known > 0, np.maximum(self.of_capacity * known + problem.owed, 0.0), 0.0)
        return floor


def _known_capacity(problem: Problem) -> Floats:
    return np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
