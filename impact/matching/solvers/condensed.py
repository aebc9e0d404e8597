"""Condense a linear program: what many rows say in few, so that a simplex has less to carry.

A row of one column is a bound of that column, rows of the same entries are one row with two sides, and a row
over the pieces of a link bounds each of them (`chained`). All are common here: a cap on every link, and a
capacity beside a floor for every producer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.rows import LinearProgram
from impact.matching.solvers.alike import alike
from impact.matching.solvers.chained import Filled, chains, filled

SAME = 1e-9
"""Bounds that cross by no more, relatively, are one and the same."""


@dataclass(frozen=True)
class Sides:
    """The hardest bound of each owner, and the row it comes from; -1 where it comes from no row."""

    value: Floats  # [owner]
    row: Ints  # [owner]

    def of(self, owners: Ints | Bools) -> "Sides":
        """Return the bounds of some owners."""
        return Sides(self.value[owners], self.row[owners])

    def put(self, bounds: Filled, rows: Ints) -> "Sides":
        """Return bounds with those of some columns in place, which come from `rows` where they are last."""
        value, row = self.value.copy(), self.row.copy()
        value[bounds.columns], row[bounds.columns] = bounds.value, np.where(bounds.is_last, rows, -1)
        return Sides(value, row)


@dataclass(frozen=True)
class Condensed:
    """A program in few rows, over columns counted from their floors, and the way back to the original.

    `bounding` rows of the original are bounds of columns here. `crossing` are duals that prove the original
    impossible, where its bounds alone already are.
    """

    program: LinearProgram
    floor: Floats  # [column]
    least: Sides  # [column]
    most: Sides  # [column]
    lower: Sides  # [row]
    upper: Sides  # [row]
    entry: Floats  # [row of the original], what a row that bounds columns has there
    bounding: Bools  # [row of the original]
    crossing: Floats | None

    def columns(self, inner: Floats) -> Floats:
        """Return the original's columns."""
        return np.clip(inner, 0.0, self.program.ceiling) + self.floor

    def inner_columns(self, x: Floats) -> Floats:
        """Return the columns of the program in few rows."""
        return np.clip(x - self.floor, 0.0, self.program.ceiling)

    def duals(self, inner: Floats, worth: Floats) -> Floats:
        """Return duals of the original's rows that prove as much as `inner` where columns earn `worth`.

        What a column earns beyond the price of its rows is the dual of the row that bounds it.
        """
        duals = np.zeros(len(self.entry))
        reduced = worth - self.program.matrix.T @ inner
        for sides, price, positive in (
            (self.upper, inner, True),
            (self.lower, inner, False),
            (self.most, reduced, True),
            (self.least, reduced, False),
        ):
            paid = np.flatnonzero((sides.row >= 0) & ((price > 0) if positive else (price < 0)))
            duals[sides.row[paid]] = price[paid] / self.entry[sides.row[paid]]
        return duals

    def inner_duals(self, duals: Floats) -> Floats:
        """Return duals of the rows in few: those of the rows that each stands for."""
        told = np.append(duals, 0.0)  # -1 is the last
        inner: Floats = np.maximum(told[self.upper.row], 0.0) + np.minimum(told[self.lower.row], 0.0)
        return inner


def condensed(program: LinearProgram, like: Condensed | None = None) -> Condensed:
    """Turn rows that bound columns into bounds, and rows of the same entries into one.

    Where `like` is another program of the same rows and columns, those that are bounds there are bounds here.
    """
    matrix = _tidy(program.matrix)
    size = np.diff(matrix.indptr)
    several, bounds = np.flatnonzero(size > 1), _bounds(program, matrix, np.flatnonzero(size == 1))
    kept, group_of = alike(matrix, several)
    upper = _hardest(group_of, program.upper[several], several, len(kept))
    lower = _flipped(_hardest(group_of, -program.lower[several], several, len(kept)))
    inner = replace(program, matrix=sparse.csr_array(matrix[kept]), lower=lower.value, upper=upper.value)
    chained = like.bounding[kept] if like else chains(inner, _unbounded(program, bounds))
    bounding, entry = size == 1, np.ones(len(size))
    bounding[several] = chained[group_of]
    entry[bounding] = matrix.data[matrix.indptr[:-1][bounding]]
    least, most = _filled(
        sparse.csr_array(inner.matrix[chained]), lower.of(chained), upper.of(chained), bounds
    )
    pairs = ((lower, upper), (least, most), _nothing(program, np.flatnonzero(size == 0)))
    floor = np.minimum(least.value, most.value)
    small = _above(floor, replace(inner, ceiling=most.value), ~chained)
    sides = lower.of(~chained), upper.of(~chained)
    return Condensed(small, floor, least, most, *sides, entry, bounding, _crossing(pairs, entry))


def _tidy(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return a copy in which entries are sorted, and none is zero."""
    tidy = matrix.copy()
    tidy.eliminate_zeros()
    tidy.sort_indices()
    return tidy


def _unbounded(program: LinearProgram, bounds: tuple[Sides, Sides]) -> Bools:
    """Tell which columns have an end, and no bound that is a row's."""
    unbounded: Bools = (bounds[0].row < 0) & (bounds[1].row < 0) & np.isfinite(program.ceiling)
    return unbounded


def _above(floor: Floats, program: LinearProgram, rows: Bools) -> LinearProgram:
    """Count columns from their floors, in some of the rows."""
    matrix, upper = sparse.csr_array(program.matrix[rows]), program.upper[rows]
    shift, bottom = matrix @ floor, np.minimum(program.lower[rows], upper)  # rounding may cross them
    return LinearProgram(program.worth, program.ceiling - floor, matrix, bottom - shift, upper - shift)


def _bounds(program: LinearProgram, matrix: sparse.csr_array, rows: Ints) -> tuple[Sides, Sides]:
    """Return the least and the most each column can be, by itself and by `rows` that hold it alone."""
    own = matrix.indptr[rows]
    entry, column_of = matrix.data[own], matrix.indices[own].astype(np.int64)
    above, below = program.upper[rows] / entry, program.lower[rows] / entry
    num = len(program.worth)
    most = _hardest(column_of, np.maximum(above, below), rows, num)
    least = _flipped(_hardest(column_of, -np.minimum(above, below), rows, num))
    is_own = program.ceiling <= most.value
    most = Sides(np.where(is_own, program.ceiling, most.value), np.where(is_own, -1, most.row))
    return Sides(np.maximum(least.value, 0.0), np.where(least.value > 0, least.row, -1)), most


def _filled(
    chain: sparse.csr_array, lower: Sides, upper: Sides, bounds: tuple[Sides, Sides]
) -> tuple[Sides, Sides]:
    """Return the least and the most each column can be, by rows too that fill columns one after another."""
    (least, most), row_of = bounds, np.repeat(np.arange(chain.shape[0]), np.diff(chain.indptr))
    asked = np.minimum(lower.value, upper.value)  # rounding may cross them
    down, up = (
        filled(chain, asked, most.value, whole=True),
        filled(chain, upper.value, most.value, whole=False),
    )
    return least.put(down, lower.row[row_of]), most.put(up, upper.row[row_of])


def _hardest(owner_of: Ints, bound: Floats, row_of: Ints, num_owners: int) -> Sides:
    """Find the lowest upper bound of each owner, infinite where it has none."""
    value, row = np.full(num_owners, np.inf), np.full(num_owners, -1, np.int64)
    np.minimum.at(value, owner_of, bound)
    hardest = np.flatnonzero(bound == value[owner_of])[::-1]  # of several the first, put there last
    row[owner_of[hardest]] = row_of[hardest]
    return Sides(value, np.where(np.isinf(value), -1, row))


def _flipped(sides: Sides) -> Sides:
    return Sides(-sides.value, sides.row)


def _crossing(pairs: Sequence[tuple[Sides, Sides]], entry: Floats) -> Floats | None:
    """Weigh the rows of a pair of bounds that leaves nothing between them; None where all leave something."""
    for least, most in pairs:
        gap = least.value - most.value - SAME * np.maximum(1.0, np.minimum(np.abs(most.value), 1e300))
        owner = int(gap.argmax()) if len(gap) else -1
        if owner >= 0 and gap[owner] > 0:
            duals = np.zeros(len(entry))
            for row, sign in ((least.row[owner], -1.0), (most.row[owner], 1.0)):
                if row >= 0:
                    duals[row] += sign / entry[row]
            return duals
    return None


def _nothing(program: LinearProgram, rows: Ints) -> tuple[Sides, Sides]:
    """Return the bounds of rows without a column beside the nothing they add up to."""
    demanded = program.lower[rows] > 0
    short = np.where(demanded, program.lower[rows], 0.0)
    over = np.where(demanded, 0.0, np.minimum(program.upper[rows], 0.0))
    return Sides(short, np.where(demanded, rows, -1)), Sides(over, np.where(demanded, -1, rows))
