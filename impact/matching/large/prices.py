"""Prices: Newton's method on the smoothed dual of the shared rows, the smoothing narrowed step by step.

Semismooth Newton with conjugate gradients, as for proximal problems of linear programs (Li, Sun & Toh 2020,
doi:10.1137/19M1251795); owners' own prices are solved for exactly, so only shared rows are unknowns.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.large.market import Market
from impact.matching.large.responses import Response, respond

MOST_STEPS = 8
"""How many steps each width is given: closer than that, the next width moves prices more."""
DAMPING = 0.01
"""The share of the steepest curvature that a row is taken to have at least."""
ENOUGH = 1e-5
"""A step that promises a smaller share of the value than this ends a width."""
MOST_GRADIENTS = 100
ROUGHLY = 0.05
"""How far, relatively, a step may be from Newton's."""
SHORTENED, SHORTEST, PROMISED = 0.35, 1e-3, 1e-4


@dataclass(frozen=True)
class _Curvature:
    """The second derivative of the smoothed dual in the prices of `active` rows, damped.

    Only columns that are neither empty nor full move. An owner held to its sum gives to one column what it
    takes from others: the projection off `share` of its columns.
    """

    moving: sparse.csr_array  # [moving place, shared row]
    turned: sparse.csr_array  # [shared row, moving place]
    slope: Floats  # [moving place]
    owner_of: Ints  # [moving place]
    share: Floats  # [owner], one over the slopes of a held owner's moving places
    damping: Floats  # [shared row]
    active: Bools  # [shared row]

    def __call__(self, step: Floats) -> Floats:
        inside = np.where(self.active, step, 0.0)
        moved = self.slope * (self.moving @ inside)
        back = self.share * sums(moved, self.owner_of, len(self.share))
        moved -= self.slope * back[self.owner_of]
        return np.where(self.active, self.turned @ moved + self.damping * inside, 0.0)

    def diagonal(self) -> Floats:
        squared: Floats = self.moving.multiply(self.moving).T @ self.slope + self.damping
        return squared


def priced(
    market: Market, prices: Floats, guess: Floats, width: float, going: Callable[[], bool]
) -> Response:
    """Lower the smoothed dual of `width` from `prices` on, as long as `going` says so.

    Each step is Newton's, shortened until the value falls by a share of what was promised. A price never
    changes its sign in one step: it stops at zero, and leaves it where its row is broken.
    """
    now = respond(market, prices, width, guess)
    potential = _potential(market, now.slope)
    for _ in range(MOST_STEPS):
        gradient = _gradient(market, now)
        active = (now.prices != 0) | (gradient != 0)
        curvature = _curvature(market, now, DAMPING * potential, active)
        step = _conjugate(curvature, -gradient, curvature.diagonal())
        promised = float((gradient * step).sum())
        if not promised < 0 or not going():
            break
        now = _shortened(market, now, step, promised, width)
        if -promised <= ENOUGH * abs(now.value):
            break
    return now


def _gradient(market: Market, now: Response) -> Floats:
    """Return the slope of the value in each price, zero where a price of zero is best left there."""
    more, less = market.upper - now.taken, market.lower - now.taken
    at_zero = np.where(more < 0, more, np.where(less > 0, less, 0.0))
    return np.where(now.prices > 0, more, np.where(now.prices < 0, less, at_zero))


def _potential(market: Market, slope: Floats) -> Floats:
    """Compute the curvature of each row if all columns moved; never zero."""
    shared = market.shared
    squared = sparse.csr_array((shared.data**2, shared.indices, shared.indptr), shape=shared.shape)
    return squared.T @ slope + 1e-12


def _curvature(market: Market, now: Response, damping: Floats, active: Bools) -> _Curvature:
    moving = np.flatnonzero((now.given > 0) & (now.given < market.room))
    owner_of = market.owner_of[moving]
    slope, part = now.slope[moving], sparse.csr_array(market.shared[moving])
    steep = sums(slope, owner_of, len(market.length))
    share = np.divide(1.0, steep, out=np.zeros_like(steep), where=now.held & (steep > 0))
    return _Curvature(part, sparse.csr_array(part.T.tocsr()), slope, owner_of, share, damping, active)


def _conjugate(curvature: _Curvature, target: Floats, diagonal: Floats) -> Floats:
    """Solve ``curvature(step) = target`` roughly, by conjugate gradients scaled by the diagonal."""
    step, rest = np.zeros_like(target), target.copy()
    scaled = rest / diagonal
    direction, size = scaled.copy(), float((rest * scaled).sum())
    enough = ROUGHLY**2 * size
    for _ in range(MOST_GRADIENTS):
        if not size > enough:
            break
        bent = curvature(direction)
        along = size / float((direction * bent).sum())
        step += along * direction
        rest -= along * bent
        scaled = rest / diagonal
        before, size = size, float((rest * scaled).sum())
        direction = scaled + size / before * direction
    return step


def _shortened(market: Market, now: Response, step: Floats, promised: float, width: float) -> Response:
    """Go along `step` as far as the value falls; a price that would change its sign stops at zero."""
    length = 1.0
    while True:
        there = respond(market, _within_signs(market, now.prices, now.prices + length * step), width, now.own)
        if there.value <= now.value + PROMISED * length * promised or length < SHORTEST:
            return there if there.value < now.value else now
        length *= SHORTENED


def _within_signs(market: Market, before: Floats, after: Floats) -> Floats:
    turned = before * after < 0
    wrong = ((after > 0) & np.isinf(market.upper)) | ((after < 0) & np.isinf(market.lower))
    return np.where(turned | wrong, 0.0, after)
