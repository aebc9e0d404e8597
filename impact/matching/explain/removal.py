"""Who could be replaced: what is lost when links, a product or a producer are no longer there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Ints
from impact.matching.check import audit
from impact.matching.check.accounts import Accounts, Book
from impact.matching.check.levels import books_at
from impact.matching.check.proof import Prices, proved
from impact.matching.explain.case import Case
from impact.matching.explain.missed import next_in_line
from impact.matching.explain.standing import SUPPLY
from impact.matching.plan import Plan
from impact.matching.question.problem import Problem
from impact.matching.solve import specs_of


@dataclass(frozen=True)
class Removal:
    """What removing links costs, in points of worth.

    `lost` was found by solving again, and `plan` is what then is best; None where it is proved that no plan
    obeys the rules without the links. At least `at_least` is lost: the plan's prices prove it. The links
    earn `earned` now, and no more than that is lost where the other links alone obey the rules as they are
    (`dispensable`). `error` is how far `lost` may be off: neither plan need be the very best.
    """

    earned: float
    at_least: float
    dispensable: bool
    lost: float | None
    error: float
    plan: Plan | None

    @property
    def replaced_share(self) -> float | None:
        """Which part of what the links earned others make good: 1 where nobody would notice."""
        if self.lost is None or not self.earned > 0:
            return None
        return 1.0 - self.lost / self.earned


def removal(case: Case, links: Ints) -> Removal:
    """Remove `links` and solve again."""
    plan = case.again(problem=without(case.problem, links))
    return Removal(
        earned=float(case.earned[links].sum()),
        at_least=lost_at_least(case, links),
        dispensable=dispensable(case, links),
        lost=None if plan is None else case.worth - plan.worth,
        error=0.0 if plan is None else max(case.bound - case.worth, plan.bound - plan.worth, 0.0),
        plan=plan,
    )


def without(problem: Problem, links: Ints) -> Problem:
    """Return the same problem with `links` that may carry nothing."""
    most = np.array(problem.max_exposure)
    most[links] = 0.0
    return replace(problem, max_exposure=most, ceiling=np.empty(0))


def lost_at_least(case: Case, links: Ints) -> float:
    """Prove how much is lost at least without `links`, from the plan's prices; no solving.

    Any prices prove something. Those tried are the plan's, as they are and with attention at what the next
    in line would pay; what limits only links that are gone has no worth any more. Below 0 where a floor
    falls with the links that held it up.
    """
    left = without(case.problem, links)
    books = books_at(left, specs_of(case.rules), case.prices)
    tried = (case.prices, _charged_less(case, links))
    return case.worth - min(proved(left, books, _still_charged(books, prices, left)) for prices in tried)


def dispensable(case: Case, links: Ints) -> bool:
    """Tell whether all rules hold when `links` get nothing and nobody takes their place."""
    exposure = np.array(case.exposure)
    exposure[links] = 0.0
    return not audit(without(case.problem, links), specs_of(case.rules), exposure, case.prices).broken


def _charged_less(case: Case, links: Ints) -> Prices:
    """Price attention where the links had some at what the next in line would pay."""
    return {**case.prices, SUPPLY: {**case.prices.get(SUPPLY, {}), **dict(next_in_line(case, links))}}


def _still_charged(books: Sequence[Book], prices: Prices, left: Problem) -> Prices:
    return {book.rule: _charged_by(book, prices.get(book.rule, {}), left) for book in books}


def _charged_by(book: Book, stated: Mapping[str, float], left: Problem) -> Mapping[str, float]:
    """Leave out prices of limits that no link left could reach."""
    if not isinstance(book, Accounts):
        return stated
    concerned = (book.account_of >= 0) & (left.max_exposure > 0)
    reached = np.bincount(book.account_of[concerned], minlength=len(book.lower)) > 0
    void = {book.names[account] for account in np.flatnonzero(~reached).tolist()}
    return {name: price for name, price in stated.items() if price < 0 or name not in void}
