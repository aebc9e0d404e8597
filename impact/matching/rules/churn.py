"""Churn: a new plan stays close to the one that was published."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic import Field
from pydantic.dataclasses import dataclass
from scipy import sparse

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.published import Published
from impact.matching.question.rows import Rows, rows_at_most
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id
from impact.matching.rules.obeyed import Obeyed

MOST = 2.0
"""Everything taken away and as much given elsewhere; more is not told apart."""


@dataclass(frozen=True, config=CONFIG)
class Churn(Obeyed):
    """What is added to links and taken from them is at most `share` of all that was published.

    Σ|x_e − p_e| ≤ δ·Σp_e. An exposure of those published takes one off the sum, any other adds one. What
    was published on links no longer there counts as taken.
    """

    id: Id
    share: float = Field(ge=0, le=MOST, strict=True)
    to: Literal["published"] = "published"
    kind: Literal["churn"] = "churn"

    def faults(self, problem: Problem) -> Iterator[Issue]:
        if not problem.published or not problem.published.whole > 0:
            params = {"rule": self.id}
            yield Issue("published_missing", file="problem.json", column="rules", params=params)

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        gone = _published(problem).gone
        if gone > 0:
            yield Issue("published_links_gone", params={"rule": self.id, "exposure": gone})

    def rows(self, problem: Problem) -> Rows:
        before = _published(problem)
        one = sparse.csr_array(np.ones((1, problem.num_links)))
        turn = sparse.csr_array(np.where(before.exposure > 0, -2.0, 0.0)[np.newaxis])
        allowed = np.array([self.share * before.whole - before.whole])
        return replace(rows_at_most(one, allowed, np.array([self.share]), [self.id]), turn=turn)

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.array([_published(problem).whole])

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.share, MOST, 0.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, share=to)


def _published(problem: Problem) -> Published:
    assert problem.published is not None
    return problem.published
