"""Small named worlds with known answers, shared by the tests."""

from dataclasses import replace

import numpy as np

from impact.arrays import floats, ints
from impact.matching.problem import Problem

INF = float("inf")


def problem_from(rows: list[tuple[str, str, float]], capacity: dict[str, float], supply: dict[str, float]) -> Problem:
    """Make a problem of one product a producer from (producer, placement, value) rows in any order."""
    producers, placements = list(capacity), list(supply)
    links = sorted((producers.index(i), placements.index(j), value) for i, j, value in rows)
    size = len(links)
    return Problem(
        producer_ids=tuple(producers),
        product_ids=tuple(producers),
        placement_ids=tuple(placements),
        producer_of_product=ints(range(len(producers))),
        capacity=floats(list(capacity.values())),
        promised=floats(np.zeros(len(producers))),
        product_capacity=floats(np.full(len(producers), INF)),
        supply=floats(list(supply.values())),
        product_of=ints([i for i, _, _ in links]),
        placement_of=ints([j for _, j, _ in links]),
        value=floats([value for _, _, value in links]),
        quality=floats(np.full(size, 0.5)),
        baseline=floats(np.zeros(size)),
        max_exposure=floats(np.full(size, INF)),
    )


def two_valleys() -> Problem:
    """A rural and an urban producer want the same placement of 100; the urban one is worth twice as much."""
    problem = problem_from(
        [("hill", "live", 0.5), ("town", "live", 1.0)], {"hill": 100, "town": 100}, {"live": 100}
    )
    return replace(
        problem,
        producer_attributes={"type": ("rural", "urban")},
        placement_attributes={"channel": ("livestream",), "segment": ("tea",)},
        quality=floats([0.9, 0.5]),
    )
