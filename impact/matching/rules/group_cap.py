"""Group cap: a group gets at most a share of exposure."""

from dataclasses import replace
from typing import Literal, Self

from pydantic.dataclasses import dataclass

from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows, rows_at_most
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Amount
from impact.matching.rules.group_share import GroupShare


@dataclass(frozen=True, config=CONFIG)
class GroupCap(GroupShare):
    """At most `share` of exposure given (or of supply), or `at_most` exposures, goes to `group`.

    Σ_{i∈G} X_i ≤ φ·Σ_i X_i, or ≤ φ·Σ_j S_j, or ≤ `at_most`.
    """

    at_most: Amount | None = None
    kind: Literal["group_cap"] = "group_cap"

    @property
    def amount(self) -> float | None:
        return self.at_most

    def rows(self, problem: Problem) -> Rows:
        return rows_at_most(*self.sides(problem), [self.id])

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.limit, self.most(problem), 0.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, at_most=to) if self.share is None else replace(self, share=to)
