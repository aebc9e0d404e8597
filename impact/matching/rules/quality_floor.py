"""Quality floor: what consumers are shown stays good on average, a guardrail."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, Ints, sums
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows, rows_at_least, sum_matrix
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id, Share
from impact.matching.rules.obeyed import Obeyed

ROUNDING = 1e-12
"""Qualities no further apart are the same: a simplex cannot bear entries that small beside others."""


@dataclass(frozen=True, config=CONFIG)
class QualityFloor(Obeyed):
    """The mean quality of exposure in each channel (or segment) is at least `minimum`.

    Σ_{e∈c} (q_e − τ_c)·x_e ≥ 0. `minimum` is one number for all, or one for each value it names; a value
    it does not name has no floor.
    """

    id: Id
    minimum: Share | dict[str, Share]
    by: Literal["channel", "segment"] = "channel"
    kind: Literal["quality_floor"] = "quality_floor"

    def faults(self, problem: Problem) -> Iterator[Issue]:
        if self.by not in problem.placement_attributes:
            yield self._fault(
                "unknown_attribute", attribute=self.by, known=", ".join(problem.placement_attributes)
            )
            return
        values = set(problem.placement_attributes[self.by])
        if isinstance(self.minimum, dict):
            for name in self.minimum.keys() - values:
                yield self._fault(
                    "unknown_value", attribute=self.by, value=name, known=", ".join(sorted(values))
                )
        if np.isnan(problem.quality).any():
            yield self._fault("quality_missing", links=int(np.isnan(problem.quality).sum()))

    def rows(self, problem: Problem) -> Rows:
        names, value_of = self._values(problem)
        minimum = self._minimum(names)
        above = problem.quality - minimum[value_of]
        above[np.abs(above) <= ROUNDING] = 0.0
        matrix = sum_matrix(value_of, len(names), above)
        return rows_at_least(matrix, np.zeros(len(names)), minimum, names)

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        names, value_of = self._values(problem)
        inside = value_of >= 0
        return sums(exposure[inside], value_of[inside], len(names))

    def dial(self, problem: Problem) -> Dial | None:
        return None if isinstance(self.minimum, dict) else Dial(self.minimum, 0.0, 1.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, minimum={**self.minimum, row: to} if isinstance(self.minimum, dict) else to)

    def _values(self, problem: Problem) -> tuple[list[str], Ints]:
        """Return the channels (or segments) that have a floor, and the one of each link, -1 for none."""
        column = np.array(problem.placement_attributes[self.by], dtype=np.str_)
        names = [
            str(name)
            for name in np.unique(column)
            if not isinstance(self.minimum, dict) or name in self.minimum
        ]
        place = {name: number for number, name in enumerate(names)}
        value_of = np.array([place.get(str(value), -1) for value in column], np.int64)
        return names, value_of[problem.placement_of]

    def _minimum(self, names: list[str]) -> Floats:
        if isinstance(self.minimum, dict):
            return np.array([self.minimum[name] for name in names], np.float64)
        return np.full(len(names), self.minimum)

    def _fault(self, code: str, **params: str | int) -> Issue:
        return Issue(code, file="problem.json", column="rules", params={"rule": self.id, **params})
