"""α-welfare in pieces: a concave curve of each owner's ratio, as chords between points that can be added to.

W_α(r) = r^(1 − α) / (1 − α), log r at α = 1; Atkinson 1970, doi:10.1016/0022-0531(70)90039-6. Below
`STRAIGHT_BELOW` it goes on in a straight line, so that it is finite at nothing given and below.
"""

from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Bools, Floats, ratio, sums
from impact.matching.question.rows import Own, Rows, rows_at_least, sum_matrix
from impact.matching.spread.owners import Owners

STRAIGHT_BELOW = 1e-3
"""The share of an owner's capacity below which its welfare goes on in a straight line."""
POINTS = 12
"""How many pieces of even ratio an owner starts with."""
COARSE = 4.0
"""Pieces of so many exposures and more end at whole ones."""
TOLD_APART = 1e-9
"""Points closer than this share of the most an owner could get are one."""
MORE = 8
"""How many points are added around where an owner stands."""


def height(ratio: Floats, alpha: float) -> Floats:
    """Return W_α, shape of `ratio`."""
    start = np.maximum(ratio, STRAIGHT_BELOW)
    power = np.log(start) if alpha == 1 else start ** (1 - alpha) / (1 - alpha)
    straight: Floats = power + (ratio - start) * start**-alpha
    return straight


def ratio_at(slope: Floats, alpha: float) -> Floats:
    """Return the ratio at which W_α rises by `slope`, infinite where nowhere so little or so much."""
    steepest = STRAIGHT_BELOW**-alpha
    found = np.where(slope > steepest, -np.inf, np.inf)
    between = (slope > 0) & (slope <= steepest) & (alpha > 0)
    if alpha > 0:
        found[between] = slope[between] ** (-1 / alpha)
    return found


@dataclass(frozen=True)
class Chords:
    """The curve of every owner between `points`, in exposures; they rise, and may repeat."""

    owners: Owners
    alpha: float
    weight: float
    points: Floats  # [owner, point]

    def rows(self) -> Rows:
        """Write Σ_{e of i} x_e + Σ_k L_ik ≥ most_i: what is lacking of piece k costs the slope of its chord.

        Said by what is lacking, all coefficients are 1, and a network stays one.
        """
        num, used = len(self.owners), self._used()
        length, owner_of_piece = np.diff(self.points, axis=1)[used], np.nonzero(used)[0]
        lacking = sum_matrix(owner_of_piece, num)
        rise = self.weight * np.diff(self._heights(self.points), axis=1)[used]
        most, zero = sums(length, owner_of_piece, num), np.zeros(num)
        given = rows_at_least(sum_matrix(self.owners.owner_of, num), most, zero, self.owners.names)
        return replace(given, own=Own(lacking, length, -rise / length))

    def own(self, given: Floats) -> Floats:
        """Return what is lacking of each piece where owners are `given` so much, shape ``(piece,)``."""
        used, length = self._used(), np.diff(self.points, axis=1)
        lacking: Floats = np.clip(self.points[:, 1:] - given[:, None], 0.0, length)[used]
        return lacking

    def left(self, given: Floats, price: Floats) -> Floats:
        """Return what owners could still gain at `price` per exposure, in points, shape ``(owner,)``."""
        best = self._best(price)
        here = self.weight * self._heights(given[:, None])[:, 0] - price * given
        left: Floats = self.weight * self._heights(best[:, None])[:, 0] - price * best - here
        return left

    def finer(self, given: Floats, price: Floats, spare: float) -> "Chords | None":
        """Add points around where owners stand; None where no more than `spare` points of worth are left.

        Where an owner stands on a point, its price may be any between the slopes beside it: points are added
        for all at which one of those would leave too much, whichever the solver chose.
        """
        if self.left(given, price).sum() <= spare:
            return None
        before, after = self._beside(given)
        slopes = (self._slope(before, given), price, self._slope(given, after))
        most_left = np.max([self.left(given, slope) for slope in slopes], axis=0)
        more = most_left > spare / (2 * max(len(given), 1))
        steps = np.linspace(0.0, 1.0, MORE + 2)[None, 1:-1]
        between = before[:, None] + (after - before)[:, None] * steps
        around = np.concatenate([between, given[:, None], self._best(price)[:, None]], axis=1)
        around = np.where((after - before)[:, None] > COARSE * MORE, _whole(self.owners, around), around)
        around = np.where(more[:, None], around, self.points[:, -1:])
        points = np.sort(np.concatenate([self.points, around], axis=1), axis=1)
        return Chords(self.owners, self.alpha, self.weight, points)

    def _beside(self, given: Floats) -> tuple[Floats, Floats]:
        """Return the points next to `given` and clearly apart from it, or the ends, shape ``(owner,)``."""
        apart = TOLD_APART * self.owners.most
        less, more = self.points < (given - apart)[:, None], self.points > (given + apart)[:, None]
        before = np.where(less, self.points, self.points[:, :1]).max(axis=1)
        after = np.where(more, self.points, self.points[:, -1:]).min(axis=1)
        return before, after

    def _slope(self, start: Floats, end: Floats) -> Floats:
        """Return what an exposure is worth between `start` and `end` on average, shape ``(owner,)``."""
        rise = self.weight * np.diff(self._heights(np.stack([start, end], axis=1)), axis=1)[:, 0]
        return ratio(rise, end - start)

    def _best(self, price: Floats) -> Floats:
        """Return what owners would take if each exposure cost `price`, shape ``(owner,)``."""
        owners = self.owners
        ratio = np.clip(ratio_at(price * owners.capacity / self.weight, self.alpha), owners.low, owners.high)
        return np.clip(owners.owed + ratio * owners.capacity, 0.0, owners.most)

    def _heights(self, given: Floats) -> Floats:
        owners = self.owners
        return height((given - owners.owed[:, None]) / owners.capacity[:, None], self.alpha)

    def _used(self) -> Bools:
        """Tell which pieces have a length that floating point can tell, shape ``(owner, piece)``."""
        used: Bools = np.diff(self.points, axis=1) > TOLD_APART * self.owners.most[:, None]
        return used


def chords_of(owners: Owners, alpha: float, weight: float) -> Chords:
    """Start with points that grow by an even ratio."""
    low = np.maximum(owners.low, STRAIGHT_BELOW)
    high = np.maximum(owners.high, low)
    steps = np.linspace(0.0, 1.0, POINTS + 1 if alpha else 2)[None, :]
    ratio = low[:, None] * (high / low)[:, None] ** steps
    points = np.clip(owners.owed[:, None] + owners.capacity[:, None] * ratio, 0.0, owners.most[:, None])
    ends = np.zeros((len(owners), 1)), owners.most[:, None]
    points = np.where(owners.most[:, None] > COARSE * POINTS, _whole(owners, points), points)
    return Chords(owners, alpha, weight, np.sort(np.concatenate([ends[0], points, ends[1]], axis=1), axis=1))


def _whole(owners: Owners, points: Floats) -> Floats:
    """Round `points` of owners whose own figures are whole: a flow in whole exposures is quicker."""
    whole = (owners.most % 1 == 0) & (owners.owed % 1 == 0)
    return np.where(whole[:, None], np.round(points), points)
