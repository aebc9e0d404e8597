"""Best levels, taken from nothing but the proof that none can be higher."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Floats, ratio
from impact.matching.check.accounts import Accounts, Book
from impact.matching.check.books import Spec, all_books, reach
from impact.matching.check.proof import Prices, proved
from impact.matching.plan import unsettled_of
from impact.matching.question.problem import Problem

INF = float("inf")
NOT_DEMANDS = ("max_min", "spread")
"""Kinds that leave what is possible as it is, or depend on it."""
SAME = 1e-9
"""Levels that differ by no more, relatively, are the same."""


def books_at(problem: Problem, specs: Sequence[Spec], prices: Prices) -> tuple[Book, ...]:
    """Open all books, those of best levels as far as `prices` prove them."""
    books = all_books(problem, specs)
    return (
        *books,
        *(stairs.book(stairs.levels(proved)) for stairs, proved in _climbed(books, problem, specs, prices)),
    )


def best_levels(problem: Problem, specs: Sequence[Spec], prices: Prices) -> dict[str, float]:
    """Return, by rule, the best level that `prices` prove: that of whoever could reach more alone."""
    books = all_books(problem, specs)
    return {
        stairs.rule: stairs.best(stairs.levels(proved))
        for stairs, proved in _climbed(books, problem, specs, prices)
    }


def unsettled(problem: Problem, specs: Sequence[Spec], prices: Prices) -> dict[str, int]:
    """Return, by rule, how many producers no proof stops, where `prices` say there was no time for more."""
    if not any(unsettled_of(str(spec["id"])) in prices for spec in specs):
        return {}
    books = all_books(problem, specs)
    return {
        stairs.rule: int(np.count_nonzero(np.isnan(proved) & (stairs.highest > 0)))
        for stairs, proved in _climbed(books, problem, specs, prices)
        if stairs.short
    }


def _climbed(
    books: Sequence[Book], problem: Problem, specs: Sequence[Spec], prices: Prices
) -> Iterator[tuple["_Stairs", Floats]]:
    """Give what is proved of each max-min rule; it counts on all others but max-min rules stated after it."""
    aside = {str(spec["id"]) for spec in specs if spec["kind"] in NOT_DEMANDS}
    demands = [book for book in books if book.rule not in aside]
    for spec in specs:
        if spec["kind"] == "max_min":
            short = unsettled_of(str(spec["id"])) in prices
            stairs = _stairs(problem, spec, reach(problem, specs), short=short)
            proved = stairs.proved(demands, prices)
            demands.append(stairs.book(stairs.levels(proved)))
            yield stairs, proved


def _stairs(problem: Problem, spec: Spec, reached: Floats, *, short: bool) -> "_Stairs":
    share, capacity = spec.get("share", 1.0), np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
    assert isinstance(share, int | float)
    by_steps = bool(spec.get("lexicographic"))
    return _Stairs(problem, str(spec["id"]), share, by_steps, short, capacity, ratio(reached, capacity))


@dataclass(frozen=True)
class _Stairs:
    """Producers and the level that each could reach alone; 0 where it has none.

    `short` where there was no time to prove all levels.
    """

    problem: Problem
    rule: str
    share: float
    by_steps: bool
    short: bool
    capacity: Floats  # [producer], 0 where unlimited
    highest: Floats  # [producer]

    def levels(self, proved: Floats) -> Floats:
        """Fill in who is in no proof: all it could reach, or the last level proved where they are `short`."""
        last = np.nanmax(proved, initial=0.0) if self.short else np.inf
        return np.where(np.isnan(proved), np.minimum(last, self.highest), proved)

    def proved(self, others: Sequence[Book], prices: Prices) -> Floats:
        """Go through the proofs, from the lowest level up, and stop whom each proves stopped.

        A plan that serves the worst served better, or as well and the next better, would have everybody in a
        proof at least where they are, and so exactly there: what they get, weighed, adds up to no more. Who
        is in no proof is held to all that could be reached: a proof left out makes the rule harder, not
        easier. Levels out of order prove nothing. NaN where nothing is proved.
        """
        level, last = np.full(len(self.capacity), np.nan), 0.0
        for weights in _rounds(self.rule, prices):
            weight = self._weight(weights)
            most = self._most(others, weights)
            found = self._level_where(weight * self.capacity, level, most)
            if found < last * (1 - SAME):
                break
            if found < INF:
                last = found
                stopped = np.isnan(level) & ((weight > 0) | (not self.by_steps))
                level = np.where(stopped, np.minimum(found, self.highest), level)
            if not self.by_steps:
                break
        return level

    def best(self, level: Floats) -> float:
        """Return the level of the worst served who could reach more alone; the highest where nobody could."""
        held_down = level < self.highest * (1 - SAME)
        return float(level[held_down].min() if held_down.any() else self.highest.max(initial=0.0))

    def _weight(self, weights: Prices) -> Floats:
        laid_out = self.floors(self.highest).laid_out(weights.get(self.rule, {}))
        return np.where(self.highest > 0, np.maximum(-laid_out, 0.0), 0.0)

    def _most(self, others: Sequence[Book], weights: Prices) -> float:
        """Compute the most that any plan gives, exposures weighed by producer, by weak duality."""
        worthless = replace(self.problem, value=np.zeros(self.problem.num_links))
        return proved(worthless, (*others, self.floors(np.zeros(len(self.capacity)))), weights)

    def _level_where(self, pull: Floats, stopped: Floats, most: float) -> float:
        """Find where floors, weighed, have risen to `most`: infinite where they never do.

        Between two levels at which somebody stops their sum is straight.
        """

        def total(level: float) -> float:
            return float(pull @ self._risen(stopped, level))

        corners = np.unique(np.append(self.highest[np.isnan(stopped) & (pull > 0)], 0.0)).tolist()
        if not total(corners[-1]) > most * (1 + SAME):
            return INF
        above = bisect_left(corners, most, key=total)
        if above == 0:
            return 0.0
        low, high = corners[above - 1], corners[above]
        return float(np.interp(most, [total(low), total(high)], [low, high]))

    def _risen(self, stopped: Floats, level: float) -> Floats:
        return np.where(np.isnan(stopped), np.minimum(level, self.highest), stopped)

    def book(self, level: Floats) -> Accounts:
        """Open the book of the rule at the best levels; a unit of its limit is what they come to."""
        return replace(self.floors(self.share * level), unit=level * self.capacity)

    def floors(self, level: Floats) -> Accounts:
        producer = self.problem.producer_of_product[self.problem.product_of]
        one, above = np.ones(self.problem.num_links), np.full(len(level), INF)
        least = level * self.capacity
        return Accounts(self.rule, self.problem.producer_ids, producer, one, least, above)


def _rounds(rule: str, prices: Prices) -> Iterator[Prices]:
    """Give the weights of each proof of `rule`, by rule and account, in the order of their numbers."""
    found: dict[int, dict[str, Mapping[str, float]]] = {}
    for name, weights in prices.items():
        number, colon, by = name.removeprefix(f"{rule}:").partition(":")
        if name.startswith(f"{rule}:") and colon and number.isdecimal():
            found.setdefault(int(number), {})[by] = weights
    yield from (found[number] for number in sorted(found))
