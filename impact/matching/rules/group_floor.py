"""Group floor: a group gets at least a share of exposure.

Singh & Joachims 2018, doi:10.1145/3219819.3220088.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.problem import Problem
from impact.matching.rows import Rows, rows_at_least
from impact.matching.rules.group import (
    CONFIG,
    Amount,
    Group,
    Id,
    Of,
    Share,
    group_faults,
    group_row,
    group_unit,
)
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class GroupFloor(Obeyed):
    """At least `share` of exposure given (or of supply), or `at_least` exposures, goes to `group`.

    Σ_{i∈G} X_i ≥ φ·Σ_i X_i, or ≥ φ·Σ_j S_j, or ≥ `at_least`.
    """

    id: Id
    group: Group
    share: Share | None = None
    of: Of = "exposure"
    at_least: Amount | None = None
    kind: Literal["group_floor"] = "group_floor"

    @model_validator(mode="after")
    def _one_measure(self) -> "GroupFloor":
        if (self.share is None) == (self.at_least is None):
            raise ValueError("Expected either share or at_least.")
        return self

    def faults(self, problem: Problem) -> Iterator[Issue]:
        return group_faults(problem, self.id, self.group)

    def rows(self, problem: Problem) -> Rows:
        row = group_row(problem, self.group, self.share, self.of, self.at_least)
        return rows_at_least(row.matrix, row.bound, row.limit, [self.id])

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return group_unit(problem, exposure, self.share, self.of)
