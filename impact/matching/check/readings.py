"""How each rule stands at a plan, in the rule's own units, read from its books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, sums
from impact.matching.check.accounts import Accounts
from impact.matching.check.books import Spec
from impact.matching.check.levels import books_at
from impact.matching.check.proof import Prices
from impact.matching.question.problem import Problem

LEAST_UNIT = 1e-6
"""Where nothing is given, a unit of a share of it is still taken to be this."""


@dataclass(frozen=True)
class Reading:
    """What a rule's `tightest` account amounts to, and what giving way by one unit everywhere would gain."""

    activity: float
    limit: float
    slack: float
    price: float


def readings(
    problem: Problem, specs: Sequence[Spec], exposure: Floats, prices: Prices, tightest: Mapping[str, str]
) -> dict[str, Reading]:
    """Read each rule that names its tightest account; a name that no account bears is left out."""
    books = {book.rule: book.at(exposure) for book in books_at(problem, specs, prices)}
    found = {}
    for spec in specs:
        book, name = books[str(spec["id"])], tightest.get(str(spec["id"]))
        if name is not None and name in book.names:
            account = list(book.names).index(name)
            units, stated = _units(problem, spec, book, exposure), _stated(problem, spec, book, account)
            price = float(np.abs(book.laid_out(prices.get(book.rule, {}))) @ units)
            found[book.rule] = Reading(*_stand(book, float(units[account]), stated, exposure, account), price)
    return found


def _stand(
    book: Accounts, unit: float, stated: float | None, exposure: Floats, account: int
) -> tuple[float, float, float]:
    """Read activity, limit and slack of one account; where it has two sides, at the nearer one."""
    total = float(book.activity(exposure)[account])
    above, below = total - float(book.lower[account]), float(book.upper[account]) - total
    room = min(above, below) / max(unit, LEAST_UNIT)
    side = float((book.lower if above <= below else book.upper)[account])
    limit = side if stated is None else stated
    return limit + (room if above <= below else -room), limit, max(room, 0.0)


def _stated(problem: Problem, spec: Spec, book: Accounts, account: int) -> float | None:
    """Return the limit as the rule states it; none where it is the account's own bound."""
    if spec["kind"] == "producer_floor":
        return float((book.lower[account] - problem.owed[account]) / problem.capacity[account])
    minimum = spec.get("minimum")
    if isinstance(minimum, Mapping):
        return float(minimum[book.names[account]])
    share = spec.get("share", minimum)
    return float(share) if isinstance(share, int | float) else None


def _units(problem: Problem, spec: Spec, book: Accounts, exposure: Floats) -> Floats:
    """Return what one unit of the rule's limit is in each account, shape ``(account,)``."""
    kind, num = spec["kind"], len(book.lower)
    if book.unit is not None:
        return book.unit
    if kind == "producer_floor":
        return np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
    if kind == "placement_cap":
        placement_of = np.zeros(num, np.int64)
        placement_of[book.account_of] = problem.placement_of
        return problem.supply[placement_of]
    if kind == "quality_floor":
        concerned = book.account_of >= 0
        return sums(exposure[concerned], book.account_of[concerned], num)
    if spec.get("share") is None:
        return np.ones(num)
    return np.full(num, problem.supply.sum() if spec.get("of") == "supply" else exposure.sum())
