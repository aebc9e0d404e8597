"""Rounds: answer, look closer where the curve of a spread was too coarse for the answer, answer again."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats
from impact.matching.check.claims import EXACT_GAP
from impact.matching.methods import answer
from impact.matching.pose import Posed, pose
from impact.matching.question.rows import LinearAnswer
from impact.matching.rules import ALWAYS
from impact.matching.rules.obeyed import Obeyed
from impact.matching.spread.term import Finer, Spread
from impact.timing import Patience

MOST = 12
"""So many rounds at most; each makes curves some ten times finer where it matters."""
SHARE = 0.5
"""The share of the gap asked for that curves may account for."""


def answered(posed: Posed, engine: str, gap: float, patience: Patience) -> tuple[Posed, LinearAnswer]:
    """Answer `posed` in rounds, until its curves are close enough to the true ones or `patience` is over.

    Returns what was answered last, in which curves have points where the answer needs them, and the answer.
    """
    last: tuple[Posed, LinearAnswer] | None = None
    for _ in range(MOST):
        found = answer(posed, engine, gap, patience)
        if last and (found.x is None or found.duals is None):
            break
        last = posed, found
        finer = _finer(posed, found, gap)
        if finer is None or not patience.lasts():
            break
        posed = finer
    assert last is not None
    return last


def _finer(posed: Posed, found: LinearAnswer, gap: float) -> Posed | None:
    """Add points to the curves that are too coarse at `found`; None where none is."""
    spreads = [rule for rule in posed.rules if isinstance(rule, Spread | Finer)]
    if not spreads or found.x is None or found.duals is None:
        return None
    exposure = posed.exposure(found.x)
    worth = float(posed.problem.worth(exposure).sum())
    worth += sum(spread.worth(posed.problem, exposure) for spread in spreads)
    spare = SHARE * max(gap, EXACT_GAP) * abs(worth) / len(spreads)
    rules = list(_looked_closer(posed, exposure, found.duals, spare))
    if all(old is new for old, new in zip(posed.rules, rules, strict=True)):
        return None
    return pose(posed.problem, rules[len(ALWAYS) :])


def _looked_closer(posed: Posed, exposure: Floats, duals: Floats, spare: float) -> Iterator[Obeyed]:
    for number, rule in enumerate(posed.rules):
        if isinstance(rule, Spread | Finer):
            price = np.maximum(-duals[posed.rows_of(number)], 0.0)
            yield rule.finer(posed.problem, exposure, price, spare) or rule
        else:
            yield rule
