"""Answer by prices: what the simplex promises, reached on programs too large for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from impact.arrays import Bools, Floats, Ints
from impact.matching.check.claims import EXACT_GAP, TOLERANCE, gap
from impact.matching.large.boxes import boxed
from impact.matching.large.market import Market, market_of
from impact.matching.large.prices import priced
from impact.matching.large.responses import Response
from impact.matching.large.sifting import Found, in_doubt, sift
from impact.matching.question.rows import LinearAnswer, LinearProgram, bound, keeps_rows
from impact.matching.solvers.glop import solve_linear
from impact.timing import Patience

ENGINE = "first-order"
LARGE = 60_000
"""From so many columns on, prices first take less time than the simplex alone (docs/performance.md)."""
WIDTHS = (1.0, 0.3, 0.1)
"""How far prices are smoothed, one after the other, relative to what a column is worth."""
NARROWER, NARROWEST = 0.3, 1e-3
MOST_IN_DOUBT = 0.25
"""Prices are made sharper as long as they leave a larger share of the columns in doubt."""
DISTINCT_SHARE, SAMPLE = 0.5, 10_000
SPREAD = 0.05
"""Where values tie, prices are found for values this far apart at most; the masters know the true ones."""
ROW_TOLERANCE = TOLERANCE / 2
"""The most a row may be broken by, relative to its size."""


def answer_by_prices(
    program: LinearProgram, blocks: Sequence[slice], link_of: Ints, patience: Patience, asked_gap: float
) -> LinearAnswer | None:
    """Maximise `program` to within `asked_gap`, or as far as `patience` lasts.

    `blocks` are its rows rule by rule, `link_of` gives the link of each piece, its first columns. None where
    no plan that keeps all rows was found: the exact method has to look for one, or prove that there is none.
    """
    box = boxed(program, link_of)
    if box.is_empty or not len(program.worth):
        return None
    market = market_of(box, blocks)
    response, width = _prices(market, patience)
    if not patience.lasts():
        return None
    free = in_doubt(market, response, width)
    best: LinearAnswer | None = None
    for found in sift(market, response, free, partial(_solved, patience=patience)):
        best = _better(program, market, found, best)
        if best and _gap(program, best) <= max(asked_gap, EXACT_GAP):
            break
    return best and _told(program, best)


def _solved(program: LinearProgram, patience: Patience) -> LinearAnswer:
    if not patience.lasts():
        return LinearAnswer("not_solved", None, None, ENGINE)
    return solve_linear(program, patience.seconds, cancelled=patience.cancelled)


def _prices(market: Market, patience: Patience) -> tuple[Response, float]:
    """Price the shared rows, more and more sharply until few columns are in doubt."""
    told_apart = replace(market, worth=_apart(market.worth))
    prices, own = np.zeros(len(market.lower)), np.zeros(len(market.length))
    for width in _widths():
        response = priced(told_apart, prices, own, width, patience.lasts)
        prices, own = response.prices, response.own
        if width <= WIDTHS[-1] and _doubted(told_apart, response, width).mean() <= MOST_IN_DOUBT:
            break
    return response, width


def _doubted(market: Market, response: Response, width: float) -> Bools:
    return in_doubt(market, response, width)


def _widths() -> Iterator[float]:
    yield from WIDTHS
    width = WIDTHS[-1] * NARROWER
    while width >= NARROWEST:
        yield width
        width *= NARROWER


def _apart(worth: Floats) -> Floats:
    """Tell equal values apart, by a little that is always the same."""
    looked_at = worth[:: max(1, len(worth) // SAMPLE)]
    if len(np.unique(looked_at)) >= DISTINCT_SHARE * len(looked_at):
        return worth
    return worth * (1.0 + SPREAD * np.random.default_rng(0).random(len(worth)))


def _better(
    program: LinearProgram, market: Market, found: Found, best: LinearAnswer | None
) -> LinearAnswer | None:
    """Take over the plan if it keeps all rows and is worth more, and the prices if they prove more."""
    if found.broken.any():
        return best
    x, duals = market.columns(found.given), market.duals(found.prices, found.own)
    if not keeps_rows(program, x, ROW_TOLERANCE):
        return best
    if best is None:
        return LinearAnswer("feasible", x, duals, ENGINE)
    assert best.x is not None
    assert best.duals is not None
    return LinearAnswer(
        "feasible",
        x if (program.worth * x).sum() > (program.worth * best.x).sum() else best.x,
        duals if bound(program, duals) < bound(program, best.duals) else best.duals,
        ENGINE,
    )


def _gap(program: LinearProgram, answer: LinearAnswer) -> float:
    assert answer.x is not None
    assert answer.duals is not None
    return gap(float((program.worth * answer.x).sum()), bound(program, answer.duals))


def _told(program: LinearProgram, best: LinearAnswer) -> LinearAnswer:
    return replace(best, status="optimal") if _gap(program, best) <= EXACT_GAP else best
