"""Placement cap: no producer dominates a placement."""

from dataclasses import replace
from functools import lru_cache
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, Ints, sums
from impact.matching.question.problem import Problem, Texts
from impact.matching.question.rows import Rows, rows_at_most, sum_matrix
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class PlacementCap(Obeyed):
    """One producer gets at most `share` of one placement's supply, over all its products.

    Σ_{e∈(i,j)} x_e ≤ κ·S_j.
    """

    id: Id
    share: Share
    kind: Literal["placement_cap"] = "placement_cap"

    def rows(self, problem: Problem) -> Rows:
        pairs, pair_of, kept = self._pairs(problem)
        place = np.full(len(pairs), -1, np.int64)
        place[kept] = np.arange(len(kept))
        names = _names(problem.producer_ids, problem.placement_ids, pairs[kept].tobytes())
        most = self.share * self._supply(problem, pairs[kept])
        return rows_at_most(
            sum_matrix(place[pair_of], len(kept)), most, np.full(len(kept), self.share), names
        )

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        pairs, _, kept = self._pairs(problem)
        return self._supply(problem, pairs[kept])

    def ceiling(self, problem: Problem) -> Floats:
        return self.share * problem.supply[problem.placement_of]

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.share, 1.0, 0.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, share=to)

    def _pairs(self, problem: Problem) -> tuple[Ints, Ints, Ints]:
        """Number the (producer, placement) pairs; keep those that could exceed the cap, and the nearest."""
        key = problem.producer_of * len(problem.placement_ids) + problem.placement_of
        pairs, pair_of = np.unique(key, return_inverse=True)
        alone = np.minimum(problem.max_exposure, problem.product_capacity[problem.product_of])
        over = sums(alone, pair_of, len(pairs)) - self.share * self._supply(problem, pairs)
        close = over > 0
        close[over.argmax() if len(pairs) else []] = True
        return pairs, pair_of, np.flatnonzero(close)

    def _supply(self, problem: Problem, pairs: Ints) -> Floats:
        return problem.supply[pairs % len(problem.placement_ids)]


@lru_cache(1)
def _names(producers: Texts, placements: Texts, pairs: bytes) -> tuple[str, ...]:
    """Name pairs; the next question is often of the same ones."""
    producer, placement = np.divmod(np.frombuffer(pairs, np.int64), len(placements))
    return tuple(
        f"{producers[i]}@{placements[j]}" for i, j in zip(producer.tolist(), placement.tolist(), strict=True)
    )
