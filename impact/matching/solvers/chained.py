"""Chained columns: a row over the pieces of one link only says how far they are filled, one after another.

Where each column of a row is worth no less than the next and no harder on any row, some best answer fills
them in that order, and so does some answer that keeps all rows, if any does. What the row allows and what it
asks for are then bounds of its columns. Links that are cut in two would else have a row each.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.question.rows import LinearProgram


def chains(program: LinearProgram, usable: Bools) -> Bools:
    """Tell whose columns, all of them `usable`, are filled in their order, shape ``(row,)``.

    Every row has entries. No two of the rows told share a column.
    """
    matrix, starts = program.matrix, program.matrix.indptr[:-1]
    told = np.zeros(len(starts), bool)
    if not len(starts):
        return told
    fit = np.logical_and.reduceat(usable[matrix.indices] & (matrix.data > 0), starts)
    for each in (_marks(matrix)[matrix.indices], matrix.data):
        fit &= np.maximum.reduceat(each, starts) == np.minimum.reduceat(each, starts)
    rows = np.flatnonzero(fit & (np.diff(matrix.indptr) > 1))
    rows = rows[np.unique(matrix.indices[starts[rows]], return_index=True)[1]]
    told[rows] = len(rows) > 0 and _in_order(program, rows)
    return told


@dataclass(frozen=True)
class Filled:
    """How far columns are filled one after another, and which are the last that the amount reaches."""

    columns: Ints
    value: Floats  # [column]
    is_last: Bools  # [column]


def filled(chain: sparse.csr_array, amount: Floats, room: Floats, *, whole: bool) -> Filled:
    """Fill the columns of each row of `chain` up to its `amount`, in row units.

    A column that ends just where the amount does is the last if it is to be had `whole`; else the next is.
    What is below nothing falls to the first column, what is beyond all `room` to the last if `whole`.
    """
    columns, length = chain.indices.astype(np.int64), room[chain.indices]
    num, starts = np.diff(chain.indptr), chain.indptr[:-1]
    before = np.zeros(len(columns))
    for place in range(1, int(num.max(initial=1))):
        here = starts[num > place] + place
        before[here] = before[here - 1] + length[here - 1]
    rest = np.repeat(amount / chain.data[starts], num) - before
    is_first, is_end = np.zeros((2, len(columns)), bool)
    is_first[starts], is_end[starts + num - 1] = True, True
    if whole:
        is_last = (rest > 0) & ((rest <= length) | is_end)
    else:
        is_last = ((rest >= 0) | is_first) & (rest < length)
    return Filled(columns, np.where(is_last, rest, np.clip(rest, 0.0, length)), is_last)


def _marks(matrix: sparse.csr_array) -> Floats:
    """Mark each column by the rows it is in: columns in the same rows bear the same mark."""
    pattern = sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
    marks: Floats = np.asarray(pattern.T @ np.random.default_rng(0).random(matrix.shape[0]))
    return marks


def _in_order(program: LinearProgram, rows: Ints) -> Bools:
    """Tell in which rows each column is worth no less than the next, and no harder on any row."""
    chain = sparse.csr_array(program.matrix[rows])
    inside = np.ones(chain.nnz, bool)
    inside[chain.indptr[1:] - 1] = False
    place = np.flatnonzero(inside)
    before, after = (chain.indices[each].astype(np.int64) for each in (place, place + 1))
    good = (program.worth[before] >= program.worth[after]) & ~_harder(program, before, after)
    row_of = np.repeat(np.arange(len(rows)), np.diff(chain.indptr))[place]
    in_order: Bools = sums(np.where(good, 0.0, 1.0), row_of, len(rows)) == 0
    return in_order


def _harder(program: LinearProgram, before: Ints, after: Ints) -> Bools:
    """Tell which columns are harder on some row than those `after`, or not in the same rows."""
    by_column = sparse.csc_array(program.matrix)
    by_column.sort_indices()
    count = np.diff(by_column.indptr)
    pair_of = np.repeat(np.arange(len(before)), count[before])
    along = np.arange(len(pair_of)) - np.repeat(np.cumsum(count[before]) - count[before], count[before])
    own, other = (by_column.indptr[each][pair_of] + along for each in (before, after))
    other = np.minimum(other, len(by_column.data) - 1)
    row, more = by_column.indices[own], by_column.data[own] - by_column.data[other]
    harder = (more > 0) & np.isfinite(program.upper[row]) | (more < 0) & np.isfinite(program.lower[row])
    harder |= row != by_column.indices[other]
    found: Bools = (sums(harder.astype(np.float64), pair_of, len(before)) > 0) | (
        count[before] != count[after]
    )
    return found
