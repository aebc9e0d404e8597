"""Rows of the same entries: which of many say something of one and the same sum."""

import numpy as np
from scipy import sparse

from impact.arrays import Ints


def alike(matrix: sparse.csr_array, rows: Ints) -> tuple[Ints, Ints]:
    """Group `rows` of the same entries: return the first row of each group, and the group of each row."""
    part = sparse.csr_array(matrix[rows])
    mark = part @ np.random.default_rng(0).random(matrix.shape[1])
    _, first, group_of = np.unique(mark, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    first, group_of = np.sort(first), rank[group_of]
    again = sparse.csr_array(part[first[group_of]])
    if again.nnz == part.nnz and np.all(again.indices == part.indices) and np.all(again.data == part.data):
        return rows[first], group_of
    return rows, np.arange(len(rows))  # two rows that differ bear one mark
