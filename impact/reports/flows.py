"""From where to whom: exposure from macro-regions of origin to channels or interests."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import sums
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Flow:
    """Exposure from one origin to one destination."""

    origin: str
    target: str
    exposure: float


@dataclass(frozen=True)
class Flows:
    """The largest flows, most first, and what all others carry together."""

    top: tuple[Flow, ...]
    num_others: int
    other_exposure: float

    @property
    def exposure(self) -> float:
        """All of it."""
        return sum(flow.exposure for flow in self.top) + self.other_exposure


def flows(solved: Solved, origin: str, target: str, num_top: int) -> Flows:
    """Add up exposure by `origin`, an attribute of producers, and `target`, one of placements."""
    problem = solved.problem
    origins, origin_of = np.unique(
        np.array(problem.producer_attributes[origin], np.str_), return_inverse=True
    )
    targets, target_of = np.unique(
        np.array(problem.placement_attributes[target], np.str_), return_inverse=True
    )
    pair_of = origin_of[problem.producer_of] * len(targets) + target_of[problem.placement_of]
    carried = sums(solved.plan.exposure, pair_of, len(origins) * len(targets))
    order = [pair for pair in np.argsort(-carried, kind="stable") if carried[pair] > 0]
    top = tuple(
        Flow(str(origins[pair // len(targets)]), str(targets[pair % len(targets)]), float(carried[pair]))
        for pair in order[:num_top]
    )
    others = order[num_top:]
    return Flows(top, len(others), float(carried[others].sum()))
