"""What exposure is worth on a link that fills up, worked out anew from the data."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats
from impact.matching.problem import Problem


def worth_of(problem: Problem, exposure: Floats) -> float:
    """Integrate the value of all links from their baselines to what they have with `exposure`, in points."""
    reached = problem.baseline + exposure
    total = np.zeros(problem.num_links)
    for slope, start, end in _pieces(problem):
        total += slope * np.clip(np.minimum(reached, end) - np.maximum(problem.baseline, start), 0.0, None)
    return float(problem.value @ total)


def most_left(problem: Problem, charged: Floats) -> float:
    """Return the most that all links can earn alone when each exposure on link e costs ``charged[e]``.

    The worth of a link is concave, so piece by piece whatever earns more than it costs is taken whole.
    """
    total = np.zeros(problem.num_links)
    for slope, start, end in _pieces(problem):
        length = np.clip(end - np.maximum(problem.baseline, start), 0.0, None)
        total += np.maximum(slope * problem.value - charged, 0.0) * length
    return float(total.sum())


def _pieces(problem: Problem) -> Iterator[tuple[float, Floats, Floats]]:
    """Give the slope of each piece, and where on each link it starts and ends, in exposures."""
    alone = np.minimum(problem.max_exposure, problem.supply[problem.placement_of])
    carried = problem.baseline + np.minimum(alone, problem.product_capacity[problem.product_of])
    start = np.zeros(problem.num_links)
    for share, slope in zip(problem.saturation.up_to, problem.saturation.slope, strict=True):
        end = share * carried
        yield slope, start, end
        start = end
