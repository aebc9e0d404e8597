"""Starts: an earlier plan laid out on a question, for the simplex to go on from."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

import numpy as np

from impact.arrays import Bools, Floats
from impact.matching.plan import RowPrices
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer


class Earlier(Protocol):
    """A plan as far as it is needed to go on from: what it gives, and its prices."""

    @property
    def exposure(self) -> Floats: ...
    @property
    def prices(self) -> tuple[RowPrices, ...]: ...
    @property
    def duals(self) -> tuple[RowPrices, ...]: ...


def start_from(posed: Posed, plan: Earlier | None) -> LinearAnswer | None:
    """Lay `plan` out on the columns and rows of `posed`; None without one, or where it has other links.

    It need not be a plan of `posed`: its rules' limits, and what links are worth, may have moved since.
    """
    if plan is None or len(plan.exposure) != posed.problem.num_links:
        return None
    x = np.zeros(len(posed.program.worth))
    x[: len(posed.link_of)] = plan.exposure[posed.link_of]
    return LinearAnswer("start", x, laid_out(posed, plan.duals or plan.prices), "start")


def carried(posed: Posed, earlier: Posed, answer: LinearAnswer | None) -> LinearAnswer | None:
    """Lay an answer to an `earlier` question over the same links out on `posed`."""
    if answer is None or answer.x is None or answer.duals is None:
        return None
    x = np.zeros(len(posed.program.worth))
    both = min(len(x), len(answer.x))
    x[:both] = answer.x[:both]
    return replace(answer, x=x, duals=laid_out(posed, earlier.by_rule(answer.duals)))


def laid_out(posed: Posed, prices: Iterable[RowPrices]) -> Floats:
    """Put prices back on the rows they are about, 0 where there is none, shape ``(row,)``.

    A row takes only what pushes on the side it has.
    """
    known = {each.rule: each for each in prices}
    duals = np.zeros(len(posed.program.lower))
    for number, (rule, part) in enumerate(zip(posed.rules, posed.parts, strict=True)):
        if len(part) and (priced := known.get(rule.id)):
            duals[posed.rows_of(number)] = _of_rows(part.labels, np.isfinite(part.upper), priced)
    return duals


def _of_rows(labels: tuple[str, ...], has_upper: Bools, priced: RowPrices) -> Floats:
    by_side = {
        (label, dual > 0): dual for label, dual in zip(priced.labels, priced.duals.tolist(), strict=True)
    }
    found = [by_side.get(row, 0.0) for row in zip(labels, has_upper.tolist(), strict=True)]
    return np.array(found, np.float64)
