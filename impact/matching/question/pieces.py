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
        """Write `rows` over the pieces."""
        if rows.turn is None and np.array_equal(self.link_of, np.arange(rows.matrix.shape[1])):
            return rows.matrix
        matrix = rows.matrix @ self._split(np.ones(len(self.link_of)), rows.matrix.shape[1])
        if rows.turn is not None:
            matrix = matrix + rows.turn @ self._split(self.kept.astype(np.float64), rows.matrix.shape[1])
        return sparse.csr_array(matrix)

    def _split(self, weight: Floats, num_links: int) -> sparse.csr_array:
        columns = np.arange(len(weight))
        return sparse.csr_array((weight, (self.link_of, columns)), (num_links, len(weight)))


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
