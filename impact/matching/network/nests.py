"""Nests: sets of columns of which any two are apart or one within the other."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Ints


@dataclass(frozen=True)
class Nest:
    """Rows as nested sets of columns; rows over the same columns are one set. -1 stands for "all columns"."""

    set_of: Ints  # [row]
    around: Ints  # [set], the smallest set that holds it
    inmost: Ints  # [column], the smallest set that holds it


def nest_of(matrix: sparse.csr_array) -> Nest | None:
    """Nest the rows of `matrix`, each with a column at least; None where two of them cross.

    1. Sort the rows from large to small, so that the rows of each column read from outside to inside.
    2. Rows nest if and only if each has the same row just outside it in all of its columns.
    3. A row as large as the one just outside it is the same set.
    """
    size = np.diff(matrix.indptr)
    order = np.argsort(-size, kind="stable")
    columns = sparse.csc_array(matrix[order])
    columns.sort_indices()
    filled = np.diff(columns.indptr) > 0
    outer = np.concatenate([[-1], columns.indices[:-1]])
    outer[columns.indptr[:-1][filled]] = -1
    around = np.full(len(size), -1)
    around[columns.indices] = outer
    if np.any(around[columns.indices] != outer):
        return None
    inmost = np.full(len(filled), -1)
    inmost[filled] = columns.indices[columns.indptr[1:][filled] - 1]
    return _merged(Nest(order, around, inmost), size[order])


def _merged(nest: Nest, size: Ints) -> Nest:
    """Make rows over the same columns one set; the sets of `nest` are so far its rows, by falling `size`."""
    same = (nest.around >= 0) & (size[nest.around] == size)
    first = np.where(same, nest.around, np.arange(len(size)))
    while np.any(first[first] != first):
        first = first[first]
    number = np.append((np.cumsum(~same) - 1)[first], -1)  # the last is where -1 points
    set_of = np.empty(len(size), np.int64)
    set_of[nest.set_of] = number[:-1]
    return Nest(set_of, number[nest.around[~same]], number[nest.inmost])
