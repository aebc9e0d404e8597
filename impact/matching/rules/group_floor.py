"""Group floor: a group gets at least a share of exposure."""

from dataclasses import replace
from typing import Literal, Self

from pydantic.dataclasses import dataclass

from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows, rows_at_least
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Amount
from impact.matching.rules.group_share import GroupShare


@dataclass(frozen=True, config=CONFIG)
class GroupFloor(GroupShare):
    """At least `share` of exposure given (or of supply), or `at_least` exposures, goes to `group`.

    Σ_{i∈G} X_i ≥ φ·Σ_i X_i, or ≥ φ·Σ_j S_j, or ≥ `at_least`.
    """

    at_least: Amount | None = None
    kind: Literal["group_floor"] = "group_floor"

    @property
    def amount(self) -> float | None:
        return self.at_least

    def rows(self, problem: Problem) -> Rows:
        return rows_at_least(*self.sides(problem), [self.id])

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.limit, 0.0, self.most(problem))

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, at_least=to) if self.share is None else replace(self, share=to)
