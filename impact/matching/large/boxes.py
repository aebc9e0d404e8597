"""Boxes: rows on single columns become bounds of the columns, rows over the same columns one."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.rows import INF, LinearProgram

HASH_BITS = 29
"""Sums of ten million hashes of so many bits are exact in floating point."""


@dataclass(frozen=True)
class Boxed:
    """A linear program with a box for each column and fewer rows, and where each bound comes from.

    A bound that no row of `program` set has -1 for its row.
    """

    program: LinearProgram
    floor: Floats  # [column]
    ceiling: Floats  # [column]
    floor_row: Ints  # [column]
    ceiling_row: Ints  # [column]
    row: Ints  # [kept row], a row of `program` with the same coefficients
    lower: Floats  # [kept row]
    upper: Floats  # [kept row]
    lower_row: Ints  # [kept row]
    upper_row: Ints  # [kept row]
    kept_of: Ints  # [row], -1 for one that became part of the boxes
    adds_up: Bools  # [kept row], whether its coefficients are all 1

    @property
    def is_empty(self) -> bool:
        """Whether some column's box, or some row's range, is plainly empty."""
        return bool(np.any(self.floor > self.ceiling) or np.any(self.lower > self.upper))

    def duals(self, of_kept: Floats) -> Floats:
        """Give the rows of `program` the duals of kept rows, and the boxes' rows what is left to them."""
        duals = np.zeros(len(self.program.lower))
        source = np.where(of_kept > 0, self.upper_row, self.lower_row)
        told = (of_kept != 0) & (source >= 0)
        duals[source[told]] = of_kept[told]
        left = self.program.worth - self.program.matrix.T @ duals
        _lay(duals, self.ceiling_row, np.maximum(left, 0.0))
        _lay(duals, self.floor_row, np.maximum(-left, 0.0), sign=-1.0)
        return self._per_coefficient(duals)

    def _per_coefficient(self, duals: Floats) -> Floats:
        """Count the duals of rows on a single column per unit of the row, not of the column."""
        matrix = self.program.matrix
        single = np.flatnonzero((self.kept_of < 0) & (np.diff(matrix.indptr) == 1))
        duals[single] /= matrix.data[matrix.indptr[single]]
        return duals


def boxed(program: LinearProgram, link_of: Ints) -> Boxed:
    """Turn rows into boxes where they speak of one link alone.

    `link_of` gives the link of each piece, the first columns of `program`. A row over one column bounds it.
    A row that limits the sum of all pieces of one link cuts the last pieces off: no piece is worth less, or
    costs a rule more, than a later one of its link.
    """
    size = np.diff(program.matrix.indptr)
    floor, ceiling = np.zeros(len(program.worth)), program.ceiling.astype(np.float64)
    floor_row, ceiling_row = np.full(len(floor), -1), np.full(len(floor), -1)
    _bound_single(program, np.flatnonzero(size == 1), (floor, ceiling), (floor_row, ceiling_row))
    adds_up = _only_ones(program.matrix)
    within = adds_up & _within_a_link(program, link_of, size)
    _cut(program, within, link_of, ceiling, ceiling_row)
    limited = np.isfinite(program.lower) | np.isfinite(program.upper)
    rest = np.flatnonzero((size > 1) & limited & ~within)
    row, kept = _same_columns(program.matrix, rest, adds_up[rest])
    lower, lower_row = _tightest(-program.lower[rest], rest, kept, len(row))
    upper, upper_row = _tightest(program.upper[rest], rest, kept, len(row))
    kept_of = np.full(len(size), -1)
    kept_of[rest] = kept
    return Boxed(
        program,
        floor,
        ceiling,
        floor_row,
        ceiling_row,
        row,
        -lower,
        upper,
        lower_row,
        upper_row,
        kept_of,
        adds_up[row],
    )


def _only_ones(matrix: sparse.csr_array) -> Bools:
    """Tell which rows add their columns up as they are."""
    found = np.ones(matrix.shape[0], bool)
    other = np.flatnonzero(matrix.data != 1.0)
    found[np.searchsorted(matrix.indptr, other, side="right") - 1] = False
    return found


def _bound_single(
    program: LinearProgram, rows: Ints, box: tuple[Floats, Floats], box_row: tuple[Ints, Ints]
) -> None:
    """Tighten the boxes by rows of one column each."""
    column = program.matrix.indices[program.matrix.indptr[rows]]
    weight = program.matrix.data[program.matrix.indptr[rows]]
    rows, column, weight = rows[weight != 0], column[weight != 0], weight[weight != 0]
    ends = np.stack([program.lower[rows] / weight, program.upper[rows] / weight])
    least, most = ends.min(axis=0), ends.max(axis=0)
    _tighten(box[1], box_row[1], column, most, rows)
    negated = -box[0]
    _tighten(negated, box_row[0], column, -least, rows)
    box[0][:] = -negated


def _tighten(most: Floats, row_of: Ints, column: Ints, limit: Floats, rows: Ints) -> None:
    """Lower `most` to `limit` where that is less, and note which row said so."""
    less = limit < most[column]
    column, limit, rows = column[less], limit[less], rows[less]
    order = np.argsort(-limit, kind="stable")  # the last one written is the tightest
    most[column[order]], row_of[column[order]] = limit[order], rows[order]


def _within_a_link(program: LinearProgram, link_of: Ints, size: Ints) -> Bools:
    """Tell which rows limit all pieces of one link, and nothing else."""
    within = np.zeros(len(size), bool)
    matrix, num_pieces = program.matrix, len(link_of)
    pieces = np.bincount(link_of, minlength=1)
    rows = np.flatnonzero((size > 1) & (size <= pieces.max()) & np.isneginf(program.lower))
    if not len(rows):
        return within
    small = sparse.csr_array(matrix[rows])
    link = np.append(link_of, np.full(matrix.shape[1] - num_pieces, -1))[small.indices]
    first, last = (each.reduceat(link, small.indptr[:-1]) for each in (np.minimum, np.maximum))
    whole = (first == last) & (first >= 0)
    whole[whole] = pieces[first[whole]] == size[rows[whole]]
    within[rows] = whole
    return within


def _cut(program: LinearProgram, within: Bools, link_of: Ints, ceiling: Floats, ceiling_row: Ints) -> None:
    """Cut the last pieces of links off where rows limit their sum."""
    rows = np.flatnonzero(within & np.isfinite(program.upper))
    if not len(rows):
        return
    link = link_of[program.matrix.indices[program.matrix.indptr[rows]]]
    most, row_of = np.full(link_of.max() + 1, INF), np.full(link_of.max() + 1, -1)
    _tighten(most, row_of, link, program.upper[rows], rows)
    pieces = np.flatnonzero(row_of[link_of] >= 0)
    pieces = pieces[np.argsort(link_of[pieces], kind="stable")]
    link, length = link_of[pieces], ceiling[pieces]
    before = np.cumsum(length) - length
    starts = np.flatnonzero(np.diff(link, prepend=-1))
    before -= np.repeat(before[starts], np.diff(starts, append=len(pieces)))
    _tighten(ceiling, ceiling_row, pieces, np.maximum(most[link] - before, 0.0), row_of[link])


def _same_columns(matrix: sparse.csr_array, rows: Ints, adds_up: Bools) -> tuple[Ints, Ints]:
    """Return one of `rows` for each set of columns added up as they are, and the number of it for each row.

    Sets are told apart by two sums of random numbers, one a column.
    """
    hashed = np.random.default_rng(0).integers(1, 2**HASH_BITS, size=(2, matrix.shape[1])).astype(np.float64)
    sets = (matrix @ hashed[0])[rows] + 1j * (matrix @ hashed[1])[rows]
    sets = np.where(adds_up, sets, -1.0 - np.arange(len(rows)))
    _, first, kept = np.unique(sets, return_index=True, return_inverse=True)
    return rows[first], kept


def _tightest(most: Floats, rows: Ints, kept: Ints, num_kept: int) -> tuple[Floats, Ints]:
    """Return the least of `most` for each kept row, and which row said so."""
    tightest, row_of = np.full(num_kept, INF), np.full(num_kept, -1)
    _tighten(tightest, row_of, kept, most, rows)
    return tightest, row_of


def _lay(duals: Floats, row_of: Ints, amount: Floats, sign: float = 1.0) -> None:
    """Give each row named in `row_of` the largest of its columns' amounts."""
    told = np.flatnonzero((row_of >= 0) & (amount > 0))
    most = np.zeros(len(duals))
    np.maximum.at(most, row_of[told], amount[told])
    duals[most > 0] = sign * most[most > 0]
