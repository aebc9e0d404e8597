"""Pose the question: every rule's rows below one another, as one linear program."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints, sums
from impact.matching.plan import RowPrices
from impact.matching.question.pieces import pieces_of
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearProgram, Rows, stack, unstacked
from impact.matching.rules import ALWAYS
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True)
class Posed:
    """A problem and its rules as a linear program; `parts` are the rows of `rules`, in order.

    Rows speak of links, the program of columns: a link has a column for each of its pieces. After
    the links' columns come those of the rules' own variables.
    """

    problem: Problem
    rules: tuple[Obeyed, ...]
    parts: tuple[Rows, ...]
    rows: Rows
    program: LinearProgram
    link_of: Ints  # [column]

    def exposure(self, columns: Floats) -> Floats:
        """Add the pieces of each link up, within its box, shape ``(link,)``; columns beyond are left out."""
        num_pieces = len(self.link_of)
        pieces = np.clip(columns[:num_pieces], 0.0, self.program.ceiling[:num_pieces])
        return np.minimum(sums(pieces, self.link_of, self.problem.num_links), self.problem.box)

    def activity(self, exposure: Floats) -> Floats:
        """Add every row up at `exposure`, rules' own variables at their best, shape ``(row,)``."""
        total: Floats = self.rows.matrix @ exposure
        if self.rows.turn is not None and self.problem.published:
            total += self.rows.turn @ np.minimum(exposure, self.problem.published.exposure)
        for number, (rule, part) in enumerate(zip(self.rules, self.parts, strict=True)):
            if part.own:
                total[self.rows_of(number)] += part.own.matrix @ rule.own(self.problem, exposure)
        return total

    def rows_of(self, number: int) -> slice:
        """Say which rows of the program belong to rule `number`."""
        starts = [0, *accumulate(len(part) for part in self.parts)]
        return slice(starts[number], starts[number + 1])

    def told(self, duals: Floats) -> Floats:
        """Leave out the duals of rows that have no limit: the proof does without them."""
        return np.where(np.isnan(self.rows.limit), 0.0, duals)

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
    parts = unstacked(rows, parts)  # each entry is held once
    return Posed(limited, obeyed, parts, rows, *_program(limited, rows))


def _program(problem: Problem, rows: Rows) -> tuple[LinearProgram, Ints]:
    """Return the program over the pieces of all links and the rules' own variables, and each piece's link."""
    pieces = pieces_of(problem, turning=rows.turn is not None)
    matrix, worth, ceiling = pieces.matrix(rows), pieces.worth, pieces.length
    if rows.own:
        matrix = sparse.csr_array(sparse.hstack([matrix, rows.own.matrix], format="csr"))
        worth, ceiling = np.append(worth, rows.own.worth), np.append(ceiling, rows.own.ceiling)
    return LinearProgram(worth, ceiling, matrix, rows.lower, rows.upper), pieces.link_of


def _limited(problem: Problem, rule: Obeyed) -> Problem:
    ceiling = rule.ceiling(problem)
    return problem if ceiling is None else problem.under(ceiling)
