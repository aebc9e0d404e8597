"""From where to whom: exposure from macro-regions of origin to channels or interests."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Ints, sums
from impact.matching.question.problem import Texts
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Flow:
    """Exposure from one origin to one target; no target stands for all the smaller ones together."""

    origin: str
    target: str | None
    exposure: float


def flows(solved: Solved, origin: str, target: str, num_targets: int) -> tuple[Flow, ...]:
    """Add up exposure by `origin`, an attribute of producers, and `target`, one of placements.

    The `num_targets` largest targets are named, largest flows first; then come what is left of each origin.
    Together they carry all of the plan's exposure.
    """
    problem = solved.problem
    origins, origin_of = _numbered(problem.producer_attributes[origin])
    targets, target_of = _numbered(problem.placement_attributes[target])
    received = sums(solved.plan.exposure, target_of[problem.placement_of], len(targets))
    named = np.argsort(-received, kind="stable")[:num_targets]
    column_of = np.full(len(targets), len(named))
    column_of[named] = np.arange(len(named))
    width = len(named) + 1
    pair_of = origin_of[problem.producer_of] * width + column_of[target_of[problem.placement_of]]
    carried = sums(solved.plan.exposure, pair_of, len(origins) * width)
    names = [*(str(name) for name in targets[named]), None]
    found = [
        Flow(str(origins[pair // width]), names[pair % width], float(carried[pair]))
        for pair in np.flatnonzero(carried)
    ]
    return tuple(sorted(found, key=lambda flow: (flow.target is None, -flow.exposure)))


def _numbered(values: Texts) -> tuple[NDArray[np.str_], Ints]:
    names, number_of = np.unique(np.array(values, np.str_), return_inverse=True)
    return names, number_of
