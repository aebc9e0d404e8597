"""Masters: the program over a few free columns, all others staying where they are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.large.market import Market
from impact.matching.question.rows import INF, LinearAnswer, LinearProgram

Solve = Callable[[LinearProgram], LinearAnswer]
HIGH_WORTH = 0.999
"""Breaking a shared row costs twice the worth that only one column in a thousand has, at most…"""
DEARER_THAN_PRICE, LEAST_SHARE = 2.0, 0.05
"""…and at first this much more than its price, but this share of the most at least.

Near the price, a master that has too few columns to keep all rows still ends with prices of use (a box around
the dual: du Merle et al. 1999, doi:10.1016/S0012-365X(98)00213-1).
"""


@dataclass(frozen=True)
class Master:
    """What a master says: all columns, prices of shared rows, and what the owners in it charge themselves.

    `short` is by how much each shared row is broken: a master may do that, at a penalty.
    """

    given: Floats  # [place]
    prices: Floats  # [shared row]
    own: Floats  # [owner], zero for those without a free column
    inside: Bools  # [owner], those with a free column
    short: Floats  # [shared row]


def penalties_of(market: Market, prices: Floats) -> Floats:
    """Say what breaking a shared row by a unit costs at first, shape ``(shared row,)``."""
    limited = market.typical[~market.unlimited]
    high = 2.0 * float(np.quantile(limited, HIGH_WORTH)) if len(limited) else 1.0
    shared = market.shared
    weight = np.bincount(shared.indices, np.abs(shared.data), minlength=shared.shape[1]).astype(np.float64)
    count = np.bincount(shared.indices, minlength=len(weight))
    most = high * np.divide(count, weight, out=np.ones_like(weight), where=weight > 0)
    return np.minimum(most, DEARER_THAN_PRICE * np.abs(prices) + LEAST_SHARE * most)


def solved(market: Market, free: Bools, fixed: Floats, penalties: Floats, solve: Solve) -> Master | None:
    """Solve for the columns in `free`, the others at `fixed`; None where the solver has no answer."""
    places, stay = np.flatnonzero(free), np.where(free, 0.0, fixed)
    inside = np.bincount(market.owner_of[places], minlength=len(market.length)) > 0
    limited = inside & (np.isfinite(market.least) | np.isfinite(market.most))
    owners = np.flatnonzero(limited)
    rows = _rows(market, places, owners)
    program = _program(market, rows, (places, owners), stay, penalties)
    answer = solve(program)
    if answer.status != "optimal" or answer.x is None or answer.duals is None:
        return None
    given = stay
    given[places] = np.clip(answer.x[: len(places)], 0.0, program.ceiling[: len(places)])
    own = np.zeros(len(market.length))
    own[owners] = answer.duals[: len(owners)]
    short = answer.x[len(places) :].reshape(2, -1).sum(axis=0)
    return Master(given, answer.duals[len(owners) :], own, inside, short)


def _rows(market: Market, places: Ints, owners: Ints) -> sparse.csr_array:
    """Write the rows of `owners`, then all shared rows, over `places` and two slacks a shared row."""
    number, num_rows = np.full(len(market.length), -1), len(market.lower)
    number[owners] = np.arange(len(owners))
    row_of = number[market.owner_of[places]]
    counted = np.flatnonzero(row_of >= 0)
    entries = (np.ones(len(counted)), (row_of[counted], counted))
    sums_of_owners = sparse.csr_array(entries, shape=(len(owners), len(places) + 2 * num_rows))
    one = sparse.eye_array(num_rows, format="csr")
    shared = sparse.hstack([market.shared[places].T, -one, one], format="csr")
    return sparse.csr_array(sparse.vstack([sums_of_owners, shared], format="csr"))


def _program(
    market: Market, rows: sparse.csr_array, part: tuple[Ints, Ints], stay: Floats, penalties: Floats
) -> LinearProgram:
    """Maximise over the places and owners of `part`, less the penalties, beside what stays."""
    places, owners = part
    beside = np.append(market.totals(stay)[owners], market.shared.T @ stay)
    breakable = np.concatenate([np.isfinite(market.upper), np.isfinite(market.lower)])
    ceiling = np.where(market.unlimited, INF, market.room)[places]
    return LinearProgram(
        worth=np.concatenate([market.worth[places], np.tile(-penalties, 2)]),
        ceiling=np.append(ceiling, np.where(breakable, INF, 0.0)),
        matrix=rows,
        lower=np.append(market.least[owners], market.lower) - beside,
        upper=np.append(market.most[owners], market.upper) - beside,
    )
