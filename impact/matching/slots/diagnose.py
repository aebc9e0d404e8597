"""Diagnose: which rules of slots cannot hold together, proved, and which floor would have to give."""

from collections.abc import Iterator, Sequence

import numpy as np

from impact.arrays import Ints
from impact.errors import SolverFailed
from impact.matching.slots.model import SlotConflict, SlotFloor, SlotRule, WayOut
from impact.matching.slots.program import Posed
from impact.matching.solvers.cpsat import Effort, WholeAnswer, WholeProgram, conflicting, solve_whole


def diagnose(posed: Posed, rules: Sequence[SlotRule], seconds: float, seed: int) -> SlotConflict:
    """Find rules that conflict, make them few, and say how far each floor among them would have to give.

    1. Search for a solution with every rule an assumption; those that the proof needed conflict.
    2. Leave out rule after rule; one without which there is still no solution is no part of the conflict.
    3. For each floor left, find the most that its group can be given while every other rule holds.

    Each of these searches may take `seconds`.

    Raises
    ------
    SolverFailed
        If the conflict is not proved in time.
    """
    found = conflicting(posed.program, posed.rule_of.tolist(), seconds, seed)
    if found is None:
        raise SolverFailed("conflict_not_proved")
    kept, minimal = list(found), True
    for number in found:
        others = set(range(len(rules))) - set(kept) | {number}
        status = _any(posed.without(others), seconds, seed).status
        if status == "infeasible":
            kept.remove(number)
        minimal &= status != "unknown"
    return SlotConflict(
        rules=tuple(rules[number].id for number in kept),
        ways_out=tuple(_ways_out(posed, rules, kept, seconds, seed)),
        minimal=minimal,
    )


def _ways_out(
    posed: Posed, rules: Sequence[SlotRule], kept: Sequence[int], seconds: float, seed: int
) -> Iterator[WayOut]:
    for number in kept:
        rule = rules[number]
        if isinstance(rule, SlotFloor):
            (row,) = np.flatnonzero(posed.rule_of == number)
            counted = posed.program.matrix[[row]].toarray().reshape(-1)
            answer = _any(posed.without({number}), seconds, seed, counted)
            if answer.x is not None:
                yield WayOut(rule.id, rule.least, int(counted @ answer.x.astype(np.int64)))


def _any(program: WholeProgram, seconds: float, seed: int, counted: Ints | None = None) -> WholeAnswer:
    """Look for any solution, or one that books most of what is `counted`."""
    worth = np.zeros_like(program.worth) if counted is None else counted
    asked = WholeProgram(worth, program.matrix, program.lower, program.upper)
    return solve_whole(asked, np.zeros(len(worth), bool), Effort(seconds, seed=seed))
