"""What a plan claims, against what the data say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.check.accounts import Accounts
from impact.matching.check.books import Spec
from impact.matching.check.levels import books_at, unsettled
from impact.matching.check.proof import Prices, finite, proved
from impact.matching.check.welfare import Welfare
from impact.matching.check.worth import worth_of
from impact.matching.question.problem import Problem

TOLERANCE = 1e-6
"""The promise: no row is broken by more, relative to its size."""
SOLVED = {"optimal", "within_gap", "time_limit"}
EXACT_GAP = 1e-6
"""The largest gap that may be called optimal."""

NOTHING = 1e-9
"""So few points are rounding's: beside a worth of 0 they would look like all there is."""


@dataclass(frozen=True)
class Claims:
    """What a plan says of itself: figures as in plan.json, and its prices by rule and label."""

    exposure: Floats  # [link]
    status: str
    worth: float
    bound: float
    gap: float
    asked_gap: float
    prices: Prices


@dataclass(frozen=True)
class Audit:
    """What exposures and prices amount to, from the data alone; `broken` names the promises not kept.

    `worth` includes `welfare`: what each spread is worth, in points, by its id. `unsettled` counts, by
    max-min rule that ran out of time, who may rise above the last level that is proved.
    """

    worth: float
    bound: float
    gap: float
    max_violation: float
    broken: tuple[Issue, ...]
    welfare: Mapping[str, float] = field(default_factory=dict)
    unsettled: Mapping[str, int] = field(default_factory=dict)


def audit(problem: Problem, specs: Sequence[Spec], exposure: Floats, prices: Prices) -> Audit:
    """Recompute what `exposure` is worth, what it breaks, and the bound that `prices` prove."""
    prices = finite(prices)
    books = books_at(problem, specs, prices)
    welfare = {book.rule: book.worth(exposure) for book in books if isinstance(book, Welfare)}
    worth = worth_of(problem, exposure) + sum(welfare.values())
    bound = proved(problem, books, prices)
    read = [(book, book.violation(exposure)) for book in (each.at(exposure) for each in books)]
    worst = max(float(violation.max(initial=0.0)) for _, violation in read)
    broken = (*_broken_boxes(problem, exposure), *_broken_rules(read))
    worst = max(worst, _box_violation(problem, exposure))
    left = unsettled(problem, specs, prices)
    return Audit(worth, bound, gap(worth, bound), worst, broken, welfare, left)


def gap(worth: float, bound: float) -> float:
    """Return how far `worth` may be below the best, relative to `bound`; 0 where it is next to nothing."""
    return 0.0 if bound - worth <= NOTHING else (bound - worth) / max(abs(bound), NOTHING)


def objections(problem: Problem, specs: Sequence[Spec], claims: Claims) -> tuple[Issue, ...]:
    """Name every claim that does not hold; empty is good."""
    if claims.status not in SOLVED:
        return (Issue("no_plan_to_check", params={"status": claims.status}),)
    if len(claims.exposure) != problem.num_links:
        return (
            Issue(
                "wrong_number_of_links", params={"links": problem.num_links, "found": len(claims.exposure)}
            ),
        )
    return against(claims, audit(problem, specs, claims.exposure, claims.prices))


def against(claims: Claims, found: Audit) -> tuple[Issue, ...]:
    """Name what speaks against `claims` once they are audited."""
    return (*found.broken, *_false_figures(claims, found))


def _broken_boxes(problem: Problem, exposure: Floats) -> Iterator[Issue]:
    if not np.all(np.isfinite(exposure)):
        yield Issue("exposure_not_finite", params={"links": int((~np.isfinite(exposure)).sum())})
    worst = _box_violation(problem, exposure)
    if worst > TOLERANCE:
        yield Issue("exposure_out_of_range", params={"violation": worst})


def _box_violation(problem: Problem, exposure: Floats) -> float:
    size = np.maximum(1.0, np.where(np.isinf(problem.max_exposure), 0.0, problem.max_exposure))
    over = np.maximum(-exposure, exposure - problem.max_exposure) / size
    return float(over.max(initial=0.0))


def _broken_rules(read: Sequence[tuple[Accounts, Floats]]) -> Iterator[Issue]:
    for book, violation in read:
        if violation.max(initial=0.0) > TOLERANCE:
            worst = int(violation.argmax())
            where = {"rule": book.rule, "where": book.names[worst]}
            yield Issue("rule_broken", params={**where, "violation": float(violation[worst])})


def _false_figures(claims: Claims, found: Audit) -> Iterator[Issue]:
    """Say which figures are not so; each has to be shown to hold, and what is no number never is."""
    if not _close(claims.worth, found.worth):
        yield Issue("worth_is_not_so", params={"claimed": claims.worth, "found": found.worth})
    if not _reaches(claims.bound, found.bound):
        yield Issue("bound_not_proved", params={"claimed": claims.bound, "found": found.bound})
    if not _reaches(claims.bound, found.worth):
        yield Issue("bound_below_worth", params={"claimed": claims.bound, "found": found.worth})
    if not abs(claims.gap - gap(claims.worth, claims.bound)) <= TOLERANCE:
        yield Issue("gap_is_not_so", params={"claimed": claims.gap, "found": gap(claims.worth, claims.bound)})
    allowed = {"optimal": EXACT_GAP, "within_gap": claims.asked_gap}.get(claims.status, np.inf)
    if not found.gap <= allowed + TOLERANCE:
        yield Issue("status_not_earned", params={"status": claims.status, "gap": found.gap})
    for rule, producers in found.unsettled.items():
        if claims.status != "time_limit":
            where = {"status": claims.status, "rule": rule}
            yield Issue("levels_not_earned", params={**where, "producers": producers})


def _reaches(claimed: float, found: float) -> bool:
    return claimed >= found or _close(claimed, found)


def _close(left: float, right: float) -> bool:
    return abs(left - right) <= TOLERANCE * max(1.0, abs(left), abs(right)) < np.inf
