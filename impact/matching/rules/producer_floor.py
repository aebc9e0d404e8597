"""Producer floor: everyone gets a share of their own capacity.

Patro et al. 2020, doi:10.1145/3366423.3380196.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, ratio
from impact.errors import Issue
from impact.matching.problem import Problem
from impact.matching.rows import Rows
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.limits import floor_cautions, floor_rows
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class ProducerFloor(Obeyed):
    """Every producer gets at least `of_capacity` of its capacity, as far as it can be reached.

    X_i ≥ min(θ·K_i, reachable_i). A producer of unlimited capacity has no floor.
    """

    id: Id
    of_capacity: Share
    kind: Literal["producer_floor"] = "producer_floor"

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        return floor_cautions(problem, self.id, self.of_capacity * _known_capacity(problem))

    def rows(self, problem: Problem) -> Rows:
        known = _known_capacity(problem)
        floor = self.of_capacity * known
        return floor_rows(problem, floor, limit=ratio(np.minimum(floor, problem.reachable), known))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        known = _known_capacity(problem)
        return known[np.minimum(self.of_capacity * known, problem.reachable) > 0]

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.of_capacity, 0.0, 1.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, of_capacity=to)


def _known_capacity(problem: Problem) -> Floats:
    return np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
