"""Who got what: exposure by any attribute that rules may name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Floats, Ints, ratio, sums
from impact.matching.question.problem import Problem
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Slice:
    """What one group got.

    `yardstick_share` is the share it would have if exposure followed capacity (for groups of placements:
    supply); members of unknown capacity do not count in it.
    """

    value: str
    num_members: int
    num_reached: int
    exposure: float
    exposure_share: float
    yardstick_share: float


@dataclass(frozen=True)
class Breakdown:
    """All groups of one attribute, most exposure first; together they have all of it."""

    attribute: str
    yardstick: str
    """``capacity`` or ``supply``."""
    slices: tuple[Slice, ...]


def attributes(problem: Problem) -> tuple[str, ...]:
    """Name the attributes exposure can be broken down by."""
    return (*problem.producer_attributes, *problem.placement_attributes)


def breakdown(solved: Solved, attribute: str) -> Breakdown:
    """Break the exposure of a plan down by an attribute of producers or of placements."""
    problem = solved.problem
    if attribute in problem.producer_attributes:
        values, owner_of = problem.producer_attributes[attribute], problem.producer_of
        room, yardstick = np.where(np.isfinite(problem.capacity), problem.capacity, 0.0), "capacity"
    else:
        values, owner_of = problem.placement_attributes[attribute], problem.placement_of
        room, yardstick = problem.supply, "supply"
    given = sums(solved.plan.exposure, owner_of, len(values))
    slices = _slices(np.array(values, dtype=np.str_), given, room)
    return Breakdown(attribute, yardstick, tuple(sorted(slices, key=lambda one: -one.exposure)))


def _slices(values: NDArray[np.str_], given: Floats, room: Floats) -> list[Slice]:
    names, group_of = np.unique(values, return_inverse=True)
    size = len(names)
    exposure, yardstick = sums(given, group_of, size), sums(room, group_of, size)
    members = np.bincount(group_of, minlength=size)
    reached = np.bincount(group_of[given > 0], minlength=size)
    shares, expected = _shares(exposure), _shares(yardstick)
    return [
        Slice(str(name), *numbers)
        for name, *numbers in zip(
            names,
            _whole(members),
            _whole(reached),
            exposure.tolist(),
            shares.tolist(),
            expected.tolist(),
            strict=True,
        )
    ]


def _shares(parts: Floats) -> Floats:
    return ratio(parts, np.full(len(parts), parts.sum()))


def _whole(counts: Ints) -> list[int]:
    return [int(count) for count in counts]
