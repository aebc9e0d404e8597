"""Rows as arcs: a linear program whose rows make two nests of its columns is a network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Ints
from impact.matching.network.nests import Nest, nest_of
from impact.matching.question.rows import LinearProgram


@dataclass(frozen=True)
class Network:
    """The arcs of a linear program's columns, then those of its sets of columns.

    All flow starts at node 0, parts along the sets of one nest from large to small, runs through the columns,
    joins along the sets of the other nest from small to large, and is back at node 0. Each set has a node,
    from 1 on in the order of the sets' arcs.
    """

    num_nodes: int
    num_columns: int
    tail: Ints  # [arc]
    head: Ints  # [arc]
    arc_of: Ints  # [row], -1 for a row without columns


@dataclass(frozen=True)
class _Side:
    """One of the two nests, and the rows it is made of."""

    rows: Ints
    nest: Nest


def network_of(program: LinearProgram, blocks: Iterable[slice]) -> Network | None:
    """Read `program` as a network; None where its rows are not one.

    Rows have to add columns up as they are. A row of one column is that column's arc; the others go, block by
    block, to the first of two nests in which they cross no row before them.
    """
    matrix = program.matrix.copy()
    matrix.eliminate_zeros()
    if np.any(matrix.data != 1):
        return None
    every = list(blocks)
    if sides := _first_against_rest(matrix, every):
        return _joined(matrix, *sides)
    left, right, fit = _shared_out(matrix, every)
    return _joined(matrix, left, right) if len(fit) == len(every) else None


def fitting(program: LinearProgram, blocks: Iterable[slice]) -> list[int]:
    """Number the blocks whose rows are a network together, each taken where it fits those before it."""
    matrix = program.matrix.copy()
    matrix.eliminate_zeros()
    plain = np.add.reduceat(np.append(matrix.data != 1, 0), matrix.indptr[:-1]) == 0
    plain |= np.diff(matrix.indptr) == 0
    every = dict(enumerate(blocks))
    able = [number for number, block in every.items() if plain[block].all()]
    return [able[place] for place in _shared_out(matrix, [every[number] for number in able])[2]]


def _first_against_rest(matrix: sparse.csr_array, blocks: Sequence[slice]) -> tuple[_Side, _Side] | None:
    """Make a nest of the first block and one of all others, which mostly serves: supply against the rest."""
    several = np.flatnonzero(np.diff(matrix.indptr) > 1)
    first = (several >= blocks[0].start) & (several < blocks[0].stop)
    rest = _side(matrix, several[~first])
    supply = rest and _side(matrix, several[first])
    return (rest, supply) if rest and supply else None


def _shared_out(matrix: sparse.csr_array, blocks: Sequence[slice]) -> tuple[_Side, _Side, list[int]]:
    """Share the rows of two columns and more out between two nests; number the blocks that fit."""
    left = right = _side(matrix, np.empty(0, np.int64))
    assert left and right
    several, fit = np.diff(matrix.indptr) > 1, []
    for number, block in enumerate(blocks):
        rows = np.flatnonzero(several[block]) + block.start
        if wider := _side(matrix, np.concatenate([left.rows, rows])):
            left = wider
        elif wider := _side(matrix, np.concatenate([right.rows, rows])):
            right = wider
        else:
            continue
        fit.append(number)
    return left, right, fit


def _side(matrix: sparse.csr_array, rows: Ints) -> _Side | None:
    nest = nest_of(matrix[rows])
    return None if nest is None else _Side(rows, nest)


def _joined(matrix: sparse.csr_array, left: _Side, right: _Side) -> Network:
    """Join the nests by the columns between their inmost sets."""
    num_columns, num_left, num_right = matrix.shape[1], len(left.nest.around), len(right.nest.around)
    left_sets, right_sets = np.arange(num_left) + 1, np.arange(num_right) + num_left + 1
    left_of, right_of = _nodes(left.nest.inmost, 1), _nodes(right.nest.inmost, num_left + 1)
    arc_of = np.full(matrix.shape[0], -1)
    single = np.flatnonzero(np.diff(matrix.indptr) == 1)
    arc_of[single] = matrix.indices[matrix.indptr[single]]
    arc_of[left.rows] = num_columns + left.nest.set_of
    arc_of[right.rows] = num_columns + num_left + right.nest.set_of
    return Network(
        num_nodes=1 + num_left + num_right,
        num_columns=num_columns,
        tail=np.concatenate([left_of, _nodes(left.nest.around, 1), right_sets]),
        head=np.concatenate([right_of, left_sets, _nodes(right.nest.around, num_left + 1)]),
        arc_of=arc_of,
    )


def _nodes(sets: Ints, first: int) -> Ints:
    """Number the nodes of sets from `first` on; outside all sets is node 0."""
    return np.where(sets < 0, 0, sets + first)
