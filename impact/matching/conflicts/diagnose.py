"""Diagnose: which rules cannot hold together, proved, and what would have to give."""

from collections.abc import Callable, Collection
from dataclasses import replace

from impact.errors import SolverFailed
from impact.matching.conflicts.certificate import Certificate, certified, closes, proved, soft
from impact.matching.conflicts.ways_out import fewest_rules, least_change, offered
from impact.matching.conflicts.yielding import Yielded
from impact.matching.plan import Conflict, unheard
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer
from impact.matching.solvers.condensed import condensed


def diagnose(
    posed: Posed, found: LinearAnswer | None = None, told: Callable[[Conflict], None] = unheard
) -> Conflict:
    """Find a minimal set of rules that conflict, prove it, and say what would have to give.

    `found` is the answer that said so, where there is one. `told` hears of the conflict as soon as it is
    proved, when there may still be rules in it that are not needed, once there is a way out, once all rules
    in it are needed, and again with a further way out.

    1. Where the simplex ends without a plan, it certifies by Farkas' lemma that the rules with a weight
       cannot hold together (Gleeson & Ryan 1990, doi:10.1287/ijoc.2.1.61).
    2. Let rules give way as little as possible: the way out of the least change, tried by solving again.
    3. Leave out rule after rule: where that makes up for what gave way, the rule is part of the conflict,
       and where the others are still certified to conflict it is none.
    4. Find the way out that changes the fewest rules, where that is another, and try it, too.

    Raises
    ------
    SolverFailed
        If there is neither a certificate nor a plan.
    """
    trial = proved(posed, found) or certified(posed, soft(posed), found)
    certificate = trial.certificate
    if certificate is None:
        raise SolverFailed("conflict_not_proved")
    conflict = _conflict(posed, certificate, is_minimal=len(certificate.rules) == 1)
    told(conflict)
    sums = _with_sums(posed)
    way = offered(posed, [number for number in certificate.rules if number in sums], found)
    moves = least_change(posed, certificate.rules, found, way) if way else ()
    if any(each.verified for each in moves):
        told(replace(conflict, relaxations=moves))
    if len(certificate.rules) > 1:
        certificate, found = _narrowed(posed, certificate, trial.answer, (way, sums))
    moves = moves or least_change(posed, certificate.rules, found)
    conflict = replace(_conflict(posed, certificate), relaxations=moves)
    told(conflict)
    if fewest := fewest_rules(posed, certificate.rules, moves, found):
        conflict = replace(conflict, relaxations=(*moves, *fewest))
        told(conflict)
    return conflict


def _with_sums(posed: Posed) -> frozenset[int]:
    """Number the rules with rows that are no bounds of links: those of bounds are dear to let give way."""
    sums = ~condensed(posed.program).bounding
    return frozenset(number for number in range(len(posed.rules)) if sums[posed.rows_of(number)].any())


def _narrowed(
    posed: Posed,
    certificate: Certificate,
    start: LinearAnswer | None,
    giving: tuple[Yielded | None, Collection[int]],
) -> tuple[Certificate, LinearAnswer | None]:
    """Leave out rule after rule that is not needed for a conflict; return where the search ended, too.

    `giving` is how rules gave way, and the numbers of those that could.
    """
    way, sums = giving
    for number in sorted(certificate.rules, key=lambda number: -len(posed.parts[number])):  # the costly first
        if number in certificate.rules:
            others = [other for other in certificate.rules if other != number]
            if way and number in sums and closes(posed, way, others):
                continue
            trial = certified(posed, others, start)
            certificate, start = trial.certificate or certificate, trial.answer
    return certificate, start


def _conflict(posed: Posed, certificate: Certificate, *, is_minimal: bool = True) -> Conflict:
    return Conflict(
        rules=tuple(posed.rules[number].id for number in certificate.rules),
        relaxations=(),
        proof=certificate.excess,
        weights=posed.by_rule(posed.told(certificate.duals)),
        is_minimal=is_minimal,
    )
