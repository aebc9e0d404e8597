"""Plain impossibilities: what shows from sums alone, before anything is solved.

Whatever is named cannot be; what is not named may still be impossible.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from impact.arrays import Bools
from impact.errors import Issue, Param
from impact.matching.conflicts.demands import Demand, bound_at, limited, most_given, separate_demands
from impact.matching.question.problem import Problem
from impact.matching.rules.group import members
from impact.matching.rules.group_cap import GroupCap
from impact.matching.rules.group_floor import GroupFloor
from impact.matching.rules.lock import Lock
from impact.matching.rules.obeyed import Obeyed
from impact.matching.rules.quality_floor import QualityFloor

SURE = 1e-5
"""The share of what is asked for that may be put down to rounding."""
NOTHING = 1e-8
"""The share of all supply that may be."""
WORSE = 1e-3
"""A quality so much below another is surely worse."""


def impossible(problem: Problem, rules: Sequence[Obeyed]) -> tuple[Issue, ...]:
    """Name what `rules` ask for and no plan can give; assumes no faults.

    `params` hold the rules, joined by commas, and in exposures what they ask for and the most there is.
    """
    bounded = limited(problem, rules)
    return tuple(_first_of_each((*_by_sums(bounded, rules), *_by_quality(bounded, rules))))


def _first_of_each(issues: Sequence[Issue]) -> Iterator[Issue]:
    """Leave out what is said of the same rules for a second reason."""
    told: set[object] = set()
    for issue in issues:
        if issue.params["rules"] not in told:
            told.add(issue.params["rules"])
            yield issue


def _by_sums(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Issue]:
    demands = separate_demands(problem, rules)
    yield from _locks(problem, rules)
    yield from _floors_out_of_reach(problem, rules, demands)
    yield from _floors_above_caps(problem, rules, demands)
    yield from _floors_above_all(problem, demands)


def _locks(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Issue]:
    """Locks that ask of a link more than it, its product and its producer can take."""
    for rule in rules:
        if isinstance(rule, Lock):
            inside = np.zeros(problem.num_links, bool)
            inside[rule.rows(problem).matrix.indices] = True
            most = most_given(problem, inside)
            if _exceeds(problem, rule.at_least, most):
                yield _issue("lock_above_ceiling", (rule.id,), rule.at_least, most)


def _floors_out_of_reach(
    problem: Problem, rules: Sequence[Obeyed], demands: Sequence[Demand]
) -> Iterator[Issue]:
    """Floors of groups above what their members can reach."""
    for rule in rules:
        if isinstance(rule, GroupFloor):
            asked = bound_at(rule, problem, _total(demands))
            most = most_given(problem, members(problem, rule.group))
            if _exceeds(problem, asked, most):
                why = _why([rule], demands)
                yield _issue("group_floor_above_reach", why, asked, most)


def _floors_above_caps(
    problem: Problem, rules: Sequence[Obeyed], demands: Sequence[Demand]
) -> Iterator[Issue]:
    """Floors above a cap of the same group, or of one that has it inside, however much is given in all.

    Both limits are linear in what is given, so it suffices to look at the least and the most.
    """
    floors = [rule for rule in rules if isinstance(rule, GroupFloor)]
    caps = [rule for rule in rules if isinstance(rule, GroupCap)]
    ends = _total(demands), most_given(problem, np.ones(problem.num_links, bool))
    for floor, cap in product(floors, caps):
        if (members(problem, floor.group) & ~members(problem, cap.group)).any():
            continue
        sides = [(bound_at(floor, problem, given), bound_at(cap, problem, given)) for given in ends]
        if all(_exceeds(problem, *side) for side in sides):
            yield _issue("group_floor_above_cap", _why([floor, cap], demands), *sides[-1])


def _floors_above_all(problem: Problem, demands: Sequence[Demand]) -> Iterator[Issue]:
    """Floors of separate groups and producers that sum past all there is; the fewest that do are named."""
    most = most_given(problem, np.ones(problem.num_links, bool))
    largest = sorted(demands, key=lambda demand: -demand.amount)
    for count in range(1, len(largest) + 1):
        asked = _total(largest[:count])
        if _exceeds(problem, asked, most):
            yield _issue("floors_above_all", _names(largest[:count]), asked, most)
            return


def _by_quality(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Issue]:
    """What becomes impossible because nothing in some channel is as good as a rule demands of it."""
    for rule in rules:
        if not isinstance(rule, QualityFloor):
            continue
        where, closed = _closed(problem, rule)
        left = problem.under(np.where(closed, 0.0, np.inf))
        for issue in _by_sums(left, rules) if where else ():
            params = {**issue.params, "rule": rule.id, "where": ", ".join(where)}
            yield Issue("quality_above_best", file="problem.json", column="rules", params=params)


def _closed(problem: Problem, rule: QualityFloor) -> tuple[list[str], Bools]:
    """Name the channels (or segments) in which every link is worse than `rule` allows, and their links."""
    rows = rule.rows(problem)
    where, closed = [], np.zeros(problem.num_links, bool)
    for row, label in enumerate(rows.labels):
        own = slice(rows.matrix.indptr[row], rows.matrix.indptr[row + 1])
        if rows.matrix.data[own].max(initial=-1.0) < -WORSE:
            where.append(label)
            closed[rows.matrix.indices[own]] = True
    return where, closed


def _why(rules: Sequence[GroupFloor | GroupCap], demands: Sequence[Demand]) -> tuple[str, ...]:
    """Name `rules`, and the demands too where how much is given in all decides."""
    depends = any(rule.share is not None and rule.of == "exposure" for rule in rules)
    return (*(rule.id for rule in rules), *(_names(demands) if depends else ()))


def _names(demands: Sequence[Demand]) -> tuple[str, ...]:
    return tuple(name for demand in demands for name in demand.rules)


def _total(demands: Sequence[Demand]) -> float:
    return sum(demand.amount for demand in demands)


def _exceeds(problem: Problem, asked: float, most: float) -> bool:
    return asked - most > SURE * max(1.0, asked) + NOTHING * float(problem.supply.sum())


def _issue(code: str, rules: Sequence[str], asked: float, most: float) -> Issue:
    params: dict[str, Param] = {"rules": ", ".join(dict.fromkeys(rules)), "asked": asked, "most": most}
    return Issue(code, file="problem.json", column="rules", params=params)
