"""The ladder: producers rise together, each to what it can reach; some have stopped."""

from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Bools, Floats

SURE = 1e-12
"""The share of a sum that is put down to floating point."""


@dataclass(frozen=True)
class Ladder:
    """Producers, what they can serve and what each could reach alone, in exposures.

    `stopped` is the level at which a producer stands, NaN while it still rises. At level θ a producer that
    rises is to get min(θ·K_i, reachable_i).
    """

    capacity: Floats  # [producer], finite and above 0
    reachable: Floats  # [producer], above 0
    stopped: Floats  # [producer]

    @property
    def rising(self) -> Bools:
        """Tell who still rises, shape ``(producer,)``."""
        return np.isnan(self.stopped)

    @property
    def highest(self) -> Floats:
        """The level that each producer could reach alone, shape ``(producer,)``."""
        return self.reachable / self.capacity

    @property
    def top(self) -> float:
        """The level at which all that rise are where they could be alone."""
        return float(self.highest[self.rising].max(initial=0.0))

    def levels(self, level: float) -> Floats:
        """Return the level of each producer when those that rise are at `level`, shape ``(producer,)``."""
        return np.where(self.rising, np.minimum(level, self.highest), self.stopped)

    def floors(self, level: float) -> Floats:
        """Return what each producer is to get at `level`, in exposures, shape ``(producer,)``."""
        return self.levels(level) * self.capacity

    def level_where(self, weight: Floats, most: float) -> float:
        """Find the highest level at which the floors, weighed, add up to no more than `most`.

        The sum rises in straight pieces, from each level at which somebody stops to the next. Below 0 where
        even those who have stopped need more, infinite where the top needs no more.
        """
        rising = np.flatnonzero(self.rising & (weight > 0))
        rising = rising[np.argsort(self.highest[rising], kind="stable")]
        still = ~self.rising
        fixed = float(weight[still] @ (self.stopped[still] * self.capacity[still]))
        at, slope = self.highest[rising], weight[rising] * self.capacity[rising]
        ahead = np.cumsum(slope[::-1])[::-1]
        behind = np.concatenate([[0.0], np.cumsum(slope * at)[:-1]])
        total = fixed + behind + ahead * at
        if most < fixed * (1 - SURE) - SURE:
            return -1.0
        piece = int(np.searchsorted(total, most * (1 + SURE)))
        if piece == len(rising):
            return np.inf
        return max(float((most - fixed - behind[piece]) / ahead[piece]), 0.0)

    def stop(self, who: Bools, level: float) -> "Ladder":
        """Return the ladder with those of `who` that rise stopped at `level`."""
        return replace(self, stopped=np.where(who & self.rising, self.levels(level), self.stopped))
