"""A programme so small that every figure of a report on it can be worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from valleys import NORTH, SOUTH, maker, market, tea

from impact.matching.question.problem import problem_of
from impact.matching.solve import solve
from impact.model import Catalog, Programme
from impact.pipeline import link
from impact.reports.solved import Solved

N_TEA, N_GIFTS, S_TEA, S_GIFTS = (f"{place}-{want}" for place in (NORTH, SOUTH) for want in ("tea", "gifts"))
PROGRAMME = Programme("hamlet", "小村", "Hamlet", 10)
NAMES = ("green", "black", "lantern")


@cache
def goods() -> Catalog:
    """Green tea and lanterns of the north, black tea of the south; 100 in each of eight placements.

    =========  ======  =====  ========  ==========================
    product    region  type   capacity  may be shown to who wants
    =========  ======  =====  ========  ==========================
    green      north   farm   200       tea, gifts
    black      south   firm   600       tea, gifts
    lantern    north   craft  unknown   gifts
    =========  ======  =====  ========  ==========================
    """
    green, black, lantern = tea("green"), tea("black"), tea("lantern", category="craft")
    producers = (
        maker(green, NORTH, type="farm", capacity=200.0),
        maker(black, SOUTH, type="firm", capacity=600.0),
        maker(lantern, NORTH, type="craft", capacity=float("inf")),
    )
    return market([green, black, lantern], producers, interests=("tea", "gifts"))


def hamlet(given: Mapping[tuple[str, str], float], catalog: Catalog | None = None) -> Solved:
    """Solve a catalog by hand: `given` exposures by product and placement, nothing to anybody else."""
    graph = link(catalog or goods(), PROGRAMME.month)
    problem = problem_of(graph)
    exposure = np.zeros(problem.num_links)
    links = list(zip(problem.product_of.tolist(), problem.placement_of.tolist(), strict=True))
    for (product, placement), amount in given.items():
        pair = problem.product_ids.index(product), problem.placement_ids.index(placement)
        exposure[links.index(pair)] = amount
    return Solved("by-hand", PROGRAMME, graph, problem, replace(solve(problem, ()), exposure=exposure))


def shown(green: float = 0, black: float = 0, lantern: float = 0) -> Solved:
    """Give each producer so much, all of it to who wants gifts in the north."""
    amounts = zip(NAMES, (green, black, lantern), strict=True)
    return hamlet({(name, f"{N_GIFTS}-live"): amount for name, amount in amounts})
