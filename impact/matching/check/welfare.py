"""The book of a term of the objective: how much a spread of exposure is worth, and the most it can be.

Nothing breaks it. Its prices say how much welfare is gained per exposure given to each owner; by Fenchel's
inequality welfare is at most what they charge plus what is left over, in closed form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.optimize import isotonic_regression

from impact.arrays import Floats, Ints, sums
from impact.matching.check.accounts import Accounts, Charge, Stated

INF = float("inf")
STRAIGHT_BELOW = 1e-3
"""Below this share of its capacity an owner's welfare goes on in a straight line."""


class Shape(Protocol):
    """What a spread of ratios is worth; concave."""

    def of(self, ratio: Floats) -> float:
        """Return the welfare of `ratio`, shape ``(owner,)``."""

    def beyond(self, weight: float, price: Floats, low: Floats, high: Floats) -> float:
        """Return what ``weight · welfare − price @ ratio`` cannot exceed between `low` and `high`."""


@dataclass(frozen=True)
class Welfare:
    """`weight` times the welfare of what owners got beyond what they were owed, for their capacity."""

    rule: str
    names: Sequence[str]  # [owner]
    owner_of: Ints  # [link], -1 for none
    capacity: Floats  # [owner], finite and above 0
    owed: Floats  # [owner]
    most: Floats  # [owner], what it can get at most
    weight: float
    shape: Shape

    def at(self, exposure: Floats) -> Accounts:
        """Open no account: whatever is given, the term is not broken."""
        none = np.empty(0)
        return Accounts(self.rule, (), np.full(len(exposure), -1), np.zeros(len(exposure)), none, none)

    def charge(self, stated: Stated) -> Charge:
        """Pay for each exposure what it is said to gain; what owners gain besides, at best, is given back."""
        price = np.array([max(-stated.get(name, 0.0), 0.0) for name in self.names], np.float64)
        low, high = -self.owed / self.capacity, (self.most - self.owed) / self.capacity
        left = self.shape.beyond(self.weight, price * self.capacity, low, high)
        paid = np.append(-price, 0.0)  # the last is where -1 points
        return Charge(paid[self.owner_of], left - float(price @ self.owed))

    def welfare(self, exposure: Floats) -> float:
        """Compute the welfare at `exposure`, before it is weighed."""
        inside = self.owner_of >= 0
        given = sums(exposure[inside], self.owner_of[inside], len(self.names))
        return self.shape.of((given - self.owed) / self.capacity)

    def worth(self, exposure: Floats) -> float:
        """Compute the welfare at `exposure`, in points."""
        return self.weight * self.welfare(exposure)


@dataclass(frozen=True)
class Curve:
    """Σ r^(1 − α) / (1 − α), and Σ log r where α is 1; straight on below `STRAIGHT_BELOW`."""

    alpha: float

    def of(self, ratio: Floats) -> float:
        return float(self._each(ratio).sum())

    def beyond(self, weight: float, price: Floats, low: Floats, high: Floats) -> float:
        """Give every owner the ratio at which one more would earn no more than it costs."""
        best = np.full(len(price), INF)
        costs = price > 0
        with np.errstate(divide="ignore", over="ignore"):
            best[costs] = np.divide(weight, price[costs]) ** (1 / self.alpha if self.alpha else INF)
        best = np.clip(np.where(best < STRAIGHT_BELOW, -INF, best), low, high)
        return float((weight * self._each(best) - price * best).sum())

    def _each(self, ratio: Floats) -> Floats:
        start = np.maximum(ratio, STRAIGHT_BELOW)
        power = np.log(start) if self.alpha == 1 else start ** (1 - self.alpha) / (1 - self.alpha)
        straight: Floats = power + (ratio - start) * start**-self.alpha
        return straight


@dataclass(frozen=True)
class Ranked:
    """Σ_k ω_k·r_(k) over the owners of each cell, the worst off first: generalised Gini welfare.

    `steps` are the weights of equal steps of owners and never rise; the least ratio alone, where there are
    none. Do & Usunier 2022, doi:10.1145/3477495.3532035.
    """

    steps: tuple[float, ...]
    cell_of: Ints  # [owner]

    def of(self, ratio: Floats) -> float:
        return float(sum(self._weights(len(cell)) @ np.sort(ratio[cell]) for cell in self._cells()))

    def beyond(self, weight: float, price: Floats, low: Floats, high: Floats) -> float:
        """Move prices to the nearest at which no ratio earns anything, and charge for the move.

        Those are the weights in any order, and their mixtures; the nearest mixture is found by pooling.
        """
        total = 0.0
        for cell in self._cells():
            by_price = cell[np.argsort(-price[cell], kind="stable")]
            apart = price[by_price] - weight * self._weights(len(cell))
            over = isotonic_regression(apart, increasing=False).x
            total += float(np.maximum(-over * low[by_price], -over * high[by_price]).sum())
        return total

    def _weights(self, num: int) -> Floats:
        """Read the weight of each rank off the steps, a rank across a border by its parts."""
        if not self.steps:
            return np.eye(1, num).ravel()
        ends = np.linspace(0.0, num, len(self.steps) + 1)
        reached = np.append(0.0, np.cumsum(np.array(self.steps) * num / len(self.steps)))
        weights: Floats = np.diff(np.interp(np.arange(num + 1), ends, reached))
        return weights

    def _cells(self) -> list[Ints]:
        order: Ints = np.argsort(self.cell_of, kind="stable")
        starts = np.flatnonzero(np.diff(self.cell_of[order])) + 1
        cells: list[Ints] = np.split(order, starts) if len(order) else []
        return cells
