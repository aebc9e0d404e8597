"""Sifting: solve for the columns that prices leave in doubt, let all others speak up, repeat.

Bixby et al. 1992, doi:10.1287/opre.40.5.885, for columns at either end of their boxes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Floats
from impact.matching.large.market import Market
from impact.matching.large.masters import Master, Solve, penalties_of, solved
from impact.matching.large.responses import Response, sides

MARGIN = 0.6
"""How far outside the smoothing a column still counts as in doubt, in widths."""
TIE = 1e-8
"""What a column may earn, relative to what is typical, without having to move."""
APART = 1e-9
KEPT = 1e-9
"""A shared row counts as kept when it is broken by no more than this share of its size."""
DEARER = 8.0
"""How much dearer breaking a row gets each time that it pays…"""
MUCH_DEARER, MOST_SETTLED = 100.0, 3
"""…and where it still pays with all columns where they should be; so often at most."""
MOST_ROUNDS = 40


@dataclass(frozen=True)
class Found:
    """What a round of sifting has: a plan, broken or not, prices, and the bound that they prove."""

    given: Floats  # [place]
    prices: Floats  # [shared row]
    own: Floats  # [owner]
    bound: float
    broken: Bools  # [shared row]
    wrong: Bools  # [place], not where the prices want it


def in_doubt(market: Market, response: Response, width: float) -> Bools:
    """Tell which columns could go either way, the smoothing being `width` wide."""
    earned = (response.earned - market.by_place(response.own)) / market.typical
    margin = MARGIN * width
    return ((earned > -margin) & (earned < width + margin) & (market.room > 0)) | market.unlimited


def sift(market: Market, response: Response, free: Bools, solve: Solve) -> Iterator[Found]:
    """Give a plan and a bound after each master, until no column is where it should not be.

    Ends early where the solver does, and where rows stay broken however dear that is.
    """
    fixed = np.where(response.given >= 0.5 * market.room, market.room, 0.0)
    fixed[market.unlimited] = 0.0
    penalties = penalties_of(market, response.prices)
    settled = 0
    for _ in range(MOST_ROUNDS):
        master = solved(market, free, fixed, penalties, solve)
        if master is None:
            return
        found = _judged(market, master, free)
        yield found
        settled += not found.wrong.any()
        if settled and (not found.broken.any() or settled > MOST_SETTLED):
            return
        dearer = MUCH_DEARER if settled else DEARER
        penalties = np.where(found.broken, dearer * penalties, penalties)
        free = free | found.wrong


def _judged(market: Market, master: Master, free: Bools) -> Found:
    """State what `master` found, and which columns outside it are not where its prices want them."""
    earned = market.worth - market.shared @ master.prices
    wanted, outside = best_response(market, earned, ~master.inside)
    own = np.where(master.inside, master.own, outside)
    reduced = earned - market.by_place(own)
    gains = (reduced > TIE * market.typical) & (master.given < market.room)
    loses = (reduced < -TIE * market.typical) & (master.given > 0)
    moved = np.abs(wanted - master.given) > APART * (1.0 + market.room)
    wrong = ~free & np.where(market.by_place(master.inside), gains | loses, moved)
    size = np.maximum(np.abs(market.shared.T @ master.given), 1.0)
    bound = _bound(market, master.prices, own, reduced)
    return Found(master.given, master.prices, own, bound, master.short > KEPT * size, wrong)


def _bound(market: Market, prices: Floats, own: Floats, reduced: Floats) -> float:
    """Compute what no plan can exceed at these prices, floors left out."""
    owners = np.where(own > 0, market.most, np.where(own < 0, market.least, 0.0))
    gains = np.where(reduced > 0, reduced * np.where(market.unlimited, np.inf, market.room), 0.0)
    gains[market.unlimited & (reduced <= TIE * market.typical)] = 0.0
    return float((own * owners).sum() + (prices * sides(market, prices)).sum() + gains.sum())


def best_response(market: Market, earned: Floats, asked: Bools) -> tuple[Floats, Floats]:
    """Let the owners in `asked` sell what earns them most; return what all give, and what they charge.

    1. Sort the columns of each owner from the dearest down.
    2. Take them while they earn something and there is capacity, or as long as the floor is not reached.
    3. Where a limit binds, the column at which it does sets the owner's own price.
    """
    inside = np.flatnonzero(market.by_place(asked))
    owner_of = market.owner_of[inside]
    order = np.lexsort((-earned[inside], owner_of))
    places, owner_of = inside[order], owner_of[order]
    room, gain = market.room[places], earned[places]
    ends = np.cumsum(room, dtype=np.longdouble)  # a sum over everybody, of which small differences count
    before = ends - room
    first = np.flatnonzero(np.diff(owner_of, prepend=-1))
    before -= np.repeat(before[first], np.diff(first, append=len(places)))
    limit = np.where(gain > 0, market.most[owner_of], np.maximum(market.least[owner_of], 0.0))
    given, own = np.zeros(len(market.room)), np.zeros(len(market.length))
    given[places] = np.clip(limit - before, 0.0, room)
    binds = (before < limit) & (before + room >= (1.0 - APART) * limit) & (gain != 0)
    own[owner_of[binds]] = gain[binds]
    return given, own
