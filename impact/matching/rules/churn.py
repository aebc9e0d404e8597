"""Churn: a new plan stays close to the one that was published."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, Self

import numpy as np
from pydantic import Field
from pydantic.dataclasses import dataclass
from scipy import sparse

from impact.arrays import Floats, Ints
from impact.errors import Issue
from impact.matching.problem import Problem
from impact.matching.published import Published
from impact.matching.rows import Own, Rows, rows_at_least, rows_at_most, stack
from impact.matching.rules.dial import Dial
from impact.matching.rules.group import CONFIG, Id
from impact.matching.rules.obeyed import Obeyed

MOST = 2.0
"""Everything taken away and as much given elsewhere; more is not told apart."""


@dataclass(frozen=True, config=CONFIG)
class Churn(Obeyed):
    """What is added to links and taken from them is at most `share` of all that was published.

    Σ|x_e − p_e| ≤ δ·Σp_e. One variable a published link stands for what is taken from it, m_e ≥ p_e − x_e;
    what is added is then Σx − Σp + Σm. What was published on links no longer there counts as taken.
    """

    id: Id
    share: float = Field(ge=0, le=MOST)
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
        given = np.flatnonzero(before.exposure)
        most, num = before.exposure[given], len(given)
        each = (np.ones(num), (np.arange(num), given))
        one = sparse.csr_array(each, shape=(num, problem.num_links))
        taken = rows_at_least(one, most, np.full(num, np.nan), _labels(problem, given))
        allowed = np.array([self.share * before.whole - before.gone + most.sum()])
        every = sparse.csr_array(np.ones((1, problem.num_links)))
        total = rows_at_most(every, allowed, np.array([self.share]), [self.id])
        rows, columns = np.append(np.arange(num), np.full(num, num)), np.tile(np.arange(num), 2)
        own = sparse.csr_array((np.repeat([1.0, 2.0], num), (rows, columns)), shape=(num + 1, num))
        return replace(stack([taken, total]), own=Own(own, most, np.zeros(num)))

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        before = _published(problem)
        return np.append(np.full(np.count_nonzero(before.exposure), np.nan), before.whole)

    def own(self, problem: Problem, exposure: Floats) -> Floats:
        before = _published(problem).exposure
        taken: Floats = np.maximum(before - exposure, 0.0)[before > 0]
        return taken

    def dial(self, problem: Problem) -> Dial:
        return Dial(self.share, MOST, 0.0)

    def moved(self, to: float, row: str = "") -> Self:
        return replace(self, share=to)


def _published(problem: Problem) -> Published:
    assert problem.published is not None
    return problem.published


def _labels(problem: Problem, links: Ints) -> list[str]:
    products, placements = problem.product_of[links], problem.placement_of[links]
    return [
        f"{problem.product_ids[product]}@{problem.placement_ids[placement]}"
        for product, placement in zip(products, placements, strict=True)
    ]
