"""Who pays for a rule: what groups of producers have at one plan, against another."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.matching.problem import Problem
from impact.reports.inequality import group_totals
from impact.reports.measures import MOST_VALUES


@dataclass(frozen=True)
class Payer:
    """What a group of producers has, in exposures and points, and how far that is from what it had."""

    attribute: str
    value: str
    exposure: float
    exposure_change: float
    worth: float
    worth_change: float


def payers(problem: Problem, before: Floats, after: Floats) -> Iterator[Payer]:
    """Compare two plans, shape ``(link,)`` each, by every attribute of producers with few values.

    The groups of one attribute together have all exposure and all worth.
    """
    for attribute, values in problem.producer_attributes.items():
        if len(set(values)) > MOST_VALUES:
            continue
        group_of = np.array(values, dtype=np.str_)[problem.producer_of]
        had, has = group_totals(before, group_of), group_totals(after, group_of)
        earned = group_totals(problem.worth(before), group_of)
        earns = group_totals(problem.worth(after), group_of)
        for value in has:
            yield Payer(
                attribute,
                value,
                has[value],
                has[value] - had[value],
                earns[value],
                earns[value] - earned[value],
            )
