"""Pose the question: every rule's rows below one another, as one linear program."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

import numpy as np

from impact.arrays import Floats
from impact.matching.plan import RowPrices
from impact.matching.problem import Problem
from impact.matching.rows import LinearProgram, Rows, stack
from impact.matching.rules import ALWAYS
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True)
class Posed:
    """A problem and its rules as a linear program; `parts` are the rows of `rules`, in order."""

    problem: Problem
    rules: tuple[Obeyed, ...]
    parts: tuple[Rows, ...]
    program: LinearProgram

    def rows_of(self, number: int) -> slice:
        """Say which rows of the program belong to rule `number`."""
        starts = [0, *accumulate(len(part) for part in self.parts)]
        return slice(starts[number], starts[number + 1])

    def by_rule(self, duals: Floats) -> tuple[RowPrices, ...]:
        """Sort the duals of the program's rows by rule and label; rows and rules without one are left out."""
        priced = (
            (rule.id, part.labels, duals[self.rows_of(number)])
            for number, (rule, part) in enumerate(zip(self.rules, self.parts, strict=True))
        )
        return tuple(
            RowPrices(name, tuple(labels[row] for row in np.flatnonzero(own)), own[np.flatnonzero(own)])
            for name, labels, own in priced
            if own.any()
        )


def pose(problem: Problem, rules: Sequence[Obeyed]) -> Posed:
    """Turn `problem`, what always holds and `rules` into one linear program; assumes no faults."""
    obeyed = (*ALWAYS, *rules)
    limited = reduce(_limited, obeyed, problem)
    parts = tuple(rule.rows(limited) for rule in obeyed)
    rows = stack(parts)
    program = LinearProgram(limited.value, limited.box, rows.matrix, rows.lower, rows.upper)
    return Posed(limited, obeyed, parts, program)


def _limited(problem: Problem, rule: Obeyed) -> Problem:
    ceiling = rule.ceiling(problem)
    return problem if ceiling is None else problem.under(ceiling)
