"""What exposure costs where: the worth that other uses of the same attention and capacity would have.

At the best plan, a link is used only if the value of its exposure reaches the charges on it: for the
attention of its placement, for the capacity of its producer and product, and for every rule that counts it.
A negative charge is a rule that helps the link.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, floats
from impact.matching.pose import Posed, pose
from impact.matching.rows import Rows
from impact.matching.rules import RULES
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Charges:
    """Points per exposure that each rule or limit charges a link; rule id → shape ``(link,)``."""

    by_rule: Mapping[str, Floats]
    num_links: int

    @property
    def total(self) -> Floats:
        """What an exposure must be worth for a link to be used, shape ``(link,)``."""
        return sum(self.by_rule.values(), start=np.zeros(self.num_links))


def charges(solved: Solved) -> Charges:
    """Turn the prices that a plan proved into charges on links."""
    posed = pose(solved.problem, RULES.validate_python(solved.programme.rules))
    return Charges(dict(_by_rule(solved, posed)), solved.problem.num_links)


def _by_rule(solved: Solved, posed: Posed) -> Iterator[tuple[str, Floats]]:
    prices = {
        price.rule: dict(zip(price.labels, price.duals.tolist(), strict=True)) for price in solved.plan.prices
    }
    for rule, part in zip(posed.rules, posed.parts, strict=True):
        if rule.id in prices:
            charged: Floats = part.matrix.T @ _duals(part, prices[rule.id])
            yield rule.id, charged


def _duals(part: Rows, prices: Mapping[str, float]) -> Floats:
    """Return the dual of each row; of two rows of one label, the one bounded on the dual's side has it."""
    duals = floats([prices.get(label, 0.0) for label in part.labels])
    return np.where(np.isfinite(np.where(duals > 0, part.upper, part.lower)), duals, 0.0)
