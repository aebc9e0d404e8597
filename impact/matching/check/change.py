"""The book of a rule against change: what is added to and taken from what was published stays small."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.matching.check.accounts import Accounts, Charge, Stated
from impact.matching.question.published import Published

INF = float("inf")


@dataclass(frozen=True)
class Change:
    """Σ|x_e − p_e|, what was published where there is no link any more included, is at most `share` of Σp."""

    rule: str
    published: Published
    share: float

    @property
    def allowed(self) -> float:
        """How much may change on the links there are, in exposures."""
        return self.share * self.published.whole - self.published.gone

    def at(self, exposure: Floats) -> Accounts:
        """Read the rule with every link changing the way it does at `exposure`."""
        before = self.published.exposure
        way = np.sign(exposure - before)
        lower, upper = np.array([-INF]), np.array([self.allowed + way @ before])
        whole, unit = np.zeros(len(way), np.int64), np.array([self.published.whole])
        return Accounts(self.rule, (self.rule,), whole, way, lower, upper, unit)

    def charge(self, stated: Stated) -> Charge:
        """Charge each exposure of change alike."""
        price = max(stated.get(self.rule, 0.0), 0.0)
        per_exposure = np.zeros(len(self.published.exposure))
        return Charge(per_exposure, price * self.allowed, per_change=price)
