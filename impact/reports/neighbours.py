"""Who else sells nearby, and what they got."""

from dataclasses import dataclass

import numpy as np

from impact.regions.distances import distances_km
from impact.reports.producers import Row, rows
from impact.reports.solved import Solved

NUM_NEIGHBOURS = 6


@dataclass(frozen=True)
class Neighbour:
    """Another producer and how far away it is."""

    row: Row
    km: float


def neighbours(solved: Solved, producer: int) -> tuple[Neighbour, ...]:
    """Find the nearest other producers, nearest first."""
    listed = rows(solved)
    here = listed[producer].producer.place
    km = distances_km([here], [row.producer.place for row in listed])[0]
    order = [int(other) for other in np.argsort(km, kind="stable") if other != producer]
    return tuple(Neighbour(listed[other], float(km[other])) for other in order[:NUM_NEIGHBOURS])
