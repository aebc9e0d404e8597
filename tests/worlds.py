"""Small named worlds with known answers, shared by the tests."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from impact.arrays import floats, ints
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.rules.obeyed import Obeyed

INF = float("inf")


def problem_from(
    rows: list[tuple[str, str, float]], capacity: dict[str, float], supply: dict[str, float]
) -> Problem:
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


def two_halls() -> Problem:
    """Two groups of a large and a small producer; the large can serve 90, the small one only live."""
    problem = problem_from(
        [("a", "live", 1.0), ("A", "mall", 1.0), ("b", "live", 1.0), ("B", "mall", 1.0)],
        {"a": 100, "A": 90, "b": 100, "B": 90},
        {"live": 100, "mall": 9000},
    )
    return replace(problem, producer_attributes={"team": ("a", "a", "b", "b")})


def three_stalls() -> Problem:
    """A cooperative with two products and a firm, two placements in two channels.

    ===========  =====  =====
    value        live   mall
    ===========  =====  =====
    coop-tea     3      1
    coop-nuts    2      –
    firm-tea     4      2
    ===========  =====  =====
    """
    return Problem(
        producer_ids=("coop", "firm"),
        product_ids=("coop-tea", "coop-nuts", "firm-tea"),
        placement_ids=("live", "mall"),
        producer_of_product=ints([0, 0, 1]),
        capacity=floats([60, 200]),
        promised=floats([0, 0]),
        product_capacity=floats([INF, 20, INF]),
        supply=floats([100, 50]),
        product_of=ints([0, 0, 1, 2, 2]),
        placement_of=ints([0, 1, 0, 0, 1]),
        value=floats([3, 1, 2, 4, 2]),
        quality=floats([0.8, 0.8, 0.6, 0.4, 0.4]),
        baseline=floats([0, 0, 0, 10, 10]),
        max_exposure=floats([INF, INF, INF, INF, 30]),
        producer_attributes={"type": ("rural", "urban"), "region": ("530000", "330000")},
        product_attributes={"category": ("tea", "nuts", "tea")},
        placement_attributes={"channel": ("livestream", "mall"), "segment": ("gd-tea", "gd-tea")},
    )


def rules(*specs: Mapping[str, object]) -> tuple[Obeyed, ...]:
    """Read rules as a bundle states them; an id that is left out is the kind."""
    return RULES.validate_python([{"id": spec["kind"], **spec} for spec in specs])


def stalls_by_the_river() -> Problem:
    """Four stalls of 100: two share a quay of 50, two a port of 120."""
    return problem_from(
        [("ash", "quay", 1.0), ("birch", "quay", 1.0), ("cedar", "port", 2.0), ("dale", "port", 3.0)],
        {"ash": 100, "birch": 100, "cedar": 100, "dale": 100},
        {"quay": 50, "port": 120},
    )
