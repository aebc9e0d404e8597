"""Ways out of plain impossibilities: single moves of a rule after which sums speak no more against it.

That nothing is said after a move is no promise that all rules hold together: only solving shows that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from impact.errors import Issue
from impact.matching.conflicts.impossible import impossible
from impact.matching.question.problem import Problem
from impact.matching.rules.obeyed import Obeyed

HALVINGS = 12
"""How often what lies between a limit and the loosest one is halved in the search for the least move."""
DIGITS = 3
"""How many digits a limit is moved to, so that people can say it."""


@dataclass(frozen=True)
class Move:
    """What would mend it: the limit of `rule` at `to`, or the rule left out where that is None."""

    rule: str
    to: float | None = None


@dataclass(frozen=True)
class Foreseen:
    """What rules ask for and no plan can give, and the moves each of which would mend that alone."""

    issue: Issue
    moves: tuple[Move, ...]


Mends = Callable[[Obeyed, Obeyed | None], bool]
"""Tells whether sums say no more of it where one rule is replaced by another, or by none."""


def named(issue: Issue) -> tuple[str, ...]:
    """Return the rules that an impossibility names, one that stands in the way of the others last."""
    others = (str(issue.params["rule"]),) if "rule" in issue.params else ()
    return tuple(dict.fromkeys((*str(issue.params["rules"]).split(", "), *others)))


def foresee(problem: Problem, rules: Sequence[Obeyed]) -> tuple[Foreseen, ...]:
    """Name what no plan can give, as `impossible` does, each with its ways out."""
    found = impossible(problem, rules)
    return tuple(Foreseen(issue, tuple(_moves(problem, rules, found, issue))) for issue in found)


def _moves(problem: Problem, rules: Sequence[Obeyed], found: Sequence[Issue], issue: Issue) -> Iterator[Move]:
    """Move limits as little as will do; then leave rules out."""
    others = {each.params["rules"] for each in found if each is not issue}

    def mends(rule: Obeyed, instead: Obeyed | None) -> bool:
        tried = (instead if each is rule else each for each in rules)
        left = impossible(problem, [each for each in tried if each is not None])
        return {each.params["rules"] for each in left} <= others

    stated = [rule for rule in rules if rule.id in named(issue)]
    for rule in stated:
        to = _least(problem, rule, mends)
        if to is not None:
            yield Move(rule.id, to)
    yield from (Move(rule.id) for rule in stated if mends(rule, None))


def _least(problem: Problem, rule: Obeyed, mends: Mends) -> float | None:
    """Return the limit nearest to the stated one that mends it; None where none does."""
    dial = rule.dial(problem)
    if dial is None or not mends(rule, rule.moved(dial.loosest)):
        return None
    bad, good = dial.limit, dial.loosest
    for _ in range(HALVINGS):
        middle = (bad + good) / 2
        bad, good = (bad, middle) if mends(rule, rule.moved(middle)) else (middle, good)
    rounded = _rounded(good, ROUND_FLOOR if dial.is_floor else ROUND_CEILING)
    return rounded if mends(rule, rule.moved(rounded)) else good


def _rounded(value: float, way: str) -> float:
    exact = Decimal(value)
    return float(exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - DIGITS), way))
