"""The market: columns by who owns them, and the rows that owners share."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.large.boxes import Boxed

_Scalar = TypeVar("_Scalar", bound=np.generic)

FEW = 0.01
"""Rules with no more rows than this share of the largest rule's own nothing worth the search."""
LEAST_WORTH = 1e-3
"""A column is taken to be worth at least this share of what columns usually are when prices are smoothed."""


@dataclass(frozen=True)
class Market:
    """A boxed program as a market in which owners sell what they have at the prices of shared rows.

    An owner is a row that adds columns up, no column having two; a column without one owns itself, without
    limits. Columns are sorted by owner, the place of each given by `order`, and counted from their floors.
    """

    boxed: Boxed
    order: Ints  # [place], a column
    length: Ints  # [owner], its number of places
    start: Ints  # [owner], its first place
    worth: Floats  # [place]
    room: Floats  # [place], what fits between floor and ceiling; finite also where there is no ceiling
    unlimited: Bools  # [place]
    typical: Floats  # [place], the size of what a unit is worth
    least: Floats  # [owner]
    most: Floats  # [owner]
    owner_row: Ints  # [owner], a kept row of `boxed`, -1 for none
    shared: sparse.csr_array  # [place, shared row]
    shared_row: Ints  # [shared row], a kept row of `boxed`
    lower: Floats  # [shared row]
    upper: Floats  # [shared row]

    def by_place(self, of_owner: NDArray[_Scalar]) -> NDArray[_Scalar]:
        """Repeat what each owner has at each of its places."""
        return np.repeat(of_owner, self.length)

    @cached_property
    def owner_of(self) -> Ints:
        """The owner of each place."""
        return self.by_place(np.arange(len(self.length)))

    def totals(self, given: Floats) -> Floats:
        """Add up what is given by owner."""
        total: Floats = np.add.reduceat(given, self.start)
        return total

    def columns(self, given: Floats) -> Floats:
        """Lay out what is given by the program's columns, floors included."""
        x = self.boxed.floor.copy()
        x[self.order] += given
        return x

    def duals(self, prices: Floats, own_price: Floats) -> Floats:
        """Lay the prices of shared rows and owners out by the program's rows."""
        of_kept = np.zeros(len(self.boxed.row))
        of_kept[self.shared_row] = prices
        owned = self.owner_row >= 0
        of_kept[self.owner_row[owned]] = own_price[owned]
        return self.boxed.duals(of_kept)


def market_of(boxed: Boxed, blocks: Iterable[slice]) -> Market:
    """Sort the columns of `boxed` by owner; `blocks` are the rows of its program rule by rule."""
    matrix, num_columns = boxed.program.matrix, len(boxed.floor)
    owning = _owning(boxed, blocks)
    owner_of = np.full(num_columns, -1)
    counts = np.diff(matrix.indptr)[boxed.row[owning]]
    owned = sparse.csr_array(matrix[boxed.row[owning]])
    owner_of[owned.indices] = np.repeat(np.arange(len(owning)), counts)
    alone = owner_of < 0
    owner_of[alone] = len(owning) + np.arange(alone.sum())
    order = np.argsort(owner_of, kind="stable")
    length = np.bincount(owner_of)
    start = np.cumsum(length) - length
    nobody = np.zeros(int(alone.sum()))
    base = np.add.reduceat(boxed.floor[order], start) if num_columns else nobody
    rest = np.setdiff1d(np.arange(len(boxed.row)), owning)
    coupling = sparse.csr_array(matrix[boxed.row[rest]])
    below = coupling @ boxed.floor
    shared = _by_place(coupling, order)
    del coupling
    room = (boxed.ceiling - boxed.floor)[order]
    unlimited = np.isinf(room)
    room[unlimited] = _reach(shared[np.flatnonzero(unlimited)], boxed.lower[rest], boxed.upper[rest])
    return Market(
        boxed=boxed,
        order=order,
        length=length,
        start=start,
        worth=boxed.program.worth[order],
        room=room,
        unlimited=unlimited,
        typical=_typical(boxed.program.worth[order], shared, np.repeat(length == 1, length)),
        least=np.append(boxed.lower[owning], nobody - np.inf) - base,
        most=np.append(boxed.upper[owning], nobody + np.inf) - base,
        owner_row=np.append(owning, np.full(len(nobody), -1)),
        shared=shared,
        shared_row=rest,
        lower=boxed.lower[rest] - below,
        upper=boxed.upper[rest] - below,
    )


def _by_place(coupling: sparse.csr_array, order: Ints) -> sparse.csr_array:
    """Turn shared rows over columns into places over shared rows, holding each entry no more than twice."""
    place_of = np.empty(len(order), coupling.indices.dtype)
    place_of[order] = np.arange(len(order), dtype=place_of.dtype)
    relabelled = (coupling.data, place_of[coupling.indices], coupling.indptr)
    return sparse.csr_array(sparse.csr_array(relabelled, shape=coupling.shape).T.tocsr())


def _owning(boxed: Boxed, blocks: Iterable[slice]) -> Ints:
    """Choose kept rows of which no two have a column in common, from the block of most rows on."""
    matrix = boxed.program.matrix
    taken = np.zeros(len(boxed.floor), bool)
    found = []
    candidates = sorted((np.unique(boxed.kept_of[block]) for block in blocks), key=len, reverse=True)
    for kept in (each for each in candidates if len(each) > FEW * len(candidates[0])):
        rows = kept[kept >= 0]
        rows = rows[boxed.adds_up[rows]]
        fitting = rows[_apart(sparse.csr_array(matrix[boxed.row[rows]]), taken)] if len(rows) else rows
        found.append(fitting)
    return np.sort(np.concatenate([np.empty(0, np.int64), *found]))


def _apart(rows: sparse.csr_array, taken: Bools) -> Bools:
    """Tell which `rows` have no column that is taken, and take theirs; none where two of them cross."""
    length = np.diff(rows.indptr)
    if np.bincount(rows.indices, minlength=1).max() > 1:
        return np.zeros(len(length), bool)
    crossed = taken[rows.indices].astype(np.float64)
    free: Bools = sums(crossed, np.repeat(np.arange(len(length)), length), len(length)) == 0
    taken[rows.indices[np.repeat(free, length)]] = True
    return free


def _reach(part: sparse.csr_array, lower: Floats, upper: Floats) -> Floats:
    """Guess how far columns without a ceiling may go: as far as the widest of their rows would let them."""
    bounds = np.maximum(*(np.abs(np.where(np.isfinite(side), side, 0.0)) for side in (lower, upper)))
    each = part.copy()
    each.data = bounds[each.indices] / np.maximum(np.abs(each.data), 1e-12)
    return np.maximum(_largest(each), 1.0)


def _typical(worth: Floats, shared: sparse.csr_array, alone: Bools) -> Floats:
    """Say how much a unit of each place is worth: what it earns itself, or what it moves in shared rows."""
    size = np.abs(worth)
    usual = float(np.median(size[size > 0])) if size.any() else 1.0
    moved = np.ones(len(worth))
    places = np.flatnonzero(alone)
    moved[places] = np.maximum(_largest(sparse.csr_array(shared[places])), 1.0)
    return np.maximum(size, LEAST_WORTH * usual * moved)


def _largest(part: sparse.csr_array) -> Floats:
    """Return the largest entry of each row by size, zero where it has none."""
    largest = np.zeros(part.shape[0])
    np.maximum.at(largest, np.repeat(np.arange(len(largest)), np.diff(part.indptr)), np.abs(part.data))
    return largest
