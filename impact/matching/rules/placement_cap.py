"""Placement cap: no producer dominates a placement."""

from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, Ints, sums
from impact.matching.question.problem import Problem
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
        pair_of, placement_of_pair, kept = self._pairs(problem)
        most = self.share * problem.supply[placement_of_pair[kept]]
        place = np.full(len(placement_of_pair), -1, np.int64)
        place[kept] = np.arange(len(kept))
        labels = self._labels(problem, pair_of, kept)
        return rows_at_most(
            sum_matrix(place[pair_of], len(kept)), most, np.full(len(kept), self.share), labels
        )

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        _, placement_of_pair, kept = self._pairs(problem)
        return problem.supply[placement_of_pair[kept]]

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
        placement_of_pair = pairs % len(problem.placement_ids)
        alone = np.minimum(problem.max_exposure, problem.product_capacity[problem.product_of])
        over = sums(alone, pair_of, len(pairs)) - self.share * problem.supply[placement_of_pair]
        close = over > 0
        close[over.argmax() if len(pairs) else []] = True
        return pair_of, placement_of_pair, np.flatnonzero(close)

    def _labels(self, problem: Problem, pair_of: Ints, kept: Ints) -> list[str]:
        link_of_pair = np.zeros(pair_of.max(initial=-1) + 1, np.int64)
        link_of_pair[pair_of] = np.arange(len(pair_of))
        links = link_of_pair[kept]
        producers, placements = problem.producer_of[links], problem.placement_of[links]
        return [
            f"{problem.producer_ids[i]}@{problem.placement_ids[j]}"
            for i, j in zip(producers.tolist(), placements.tolist(), strict=True)
        ]
