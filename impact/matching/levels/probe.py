"""Probe: can everybody get so much? A plan that shows it, or a proof that not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints
from impact.matching.levels.ladder import Ladder
from impact.matching.plan import RowPrices
from impact.matching.pose import Posed, pose
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearProgram, Rows, bound
from impact.matching.rules.limits import floor_rows
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True)
class Shown:
    """Exposures that give everybody what they are to get, but for rounding, and obey the other rules.

    Floors `eased` by this share of themselves leave a plan whatever is rounded.
    """

    exposure: Floats  # [link]
    eased: float = 0.0


@dataclass(frozen=True)
class Proof:
    """No plan that obeys the other rules gives more than `most` in all, exposures weighed by producer.

    `weights` prove it: those of the producers under the rule's own id, below 0, and those of other rules.
    """

    weight: Floats  # [producer]
    most: float
    weights: tuple[RowPrices, ...]


class Probe(Protocol):
    """A way to find out."""

    def __call__(self, floors: Floats) -> Shown | Proof:
        """Show that all floors, in exposures by producer, can be kept at once, or prove that not."""


@dataclass(frozen=True)
class Asked:
    """Other rules, and rows of a max-min rule for every producer that has a level and can be reached."""

    posed: Posed
    own: slice

    @property
    def who(self) -> Ints:
        """The producers on the ladder: those that have a level and can be reached."""
        problem = self.posed.problem
        return np.flatnonzero(np.isfinite(problem.capacity) & (problem.reachable > 0))

    def program(self, floors: Floats) -> LinearProgram:
        """Return the program with producers held to `floors`."""
        lower = self.posed.program.lower.copy()
        lower[self.own] = floors
        return replace(self.posed.program, lower=lower)

    @cached_property
    def _own_rows(self) -> sparse.csr_array:
        return sparse.csr_array(self.posed.program.matrix[self.own])

    def ladder(self) -> Ladder:
        """Return the ladder on which all producers stand at its foot."""
        problem, who = self.posed.problem, self.who
        return Ladder(problem.capacity[who], problem.reachable[who], np.full(len(who), np.nan))

    def proof(self, weight: Floats, duals: Floats) -> Proof:
        """Add up what `weight` by producer and `duals` of the other rows prove."""
        program = self.program(np.zeros(len(weight)))
        others = duals.copy()
        others[self.own] = 0.0
        weighed = replace(program, worth=self._own_rows.T @ weight)
        told = others.copy()
        told[self.own] = -weight
        weights = self.posed.by_rule(self.posed.told(told))
        return Proof(weight, bound(weighed, others), weights)


@dataclass(frozen=True)
class _Everybody(Obeyed):
    """Each producer that has a level gets all it could reach."""

    id: str
    kind: str = "max_min"

    def rows(self, problem: Problem) -> Rows:
        return floor_rows(problem, np.where(np.isfinite(problem.capacity), problem.reachable, 0.0))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.ones(1)


def asked(problem: Problem, rule: str, others: Sequence[Obeyed]) -> Asked:
    """Pose `others`, and rows of `rule` for everybody."""
    posed = pose(problem, (*others, _Everybody(rule)))
    return Asked(posed, posed.rows_of(len(posed.rules) - 1))
