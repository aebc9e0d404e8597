"""What exposure costs where: the worth that other uses of the same attention and capacity would have.

At the best plan, a link is used only if the value of its exposure reaches the charges on it: for the
attention of its placement, for the capacity of its producer and product, and for every rule that counts it.
A negative charge is a rule that helps the link.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.matching.check.books import Spec
from impact.matching.check.levels import books_at
from impact.matching.check.proof import Prices
from impact.matching.question.problem import Problem


@dataclass(frozen=True)
class Charges:
    """Points per exposure that each rule or limit charges a link; rule id → shape ``(link,)``."""

    by_rule: Mapping[str, Floats]
    num_links: int

    @property
    def total(self) -> Floats:
        """What an exposure must be worth for a link to be used, shape ``(link,)``."""
        return sum(self.by_rule.values(), start=np.zeros(self.num_links))


def charges(problem: Problem, specs: Sequence[Spec], prices: Prices, exposure: Floats) -> Charges:
    """Turn the `prices` of a plan into charges on one exposure more; what charges nothing is left out."""
    return Charges(dict(_by_rule(problem, specs, prices, exposure)), problem.num_links)


def _by_rule(
    problem: Problem, specs: Sequence[Spec], prices: Prices, exposure: Floats
) -> Iterator[tuple[str, Floats]]:
    for book in books_at(problem, specs, prices):
        if prices.get(book.rule):
            charge = book.charge(prices[book.rule])
            yield book.rule, charge.per_exposure + charge.per_change * _way(problem, exposure)


def _way(problem: Problem, exposure: Floats) -> Floats:
    """Say where one exposure more is one more than was published (1), where it is a step back to it (-1)."""
    if problem.published is None:
        return np.zeros(problem.num_links)
    return np.where(exposure < problem.published.exposure, -1.0, 1.0)
