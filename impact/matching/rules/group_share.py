"""What floors and caps of groups have in common: a group held to a share or an amount.

Exposure as the thing to share: Singh & Joachims 2018, doi:10.1145/3219819.3220088.
"""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Self

import numpy as np
from pydantic import model_validator
from pydantic.dataclasses import dataclass
from scipy import sparse

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import sum_matrix
from impact.matching.rules.group import CONFIG, Group, Id, Of, Share, group_faults, members
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class GroupShare(Obeyed):
    """`group` against a `share` of exposure given (or of supply), or against an amount of exposures."""

    id: Id
    group: Group
    share: Share | None = None
    of: Of = "exposure"

    @property
    @abstractmethod
    def amount(self) -> float | None:
        """The limit in exposures, where no share is stated."""

    @property
    def limit(self) -> float:
        """The limit as people state it."""
        return (self.amount or 0.0) if self.share is None else self.share

    def most(self, problem: Problem) -> float:
        """Return the highest limit that says anything: all there is."""
        return max(self.limit, float(problem.supply.sum())) if self.share is None else 1.0

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.share is None) == (self.amount is None):
            raise ValueError("Expected either a share or an amount.")
        return self

    def faults(self, problem: Problem) -> Iterator[Issue]:
        return group_faults(problem, self.id, self.group)

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        if self.share is None:
            return np.ones(1)
        return np.array([problem.supply.sum() if self.of == "supply" else exposure.sum()], np.float64)

    def sides(self, problem: Problem) -> tuple[sparse.csr_array, Floats, Floats]:
        """Return the row's matrix, its bound, and the limit as people state it."""
        weight, bound = members(problem, self.group).astype(np.float64), self.amount or 0.0
        if self.share is not None and self.of == "supply":
            bound = self.share * float(problem.supply.sum())
        elif self.share is not None:
            weight, bound = weight - self.share, 0.0
        row_of = np.where(weight != 0, 0, -1)  # a link that does not count is no entry
        matrix = sum_matrix(row_of, 1, weight)
        return matrix, np.array([bound]), np.array([self.limit])
