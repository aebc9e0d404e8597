"""The figures of a plan as a whole: how much, how well, and how it is spread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.question.problem import Attributes, Problem
from impact.reports.inequality import Lorenz, Theil, gini, group_totals, lorenz, theil, weighted_means

MOST_VALUES = 100
"""An attribute of more values than this is a name, not a group."""


@dataclass(frozen=True)
class Spread:
    """How evenly producers of finite capacity > 0 are filled: X_i ÷ K_i, one producer one voice.

    `minimum` and `fifth_percentile` are of X_i ÷ K_i (perfect: as high as everybody else's); they cannot
    show how large the producers are that stand there. `theil` is by region, where producers have one.
    """

    num_producers: int
    minimum: float
    fifth_percentile: float
    gini: float
    lorenz: Lorenz
    theil: Theil | None


@dataclass(frozen=True)
class Measures:
    """The figures of a plan.

    `value` is points above the baseline, `served_share` exposure ÷ supply, `group_shares` the share of all
    exposure by attribute and value, `quality` the mean of what was shown by channel, where it is known.
    """

    value: float
    exposure: float
    supply: float
    served_share: float
    spread: Spread | None
    group_shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    quality: Mapping[str, float] = field(default_factory=dict)

    def figures(self) -> dict[str, object]:
        """Return the figures as plan.json names them."""
        return {
            "value": self.value,
            "exposure": self.exposure,
            "supply": self.supply,
            "served_share": self.served_share,
            "minimum_of_capacity": self.spread.minimum if self.spread else None,
            "fifth_percentile_of_capacity": self.spread.fifth_percentile if self.spread else None,
            "gini": self.spread.gini if self.spread else None,
            "group_shares": self.group_shares,
            "quality_by_channel": self.quality,
        }


def measure(problem: Problem, exposure: Floats) -> Measures:
    """Compute the figures of `exposure`, shape ``(link,)``."""
    given, supply = float(exposure.sum()), float(problem.supply.sum())
    return Measures(
        value=float(problem.worth(exposure).sum()),
        exposure=given,
        supply=supply,
        served_share=given / supply if supply > 0 else 0.0,
        spread=_spread(problem, exposure),
        group_shares=_group_shares(problem, exposure),
        quality=_quality(problem, exposure),
    )


def filled(problem: Problem, exposure: Floats) -> tuple[Ints, Floats]:
    """Return the producers of finite capacity > 0, and the X_i ÷ K_i of each."""
    known = np.flatnonzero(np.isfinite(problem.capacity) & (problem.capacity > 0))
    given = sums(exposure, problem.producer_of, len(problem.producer_ids))
    return known, given[known] / problem.capacity[known]


def _spread(problem: Problem, exposure: Floats) -> Spread | None:
    known, shares = filled(problem, exposure)
    if not len(known):
        return None
    region = problem.producer_attributes.get("region")
    return Spread(
        num_producers=len(known),
        minimum=float(shares.min()),
        fifth_percentile=float(np.percentile(shares, 5)),
        gini=gini(shares),
        lorenz=lorenz(shares),
        theil=theil(shares, np.array(region, dtype=np.str_)[known]) if region else None,
    )


def _group_shares(problem: Problem, exposure: Floats) -> dict[str, dict[str, float]]:
    """Share out exposure by attributes of few values, looked for as the rules do."""
    shares: dict[str, dict[str, float]] = {}
    for table, owner_of in _tables(problem):
        for name, values in table.items():
            if name not in shares and len(set(values)) <= MOST_VALUES:
                shares[name] = _shares(sums(exposure, owner_of, len(values)), values)
    return shares


def _tables(problem: Problem) -> tuple[tuple[Attributes, Ints], ...]:
    return (
        (problem.product_attributes, problem.product_of),
        (problem.producer_attributes, problem.producer_of),
        (problem.placement_attributes, problem.placement_of),
    )


def _shares(given: Floats, values: tuple[str, ...]) -> dict[str, float]:
    total = float(given.sum())
    totals = group_totals(given, np.array(values, dtype=np.str_))
    return {value: part / total if total > 0 else 0.0 for value, part in totals.items()}


def _quality(problem: Problem, exposure: Floats) -> dict[str, float]:
    channels = problem.placement_attributes.get("channel")
    if not channels:
        return {}
    names, channel_of = np.unique(np.array(channels, dtype=np.str_), return_inverse=True)
    known: Bools = ~np.isnan(problem.quality) & (exposure > 0)
    channel_of_link = channel_of[problem.placement_of[known]]
    means = weighted_means(problem.quality[known], exposure[known], channel_of_link, len(names))
    shown = np.bincount(channel_of_link, minlength=len(names)) > 0
    return {str(name): float(mean) for name, mean, some in zip(names, means, shown, strict=True) if some}
