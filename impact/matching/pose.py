"""Pose the question: every rule's rows below one another, as one linear program."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.matching.plan import RowPrices
from impact.matching.question.pieces import pieces_of
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearProgram, Rows, Stated, stack
from impact.matching.rules import ALWAYS
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True)
class Posed:
    """A problem and its rules as a linear program; `parts` are the rows of `rules`, in order.

    Rules speak of links, the program of columns: a link has a column for each of its pieces. After
    the links' columns come those of the rules' own variables.
    """

    problem: Problem
    rules: tuple[Obeyed, ...]
    parts: tuple[Stated, ...]
    program: LinearProgram
    link_of: Ints  # [column]

    def exposure(self, columns: Floats) -> Floats:
        """Add the pieces of each link up, within its box, shape ``(link,)``; columns beyond are left out."""
        num_pieces = len(self.link_of)
        pieces = np.clip(columns[:num_pieces], 0.0, self.program.ceiling[:num_pieces])
        return np.minimum(sums(pieces, self.link_of, self.problem.num_links), self.problem.box)

    def columns(self, exposure: Floats) -> Floats:
        """Lay exposure out by columns, a link's first pieces first, rules' own variables at their best."""
        owns = (
            rule.own(self.problem, exposure)
            for rule, part in zip(self.rules, self.parts, strict=True)
            if part.num_own
        )
        if self._uncut:
            return np.concatenate([exposure, *owns])
        num_pieces = len(self.link_of)
        length, before = self.program.ceiling[:num_pieces], self._before
        return np.concatenate([np.clip(exposure[self.link_of] - before, 0.0, length), *owns])

    def activity(self, exposure: Floats) -> Floats:
        """Add every row up at `exposure`, rules' own variables at their best, shape ``(row,)``."""
        total: Floats = self.program.matrix @ self.columns(exposure)
        return total

    @cached_property
    def _uncut(self) -> bool:
        return np.array_equal(self.link_of, np.arange(self.problem.num_links))

    @cached_property
    def _before(self) -> Floats:
        """What lies before each piece of its link, in exposures, shape ``(piece,)``."""
        by_link = np.argsort(self.link_of, kind="stable")
        length = self.program.ceiling[by_link]
        ends = np.cumsum(length)
        first = np.flatnonzero(np.diff(self.link_of[by_link], prepend=-1))
        start = np.repeat((ends - length)[first], np.diff(first, append=len(by_link)))
        before = np.empty(len(by_link))
        before[by_link] = ends - length - start
        return before

    def rows_of(self, number: int) -> slice:
        """Say which rows of the program belong to rule `number`."""
        starts = [0, *accumulate(len(part) for part in self.parts)]
        return slice(starts[number], starts[number + 1])

    @cached_property
    def limit(self) -> Floats:
        """Each row's bound as people state it, shape ``(row,)``; NaN where it has none."""
        return np.concatenate([part.limit for part in self.parts])

    def told(self, duals: Floats) -> Floats:
        """Leave out the duals of rows that have no limit: the proof does without them."""
        return np.where(np.isnan(self.limit), 0.0, duals)

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
    rows, parts = _stacked(limited, obeyed)
    return Posed(limited, obeyed, parts, *_program(limited, rows))


def _stacked(problem: Problem, rules: Sequence[Obeyed]) -> tuple[Rows, tuple[Stated, ...]]:
    """Put the rows of `rules` below one another; of each by itself only what is asked for is kept."""
    parts = [rule.rows(problem) for rule in rules]
    return stack(parts), tuple(part.stated() for part in parts)


def _program(problem: Problem, rows: Rows) -> tuple[LinearProgram, Ints]:
    """Return the program over the pieces of all links and the rules' own variables, and each piece's link."""
    pieces = pieces_of(problem, turning=rows.turn is not None)
    matrix, worth, ceiling = pieces.matrix(rows), pieces.worth, pieces.length
    if rows.own:
        worth, ceiling = np.append(worth, rows.own.worth), np.append(ceiling, rows.own.ceiling)
    return LinearProgram(worth, ceiling, matrix, rows.lower, rows.upper), pieces.link_of


def _limited(problem: Problem, rule: Obeyed) -> Problem:
    ceiling = rule.ceiling(problem)
    return problem if ceiling is None else problem.under(ceiling)
