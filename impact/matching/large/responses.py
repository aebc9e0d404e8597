"""Responses: what owners sell at given prices, smoothed so that a small change of prices is a small change.

A column gives 0 below its price and all it has once it earns `width` of what is typical above; between, in
proportion. The smoothed dual (Nesterov 2005, doi:10.1007/s10107-004-0552-5) is then differentiable, and its
slope in the prices is what shared rows have left.
"""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Floats, Ints
from impact.matching.large.market import Market

MOST_ROUNDS = 40
PRECISION = 1e-7
"""How far, relatively, an owner may end from the sum it is held to."""


@dataclass(frozen=True)
class Response:
    """What owners give at `prices`, and what it says of the prices.

    `value` is the smoothed dual, `own` what an owner itself charges where its sum binds (`held`), `taken` the
    sums of shared rows, `slope` how fast a column gives more as it earns more.
    """

    prices: Floats  # [shared row]
    value: float
    given: Floats  # [place]
    slope: Floats  # [place]
    own: Floats  # [owner]
    held: Bools  # [owner]
    taken: Floats  # [shared row]
    earned: Floats  # [place], worth less the prices of shared rows


@dataclass(frozen=True)
class _Held:
    """Owners whose sum has to be brought to `target`, and their places."""

    earned: Floats  # [place]
    slope: Floats  # [place]
    room: Floats  # [place]
    length: Ints  # [owner]
    target: Floats  # [owner]

    def given(self, own: Floats) -> Floats:
        return np.clip((self.earned - np.repeat(own, self.length)) * self.slope, 0.0, self.room)


def respond(market: Market, prices: Floats, width: float, guess: Floats) -> Response:
    """Let all owners respond to `prices`; `guess` is what they charge themselves, more or less."""
    earned = market.worth - market.shared @ prices
    slope = market.room / (width * market.typical)
    given = np.clip(earned * slope, 0.0, market.room)
    total = market.totals(given)
    over, under = total > market.most, total < market.least
    held, own = over | under, np.zeros(len(total))
    if held.any():
        inside = np.repeat(held, market.length)
        target = np.where(over, market.most, market.least)[held]
        part = _Held(earned[inside], slope[inside], market.room[inside], market.length[held], target)
        own[held] = _own_prices(part, over[held], guess[held])
        given[inside] = part.given(own[held])
    taken = market.shared.T @ given
    smoothing = np.divide(given, slope, out=np.zeros_like(given), where=slope > 0)
    value = float((given * (earned - 0.5 * smoothing)).sum() + (prices * sides(market, prices)).sum())
    return Response(prices, value, given, slope, own, held, taken, earned)


def sides(market: Market, prices: Floats) -> Floats:
    """Return the bound of each shared row that its price pays for, zero where it has none."""
    return np.where(prices > 0, market.upper, np.where(prices < 0, market.lower, 0.0))


def _own_prices(part: _Held, over: Bools, guess: Floats) -> Floats:
    """Find the price at which each owner gives its target: Newton's steps, within a bracket.

    Owners that are done are left out of later rounds.
    """
    starts = _starts(part.length)
    full = np.divide(part.room, part.slope, out=np.zeros_like(part.room), where=part.slope > 0)
    low = np.where(over, 0.0, np.minimum.reduceat(part.earned - full, starts))
    high = np.where(over, np.maximum.reduceat(part.earned, starts), 0.0)
    price = np.where((guess > low) & (guess < high), guess, 0.5 * (low + high))
    found, going = price.copy(), np.arange(len(price))
    for _ in range(MOST_ROUNDS):
        given = part.given(price)
        excess = np.add.reduceat(given, starts) - part.target
        found[going] = price
        done = (np.abs(excess) <= PRECISION * np.abs(part.target)) | (high - low <= 1e-14 * np.abs(high))
        if done.all():
            break
        low, high = np.where(excess > 0, price, low), np.where(excess < 0, price, high)
        moving = (given > 0) & (given < part.room)
        steep = np.add.reduceat(np.where(moving, part.slope, 0.0), starts)
        step = price + np.divide(excess, steep, out=np.full_like(excess, np.inf), where=steep > 0)
        price = np.where((step > low) & (step < high), step, 0.5 * (low + high))
        going, price, low, high = going[~done], price[~done], low[~done], high[~done]
        part = _left(part, ~done)
        starts = _starts(part.length)
    return found


def _starts(length: Ints) -> Ints:
    starts: Ints = np.cumsum(length) - length
    return starts


def _left(part: _Held, going: Bools) -> _Held:
    inside = np.repeat(going, part.length)
    return _Held(
        part.earned[inside], part.slope[inside], part.room[inside], part.length[going], part.target[going]
    )
