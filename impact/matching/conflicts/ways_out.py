"""Ways out of a conflict: limits to move, as little as possible or as few as possible."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from impact.arrays import Bools
from impact.errors import SolverFailed
from impact.matching.conflicts.certificate import Certificate, certified, soft
from impact.matching.conflicts.elastic import SECONDS
from impact.matching.conflicts.moving import moved
from impact.matching.conflicts.yielding import Yielded, could_spare, eased, yielded
from impact.matching.plan import Relaxation, Way
from impact.matching.pose import Posed, pose
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.rules import ALWAYS
from impact.matching.solvers.warm import solve_from
from impact.matching.starts import carried, laid_out

MOST_TRIED = 64
"""How many sets of rules are left out in the search for the smallest one, before it is given up."""
HAIR = 1e-5
"""The share by which a limit is moved further where rounding alone stands in the way."""


def least_change(
    posed: Posed, conflict: Sequence[int], start: LinearAnswer | None, way: Yielded | None = None
) -> tuple[Relaxation, ...]:
    """Say which limits to move, as little as possible, and how far, so that all rules hold together.

    It says of itself whether solving again with the limits so moved bore it out. `way` is one that is known
    already. Empty where none is found.
    """
    least = _least(posed, conflict, start, way)
    return _tried(posed, least, Way.LEAST_CHANGE) if least else ()


def fewest_rules(
    posed: Posed, conflict: Sequence[int], least: Sequence[Relaxation], start: LinearAnswer | None
) -> tuple[Relaxation, ...]:
    """Say the same of limits of as few rules as possible; empty where the `least` change moves no more."""
    if _num_rules(least) <= 1:
        return ()
    fewest = _least_change(offered(posed, sorted(each), start) for each in _smallest(posed, conflict, start))
    fewer = fewest is not None and _num_rules(fewest.moves) < _num_rules(least)
    return _tried(posed, fewest, Way.FEWEST_RULES) if fewest and fewer else ()


def _least(
    posed: Posed, conflict: Sequence[int], start: LinearAnswer | None, way: Yielded | None
) -> Yielded | None:
    """Find the least change by rules known to suffice, else of the conflict; or by any if less might do."""
    within = way or offered(posed, conflict, start)
    others = [number for number in soft(posed) if within and number not in within.yielding]
    if within and not could_spare(posed, within, others):
        return _least_change([within])
    return _least_change([within, offered(posed, soft(posed), start)])


def offered(posed: Posed, yielding: Sequence[int], start: LinearAnswer | None) -> Yielded | None:
    """Let rules give way; None where that does not suffice, or the solver gave up."""
    try:
        return yielded(posed, yielding, start) if yielding else None
    except SolverFailed:  # the conflict is proved all the same, and is to be told
        return None


def _least_change(ways: Iterable[Yielded | None]) -> Yielded | None:
    return min(
        (each for each in ways if each and each.moves), key=lambda each: _change(each.moves), default=None
    )


def _smallest(
    posed: Posed, conflict: Sequence[int], start: LinearAnswer | None
) -> Collection[frozenset[int]]:
    """Find the smallest sets of rules without which the others hold together; empty where given up.

    Every conflict among the rules that are left must lose one of its rules: breadth first, the first sets
    that leave no conflict are the smallest (Reiter 1987, doi:10.1016/0004-3702(87)90062-2).
    """
    edge = {frozenset([number]) for number in conflict}
    num_tried = 0
    while edge and (num_tried := num_tried + len(edge)) <= MOST_TRIED:
        left = dict[frozenset[int], Certificate | None]()
        for each in _in_order(edge):
            trial = certified(posed, [n for n in soft(posed) if n not in each], start)
            left[each], start = trial.certificate, trial.answer
        resolving = [each for each, certificate in left.items() if certificate is None]
        if resolving:
            return resolving
        edge = {each | {n} for each, certificate in left.items() if certificate for n in certificate.rules}
    return ()


def _in_order(sets: Collection[frozenset[int]]) -> list[frozenset[int]]:
    return sorted(sets, key=sorted)


def _num_rules(way: Sequence[Relaxation]) -> int:
    return len({each.rule for each in way})


def _change(way: Sequence[Relaxation]) -> float:
    """Add up by what share of itself each limit moves; a limit of 0 counts as 1."""
    return sum(abs(each.to - each.limit) / (each.limit or 1.0) for each in way)


def _tried(posed: Posed, way: Yielded, kind: Way) -> tuple[Relaxation, ...]:
    """Try limits as moved, a hair further where rounding is in the way, and say whether it went."""
    named = [replace(each, way=kind) for each in way.moves]
    for further in ([_further(posed, each, hair) for each in named] for hair in (0.0, HAIR)):
        if _resolves(posed, further, way.answer):
            return tuple(replace(each, verified=True) for each in further)
    return tuple(named)


def _further(posed: Posed, move: Relaxation, hair: float) -> Relaxation:
    """Move a limit on by a hair, but not past where its rule asks for nothing."""
    is_floor = move.to <= move.limit
    to = eased(move.to * (1 - hair if is_floor else 1 + hair), is_floor=is_floor)
    dial = next(rule for rule in posed.rules if rule.id == move.rule).dial(posed.problem)
    return replace(move, to=to if dial is None or is_floor else min(to, dial.loosest))


def _resolves(posed: Posed, way: Sequence[Relaxation], start: LinearAnswer | None) -> bool:
    """Tell whether solving with limits moved finds a plan that obeys all rules.

    That a plan is at hand which keeps them but for rounding is not enough: who takes the way solves anew.
    """
    changed = moved(posed.problem, posed.rules[len(ALWAYS) :], way)
    if changed is None:
        return False
    again = pose(*changed)
    return solve_from(*_begun(posed, again, {each.rule for each in way}, start), SECONDS).status == "optimal"


def _begun(
    posed: Posed, again: Posed, moved_rules: Collection[str], start: LinearAnswer | None
) -> tuple[LinearProgram, LinearAnswer | None]:
    """Lay out where giving way ended as the best there is once limits have moved.

    Whether there is a plan does not depend on what it is worth: what rules charged there whose limits have
    moved is taken off the worth, and they charge nothing. The best is then next to where giving way ended.
    """
    begin, before, now = carried(again, posed, start), posed.program, again.program
    if start is None or start.duals is None or begin is None or len(now.worth) != len(before.worth):
        return now, begin
    charged = before.matrix.T @ np.where(_rows_of(posed, moved_rules), start.duals, 0.0)
    duals = laid_out(again, posed.by_rule(np.where(_rows_of(posed, moved_rules), 0.0, start.duals)))
    return replace(now, worth=now.worth - charged), replace(begin, duals=duals)


def _rows_of(posed: Posed, names: Collection[str]) -> Bools:
    """Tell which rows are those of some rules."""
    lengths = [len(part) for part in posed.parts]
    return np.repeat([rule.id in names for rule in posed.rules], lengths)
