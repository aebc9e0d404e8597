"""The book of a rule between groups: each gets, for its capacity, nearly as much as the best served one."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.matching.check.accounts import Accounts, Charge, Stated
from impact.matching.question.problem import Problem

INF = float("inf")
LEVEL = ":level"
"""What the name of the account ends in that says a group is no better served than the level."""


@dataclass(frozen=True)
class Ratios:
    """X_G/K_G ≥ minimum · X_H/K_H for any two groups of one level; every group belongs to one level."""

    rule: str
    names: tuple[str, ...]  # [group]
    group_of: Ints  # [link], -1 for none
    capacity: Floats  # [group]
    level_of: Ints  # [group]
    minimum: float

    def at(self, exposure: Floats) -> Accounts:
        """Read the rule with every level where the best served group is at `exposure`."""
        inside = self.group_of >= 0
        served = sums(exposure[inside], self.group_of[inside], len(self.names)) / self.capacity
        level = np.zeros(self.level_of.max(initial=-1) + 1)
        np.maximum.at(level, self.level_of, served)
        unit = self.capacity * level[self.level_of]
        one, above = np.ones(len(self.group_of)), np.full(len(unit), INF)
        return Accounts(self.rule, self.names, self.group_of, one, self.minimum * unit, above, unit)

    def charge(self, stated: Stated) -> Charge:
        """Charge groups for being below or above the level; what a level of 1 then earns is given back."""
        below = np.array([min(stated.get(name, 0.0), 0.0) for name in self.names])
        above = np.array([max(stated.get(name + LEVEL, 0.0), 0.0) for name in self.names])
        earned = sums(
            (above + self.minimum * below) * self.capacity,
            self.level_of,
            self.level_of.max(initial=-1) + 1,
        )
        price = np.append(below + above, 0.0)  # the last is where -1 points
        return Charge(price[self.group_of], float(np.maximum(earned, 0.0).sum()))


def ratios_of(
    problem: Problem, rule: str, named: tuple[str, str | None], minimum: float, reached: Floats
) -> Ratios:
    """Open the book of groups `by` an attribute, compared `within` the values of another (or all at once).

    Groups that nobody of theirs can be reached in, and those with none to compare with, are left out.
    `reached` is what each producer could get at most alone.
    """
    by, within = named
    labels, group_of_producer, level_of_producer = _labels(problem, by, within)
    counted = reached > 0
    num = len(labels)
    capacity = sums(problem.capacity, group_of_producer, num)
    level_of = np.empty(num, np.int64)
    level_of[group_of_producer] = level_of_producer
    able = sums(counted.astype(np.float64), group_of_producer, num) > 0
    company = sums(able.astype(np.float64), level_of, num)[level_of]  # there are no more levels than groups
    kept = np.flatnonzero(able & (company > 1))
    place = np.full(num, -1)
    place[kept] = np.arange(len(kept))
    return Ratios(
        rule,
        tuple(labels[group] for group in kept),
        place[group_of_producer][problem.producer_of_product[problem.product_of]],
        capacity[kept],
        level_of[kept],
        minimum,
    )


def _labels(problem: Problem, by: str, within: str | None) -> tuple[list[str], Ints, Ints]:
    """Name the groups; say which group, and which value of `within`, each producer belongs to."""
    inner = problem.producer_ids if by == "producer" else problem.producer_attributes[by]
    outer = ("",) * len(inner) if within is None else problem.producer_attributes[within]
    levels = {value: number for number, value in enumerate(sorted(set(outer)))}
    pairs = sorted(set(zip(outer, inner, strict=True)))
    place = {pair: number for number, pair in enumerate(pairs)}
    names = [one if within is None else f"{other}/{one}" for other, one in pairs]
    group_of = np.array([place[pair] for pair in zip(outer, inner, strict=True)], np.int64)
    return names, group_of, np.array([levels[value] for value in outer], np.int64)
