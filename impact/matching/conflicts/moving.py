"""Put limits elsewhere: the same problem and rules, but for what is to move."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from impact.matching.plan import Relaxation
from impact.matching.question.problem import Problem
from impact.matching.rules.limits import Promise
from impact.matching.rules.obeyed import Obeyed

Question = tuple[Problem, tuple[Obeyed, ...]]


def moved(problem: Problem, rules: Sequence[Obeyed], moves: Iterable[Relaxation]) -> Question | None:
    """Return the problem, free of ceilings of earlier rules, and `rules` with limits moved.

    None where a rule has no limit that could be moved.
    """
    promised, changed = problem.promised.copy(), {rule.id: rule for rule in rules}
    for each in moves:
        if each.rule == Promise().id:
            promised[problem.producer_ids.index(each.row)] = each.to
            continue
        rule = changed[each.rule].moved(each.to, each.row)
        if rule is None:
            return None
        changed[each.rule] = rule
    return replace(problem, promised=promised, ceiling=np.empty(0)), tuple(changed.values())
