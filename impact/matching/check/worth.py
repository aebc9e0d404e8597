"""What exposure is worth on a link that fills up, worked out anew from the data."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats
from impact.matching.question.problem import Problem


def worth_of(problem: Problem, exposure: Floats) -> float:
    """Integrate the value of all links from their baselines to what they have with `exposure`, in points."""
    return float(problem.value @ _earning(problem, exposure))


def most_left(problem: Problem, charged: Floats, per_change: float = 0.0) -> float:
    """Return the most that all links can earn alone when each exposure on link e costs ``charged[e]``.

    `per_change` is charged, besides, for each exposure more or less than was published. The worth of a link
    is concave, so piece by piece whatever earns more than it costs is taken whole; a change has two slopes,
    which meet where a link stays as published.
    """
    if per_change:
        return _most_near_published(problem, charged, per_change)
    total = np.zeros(problem.num_links)
    for slope, start, end in _pieces(problem):
        length = np.clip(end - np.maximum(problem.baseline, start), 0.0, None)
        total += np.maximum(slope * problem.value - charged, 0.0) * length
    return float(total.sum())


def _most_near_published(problem: Problem, charged: Floats, per_change: float) -> float:
    """Try every exposure at which the slope of a link changes: one of them is best."""
    assert problem.published is not None
    before, ends = problem.published.exposure, [end - problem.baseline for _, _, end in _pieces(problem)]
    best = np.full(problem.num_links, -np.inf)
    for point in (np.zeros(problem.num_links), before, *ends):
        exposure = np.clip(point, 0.0, ends[-1])
        earned = problem.value * _earning(problem, exposure)
        changed = np.abs(exposure - before)
        best = np.maximum(best, earned - charged * exposure - per_change * changed)
    return float(best.sum())


def _earning(problem: Problem, exposure: Floats) -> Floats:
    """Return how many exposures of full value `exposure` counts as, shape ``(link,)``."""
    reached, total = problem.baseline + exposure, np.zeros(problem.num_links)
    for slope, start, end in _pieces(problem):
        total += slope * np.clip(np.minimum(reached, end) - np.maximum(problem.baseline, start), 0.0, None)
    return total


def _pieces(problem: Problem) -> Iterator[tuple[float, Floats, Floats]]:
    """Give the slope of each piece, and where on each link it starts and ends, in exposures."""
    alone = np.minimum(problem.max_exposure, problem.supply[problem.placement_of])
    carried = problem.baseline + np.minimum(alone, problem.product_capacity[problem.product_of])
    start = np.zeros(problem.num_links)
    for share, slope in zip(problem.saturation.up_to, problem.saturation.slope, strict=True):
        end = share * carried
        yield slope, start, end
        start = end
