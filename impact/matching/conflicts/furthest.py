"""How far one limit can be moved before the rules can no longer hold together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.conflicts.certificate import certified_alone, demanded_too_much
from impact.matching.plan import RowPrices
from impact.matching.pose import Posed

MOST_ROUNDS = 60
CLOSE = 1e-10
"""Where a proof ceases to hold is found to this share of the way."""
LITTLE = 0.1
"""After a step of less than this share of the way the middle is tried next."""
ENOUGH = 1e-7
"""The share of the way that may be left between what holds and what is proved to fail."""
INSIDE = 1e-8
"""The share of the way by which a limit is taken easier, so that rounding does not decide."""


@dataclass(frozen=True)
class Furthest:
    """The hardest limit that can hold; `against` are the rules proved to stand in the way of a harder one."""

    limit: float
    against: tuple[str, ...]


def furthest(posed_at: Callable[[float], Posed], rule: str, holds: float, tightest: float) -> Furthest:
    """Find the limit of `rule` nearest to `tightest` that can hold; all rules can hold at `holds`.

    1. Try the tightest limit; where it cannot hold, there is a certificate.
    2. Find the limit where the same weights no longer prove anything: none between can hold either.
    3. Try that limit; its certificate, if it has one, reaches further. After a few rounds none is left
       (Newton's method, as Dinkelbach 1967, doi:10.1287/mnsc.13.7.492, for a share of exposure). Where
       a step is small, the middle between what holds and what fails is tried instead.

    Raises
    ------
    SolverFailed
        If the rounds run out.
    """
    limit, fails, against = tightest, tightest, tuple[str, ...]()
    way = abs(tightest - holds)
    for _ in range(MOST_ROUNDS):
        posed = posed_at(limit)
        certificate = certified_alone(posed, rule)
        if certificate is None:
            if limit in (fails, holds) or abs(fails - limit) <= ENOUGH * way:
                return Furthest(limit, against)
            holds = limit
        else:
            against = tuple(posed.rules[number].id for number in certificate.rules)
            fails = _ceases(posed_at, posed.by_rule(certificate.duals), holds, limit)
        small = certificate is None or abs(limit - fails) < LITTLE * abs(limit - holds)
        limit = (holds + fails) / 2 if small else fails
    raise SolverFailed("limit_not_found")


def _ceases(
    posed_at: Callable[[float], Posed], weights: tuple[RowPrices, ...], holds: float, fails: float
) -> float:
    """Find where, between a limit that holds and one that fails, `weights` cease to prove a conflict."""

    def excess(share: float) -> float:
        posed = posed_at(holds + share * (fails - holds))
        return demanded_too_much(posed.program, _weighed(posed, weights))

    if excess(0.0) >= 0 or excess(1.0) <= 0:  # all that is left is rounding
        return holds
    share = float(brentq(excess, 0.0, 1.0, xtol=CLOSE)) * (1 - INSIDE)
    return holds + share * (fails - holds)


def _weighed(posed: Posed, weights: tuple[RowPrices, ...]) -> Floats:
    """Put weights back on the rows they are about; a row takes only what pushes on the side it has."""
    known = {
        (each.rule, label, dual > 0): dual
        for each in weights
        for label, dual in zip(each.labels, each.duals.tolist(), strict=True)
    }
    return np.array(
        [
            known.get((rule.id, label, bool(upper)), 0.0)
            for rule, part in zip(posed.rules, posed.parts, strict=True)
            for label, upper in zip(part.labels, np.isfinite(part.upper), strict=True)
        ]
    )
