"""Group ratio: no group is served much worse, for its capacity, than the best served one.

Demographic parity of exposure, relaxed to a ratio: Singh & Joachims 2018, doi:10.1145/3219819.3220088.
"""

from collections.abc import Iterator
from dataclasses import dataclass as plain
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass
from scipy import sparse

from impact.arrays import Floats, Ints, sums
from impact.errors import Issue
from impact.matching.question.problem import Classes, Problem
from impact.matching.question.rows import Own, Rows, rows_at_least, rows_at_most, stack, sum_matrix
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.obeyed import Obeyed

PRODUCER = "producer"
"""What `by` says where every producer is a group of its own."""


@plain(frozen=True)
class _Compared:
    """Groups that have others to be compared with; those that share a level are compared."""

    names: list[str]  # [group]
    group_of: Ints  # [link], -1 for none
    capacity: Floats  # [group]
    level_of: Ints  # [group]

    @property
    def num_levels(self) -> int:
        return int(self.level_of.max(initial=-1)) + 1


@dataclass(frozen=True, config=CONFIG)
class GroupRatio(Obeyed):
    """Any two groups G, H of producers: X_G/K_G is at least `minimum` of X_H/K_H.

    Groups are the values of an attribute of producers, or single producers; with `within`, only groups of
    the same value of that attribute are compared. One variable a comparison, the level t, stands for the
    best served: ρ·K_G·t ≤ X_G ≤ K_G·t. A group of which nobody can be reached is left out.
    """

    id: Id
    by: str
    minimum: Share
    within: str | None = None
    of: Literal["capacity"] = "capacity"
    kind: Literal["group_ratio"] = "group_ratio"

    def faults(self, problem: Problem) -> Iterator[Issue]:
        known = problem.producer_attributes
        unknown = [name for name in (self.by, self.within) if name not in (*known, PRODUCER, None)]
        for name in unknown:
            yield self._issue("unknown_attribute", attribute=str(name), known=", ".join((*known, PRODUCER)))
        unlimited = np.flatnonzero(np.isinf(problem.capacity))
        if len(unlimited):
            first = problem.producer_ids[unlimited[0]]
            yield self._issue("capacity_unlimited", producers=len(unlimited), first=first)

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        names, group_of, _ = self._groups(problem)
        reached = sums(problem.reachable, group_of, len(names))
        beyond = [name for name, most in zip(names, reached, strict=True) if not most > 0]
        if beyond:
            yield Issue("groups_out_of_reach", params={"rule": self.id, "groups": ", ".join(beyond)})

    def rows(self, problem: Problem) -> Rows:
        groups = self._compared(problem)
        total, num = sum_matrix(groups.group_of, len(groups.names)), len(groups.names)
        limit, zero = np.full(num, self.minimum), np.zeros(num)
        most = rows_at_most(total, zero, limit, [f"{name}:level" for name in groups.names])
        least = rows_at_least(total, zero, limit, groups.names)
        place = (np.arange(2 * num), np.tile(groups.level_of, 2))
        weight = np.concatenate([-groups.capacity, -self.minimum * groups.capacity])
        level = sparse.csr_array((weight, place), shape=(2 * num, groups.num_levels))
        own = Own(level, np.ones(groups.num_levels), np.zeros(groups.num_levels))
        return replace(stack([most, least]), own=own)

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        groups = self._compared(problem)
        levels = self._levels(groups, exposure)
        return np.append(np.full(len(groups.names), np.nan), groups.capacity * levels[groups.level_of])

    def own(self, problem: Problem, exposure: Floats) -> Floats:
        return self._levels(self._compared(problem), exposure)

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.minimum, 0.0, 1.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, minimum=to)

    def _levels(self, groups: _Compared, exposure: Floats) -> Floats:
        """Return how well the best served group of each comparison is served, shape ``(level,)``."""
        inside = groups.group_of >= 0
        given = sums(exposure[inside], groups.group_of[inside], len(groups.names))
        levels = np.zeros(groups.num_levels)
        np.maximum.at(levels, groups.level_of, given / groups.capacity)
        return levels

    def _compared(self, problem: Problem) -> _Compared:
        names, group_of, level_of = self._groups(problem)
        num = len(names)
        reached = sums(problem.reachable, group_of, num) > 0
        company = sums(reached.astype(np.float64), level_of, num)[level_of]
        kept = np.flatnonzero(reached & (company > 1))
        place = np.full(num, -1, np.int64)
        place[kept] = np.arange(len(kept))
        _, levels = np.unique(level_of[kept], return_inverse=True)
        capacity = sums(problem.capacity, group_of, num)[kept]
        return _Compared(
            [names[group] for group in kept], place[group_of][problem.producer_of], capacity, levels
        )

    def _groups(self, problem: Problem) -> tuple[list[str], Ints, Ints]:
        """Name all groups; give the group of each producer, and what each group is compared within."""
        inner = _classes(problem, self.by)
        if self.within is None:
            return inner.values.tolist(), inner.value_of, np.zeros(len(inner.values), np.int64)
        outer, num = _classes(problem, self.within), len(inner.values)
        pairs, group_of = np.unique(outer.value_of * num + inner.value_of, return_inverse=True)
        names = [f"{outer.values[pair // num]}/{inner.values[pair % num]}" for pair in pairs.tolist()]
        return names, group_of, pairs // num

    def _issue(self, code: str, **params: str | int) -> Issue:
        return Issue(code, file="problem.json", column="rules", params={"rule": self.id, **params})


def _classes(problem: Problem, name: str) -> Classes:
    """Return producers by an attribute, or each by itself."""
    if name == PRODUCER:
        order = np.argsort(np.array(problem.producer_ids, np.str_))
        return Classes(np.array(problem.producer_ids, np.str_)[order], np.argsort(order))
    return problem.classes(problem.producer_attributes, name)
