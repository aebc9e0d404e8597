"""The book of a rule against change: what is added to and taken from what was published stays small."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.matching.check.accounts import Accounts, Charge, Stated

INF = float("inf")


@dataclass(frozen=True)
class Change:
    """Σ|x_e − p_e| and what was published on links that are `gone` is at most `share` of all published."""

    rule: str
    published: Floats  # [link]
    gone: float
    share: float

    @property
    def whole(self) -> float:
        """All that was published, in exposures."""
        return float(self.published.sum()) + self.gone

    @property
    def allowed(self) -> float:
        """How much may change on the links there are, in exposures."""
        return self.share * self.whole - self.gone

    def at(self, exposure: Floats) -> Accounts:
        """Read the rule with every link changing the way it does at `exposure`."""
        way = np.sign(exposure - self.published)
        lower, upper = np.array([-INF]), np.array([self.allowed + way @ self.published])
        whole, unit = np.zeros(len(way), np.int64), np.array([self.whole])
        return Accounts(self.rule, (self.rule,), whole, way, lower, upper, unit)

    def charge(self, stated: Stated) -> Charge:
        """Charge each exposure of change alike."""
        price = max(stated.get(self.rule, 0.0), 0.0)
        return Charge(np.zeros(len(self.published)), price * self.allowed, per_change=price)
