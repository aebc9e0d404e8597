"""Lock: a coordinator's own decision on one link."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic import model_validator
from pydantic.dataclasses import dataclass

from impact.arrays import Floats, Ints
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import INF, Rows, rows_at_least, rows_at_most, stack, sum_matrix
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Amount, Id
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True, config=CONFIG)
class Lock(Obeyed):
    """The exposure of one product in one placement is `at_least` and `at_most` so many."""

    id: Id
    product: str
    placement: str
    at_least: Amount = 0.0
    at_most: Amount | None = None
    kind: Literal["lock"] = "lock"

    @model_validator(mode="after")
    def _in_order(self) -> "Lock":
        if self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("Expected at_least not above at_most.")
        return self

    def faults(self, problem: Problem) -> Iterator[Issue]:
        if not len(self._link(problem)):
            params = {"rule": self.id, "product": self.product, "placement": self.placement}
            yield Issue("lock_without_link", file="problem.json", column="rules", params=params)

    def rows(self, problem: Problem) -> Rows:
        row_of = np.full(problem.num_links, -1, np.int64)
        row_of[self._link(problem)] = 0
        one, label = sum_matrix(row_of, 1), [f"{self.product}@{self.placement}"]
        least, most = np.array([self.at_least]), np.array([INF if self.at_most is None else self.at_most])
        return stack([rows_at_least(one, least, least, label), rows_at_most(one, most, most, label)])

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.ones(2)

    def ceiling(self, problem: Problem) -> Floats | None:
        if self.at_most is None:
            return None
        most = np.full(problem.num_links, INF)
        most[self._link(problem)] = self.at_most
        return most

    def dial(self, problem: Problem) -> Dial | None:
        most = float(problem.supply.sum())
        if self.at_most is None:
            return Dial(self.at_least, 0.0, max(most, self.at_least))
        return None if self.at_least else Dial(self.at_most, max(most, self.at_most), 0.0)

    def moved(self, to: float, row: str = "") -> Self:
        """Move the side that is stated; where both are, widen the one that keeps `to` out."""
        if self.at_most is None:
            return replace(self, at_least=to)
        if not self.at_least:
            return replace(self, at_most=to)
        return replace(self, at_least=min(self.at_least, to), at_most=max(self.at_most, to))

    def _link(self, problem: Problem) -> Ints:
        if self.product not in problem.product_ids or self.placement not in problem.placement_ids:
            return np.empty(0, np.int64)
        product, placement = (
            problem.product_ids.index(self.product),
            problem.placement_ids.index(self.placement),
        )
        return np.flatnonzero((problem.product_of == product) & (problem.placement_of == placement))
