"""How far one limit can be moved before the rules can no longer hold together."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from impact.errors import SolverFailed
from impact.matching.conflicts.certificate import (
    certificate_of,
    certified,
    demanded_too_much,
    soft,
)
from impact.matching.conflicts.yielding import GivenWay, given_way
from impact.matching.plan import Plan, RowPrices
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer
from impact.matching.starts import laid_out, start_from

MOST_ROUNDS = 60
ENOUGH = 1e-7
"""The share of the way that may be left between what holds and what is proved to fail."""
NEAR, HALF = 1e-3, 0.5
"""How far from what holds to what fails the next limit is: near where giving way seems to tell the end."""
DEAR = 100.0
"""How much dearer giving way becomes where it did not tell the end."""
TINY = 1e-8
"""A share of what is proved that is put down to rounding."""


@dataclass(frozen=True)
class Furthest:
    """The hardest limit that can hold; `against` are the rules proved to stand in the way of a harder one."""

    limit: float
    against: tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """A limit that holds, one that is proved to fail or the hardest there is, and the rules that prove it.

    Giving way is tried at `price`.
    """

    holds: float
    fails: float
    against: tuple[str, ...]
    price: float = 1.0

    @property
    def left(self) -> float:
        return abs(self.fails - self.holds)


def furthest(
    posed_at: Callable[[float], Posed], rule: str, plan: Plan, holds: float, tightest: float
) -> Furthest:
    """Find the limit of `rule` nearest to `tightest` at which all rules can hold, as they do at `holds`.

    1. Try the tightest limit, with the rule giving way as little as it can, value counting beside it.
       What it gives way to is a limit that holds.
    2. The duals of that answer prove limits to fail, down to where they cease to (Newton's method, as
       Dinkelbach 1967, doi:10.1287/mnsc.13.7.492, for a share of exposure).
    3. Try a limit between the two, until they meet. Each round goes on from the one before, the first from
       `plan`.

    Raises
    ------
    SolverFailed
        If the rounds run out.
    """
    way, limit = _Way(holds, tightest, ()), tightest
    enough, last = ENOUGH * way.left, None
    for _ in range(MOST_ROUNDS):
        posed = posed_at(limit)
        number = [each.id for each in posed.rules].index(rule)
        gave = _gave_way(posed, number, _start(posed, plan, last), way)
        last = gave.answer
        if gave.attained is None and limit == way.fails:
            return Furthest(limit, way.against)
        if gave.attained is None:  # what it gave way to before was not the end
            way = replace(way, price=DEAR)
        way = _narrowed(posed_at, (posed, number), limit, gave, way)
        if way.left <= enough:
            return Furthest(way.holds, way.against)
        limit = _next(way, limit, gave.attained)
    raise SolverFailed("limit_not_found")


def _next(way: _Way, tried: float, attained: float | None) -> float:
    """Choose a limit between what holds and what fails: near where giving way tells the end, if it does."""
    least, most = sorted((way.holds, way.fails))
    if attained is not None and least < attained < most and attained != tried:
        return attained  # not known to hold yet: other rules' rows move with this one
    return way.holds + (NEAR if way.holds == attained else HALF) * (way.fails - way.holds)


def _gave_way(posed: Posed, number: int, start: LinearAnswer | None, way: _Way) -> GivenWay:
    """Let the rule give way; where the simplex cannot bear the price, only say whether it must."""
    for price in sorted({way.price, 1.0}, reverse=True):
        try:
            return given_way(posed, number, start, price)
        except SolverFailed:
            continue
    trial = certified(posed, soft(posed), start)
    if trial.certificate is None:
        return GivenWay(None, np.zeros(len(posed.program.lower)), trial.answer)
    return GivenWay(way.holds, trial.certificate.duals, trial.answer)


def _narrowed(
    posed_at: Callable[[float], Posed], at: tuple[Posed, int], limit: float, gave: GivenWay, way: _Way
) -> _Way:
    """Take up what giving way at `limit` has shown: where the rule holds, and where it is proved to fail.

    A rule on single links moves what others ask for, so what it gave way to may not hold.
    """
    posed, number = at
    if gave.attained is None:
        return replace(way, holds=limit)
    alone = posed.rules[number].ceiling(posed.problem) is None
    nearer = alone and abs(way.fails - gave.attained) < way.left
    way = replace(way, holds=gave.attained) if nearer else way
    found = certificate_of(posed, posed.program, soft(posed), gave.weights)
    found = found or certified(posed, soft(posed), gave.answer).certificate
    if found is None:
        return replace(way, holds=limit)
    fails = _ceases(posed_at, posed.by_rule(found.duals), way.holds, limit, found.excess)
    against = tuple(posed.rules[number].id for number in found.rules)
    return replace(way, fails=fails, against=against)


def _ceases(
    posed_at: Callable[[float], Posed],
    weights: tuple[RowPrices, ...],
    holds: float,
    fails: float,
    excess: float,
) -> float:
    """Find a limit, near where they cease to, at which `weights` still prove a conflict.

    What they prove is concave in the limit, and nothing where it holds: a line between two limits meets
    nothing at one that still fails.
    """

    def proved(limit: float) -> float:
        posed = posed_at(limit)
        return demanded_too_much(posed.program, laid_out(posed, weights))

    near = proved(holds)
    rounding = TINY * (abs(excess) + abs(near))
    for _ in range(3):
        if near >= -rounding or excess <= rounding:
            break
        nearer = fails + (holds - fails) * excess / (excess - near)
        left = proved(nearer)
        if left < -rounding:
            break
        fails, excess = nearer, left
    return holds if near >= -rounding else fails


def _start(posed: Posed, plan: Plan, last: LinearAnswer | None) -> LinearAnswer | None:
    """Go on from the last answer where the rows are still the same, else from `plan`."""
    if last is not None and last.duals is not None and len(last.duals) == len(posed.program.lower):
        return last
    return start_from(posed, plan)
