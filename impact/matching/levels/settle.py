"""Settle: turn every max-min rule into floors at the best levels there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from impact.errors import SolverFailed
from impact.matching.levels.climb import Round, rounds
from impact.matching.levels.probe import Asked, asked
from impact.matching.levels.programs import by_programs
from impact.matching.plan import BestLevels, RowPrices, unsettled_of
from impact.matching.question.problem import Problem
from impact.matching.rules.max_min import MaxMin, Settled
from impact.matching.rules.obeyed import Obeyed
from impact.timing import UNHURRIED, Patience, within


@dataclass(frozen=True)
class SettledRules:
    """Rules as they are posed, and the best levels of those that are about them."""

    rules: tuple[Obeyed, ...]
    levels: tuple[BestLevels, ...]


def settle(problem: Problem, rules: Sequence[Obeyed], patience: Patience = UNHURRIED) -> SettledRules:
    """Find the best levels of each max-min rule given all others, max-min rules stated after it left out.

    Where the others cannot hold together, a max-min rule asks for nothing. Where `patience` is over first,
    what was settled by then stands, and the others are held to the last level that was.

    Raises
    ------
    SolverFailed
        If a solver ends without an answer while there is time.
    """
    known = {rule.id: rule for rule in rules if not isinstance(rule, MaxMin)}
    found = []
    for rule in rules:
        if isinstance(rule, MaxMin):
            demands = [other for other in known.values() if other.demands]
            best = best_levels(problem, rule, demands, patience)
            known[rule.id] = Settled(rule, best.level)
            found.append(best)
    return SettledRules(tuple(known[rule.id] for rule in rules), tuple(found))


def best_levels(
    problem: Problem, rule: MaxMin, others: Sequence[Obeyed], patience: Patience = UNHURRIED
) -> BestLevels:
    """Find the best level of every producer, with proof, and a plan that shows all of them at once."""
    question = asked(problem, rule.id, others)
    climbing = rounds(by_programs(question, patience), question.ladder())
    return settled_in_time(question, rule, climbing, patience)


def settled_in_time(
    question: Asked, rule: MaxMin, climbing: Iterable[Round], patience: Patience
) -> BestLevels:
    """Take what `climbing` settles until it ends or `patience` does, and say how many it leaves unsettled."""
    climbed: list[Round] = []
    asked_for = climbing if rule.lexicographic else islice(climbing, 1)
    ended = _collected(asked_for, climbed, patience)
    told = _told(question, rule, tuple(climbed))
    left = 0 if ended or (climbed and not rule.lexicographic) else _unsettled(question, climbed)
    if not left:
        return told
    marked = RowPrices(unsettled_of(rule.id), ("producers",), np.array([float(left)]))
    return replace(told, weights=(*told.weights, marked))


def _collected(climbing: Iterable[Round], climbed: list[Round], patience: Patience) -> bool:
    """Put rounds into `climbed` while `patience` lasts; tell whether there are no more."""

    def climb() -> bool:
        for found in climbing:
            climbed.append(found)
            if not patience.lasts():
                return False
        return True

    try:
        return bool(within(patience, climb))
    except SolverFailed:
        if patience.lasts():
            raise
        return False


def _unsettled(question: Asked, climbed: Sequence[Round]) -> int:
    """Count who is in no proof so far."""
    if not climbed:
        return len(question.who)
    last = climbed[-1]
    if last.proof is None or last.level < 0:
        return 0
    return int(np.count_nonzero(last.ladder.rising & ~(last.proof.weight > 0)))


def _told(question: Asked, rule: MaxMin, climbed: Sequence[Round]) -> BestLevels:
    level = np.zeros(len(question.posed.problem.capacity))
    last = climbed[-1] if climbed else None
    if last is None or last.shown is None:
        return BestLevels(rule.id, 0.0, level, None, ())
    level[question.who] = last.ladder.levels(last.level) * (1 - last.shown.eased)
    proofs = [found.proof.weights for found in climbed if found.proof]
    weights = (_named(rule.id, number, each) for number, told in enumerate(proofs, 1) for each in told)
    shown = last.shown.exposure if 0 < rule.share < 1 else None
    return BestLevels(rule.id, climbed[0].level, level, shown, tuple(weights), last.shown.exposure)


def _named(rule: str, number: int, weights: RowPrices) -> RowPrices:
    """Put weights under a name of their own: whose levels they prove, in which round, and their rule."""
    return replace(weights, rule=f"{rule}:{number}:{weights.rule}")
