"""Pieces: each link cut where the worth of an exposure, or what a rule makes of it, changes."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows


@dataclass(frozen=True)
class Pieces:
    """The columns of a linear program that are exposures; the pieces of a link are filled in any order.

    No order has to be asked for: an earlier piece is never worth less, nor does it cost a rule more.
    """

    link_of: Ints  # [piece]
    worth: Floats  # [piece], points per exposure
    length: Floats  # [piece], exposures
    kept: Bools  # [piece], whether the piece is of what was published

    def matrix(self, rows: Rows) -> sparse.csr_array:
        """Write `rows` over the pieces and, after them, the rules' own variables."""
        matrix, num_links = rows.matrix, rows.matrix.shape[1]
        if rows.own:
            matrix = sparse.csr_array(sparse.hstack([matrix, rows.own.matrix], format="csr"))
        if rows.turn is None and np.array_equal(self.link_of, np.arange(num_links)):
            return matrix
        whole_of = np.append(self.link_of, np.arange(num_links, matrix.shape[1])).astype(np.int32)
        columns = np.arange(len(whole_of), dtype=np.int32)
        shape = (matrix.shape[1], len(columns))
        cut = sparse.csr_array(matrix @ sparse.csr_array((np.ones(len(columns)), (whole_of, columns)), shape))
        if rows.turn is not None:
            self._turn(cut, rows.turn)
        return cut

    def _turn(self, matrix: sparse.csr_array, turn: sparse.csr_array) -> None:
        """Add to the coefficients of what was published, in place: a second matrix would be as large."""
        for row in np.flatnonzero(np.diff(turn.indptr)).tolist():
            own, its = (slice(*each.indptr[row : row + 2].tolist()) for each in (matrix, turn))
            added = np.zeros(turn.shape[1])
            added[turn.indices[its]] = turn.data[its]
            of_links = np.flatnonzero(matrix.indices[own] < len(self.link_of))
            columns = matrix.indices[own][of_links]
            matrix.data[own.start + of_links] += added[self.link_of[columns]] * self.kept[columns]


def pieces_of(problem: Problem, *, turning: bool) -> Pieces:
    """Cut links where they saturate, and, where rules are `turning`, at what was published."""
    shape, num_links = problem.saturation, problem.num_links
    if shape.is_linear and not turning:
        whole = np.zeros(num_links, bool)
        return Pieces(np.arange(num_links), problem.value * shape.slope[0], problem.box, whole)
    lengths = shape.lengths(problem.baseline, problem.box)
    slopes, kept = np.array(shape.slope), np.zeros(len(lengths), bool)
    if turning:
        assert problem.published is not None
        ends = np.cumsum(lengths, axis=0)
        below = np.clip(problem.published.exposure - (ends - lengths), 0.0, lengths)
        lengths = np.concatenate([below, lengths - below])
        slopes, kept = np.tile(slopes, 2), np.repeat([True, False], len(below))
    piece_of, link_of = np.nonzero(lengths)
    worth = problem.value[link_of] * slopes[piece_of]
    return Pieces(link_of, worth, lengths[piece_of, link_of], kept[piece_of])
