"""What groups and producers are to get at least, and what they could get at most, from sums alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from impact.arrays import Bools, Floats, sums
from impact.matching.question.problem import Problem
from impact.matching.rules.group import members
from impact.matching.rules.group_floor import GroupFloor
from impact.matching.rules.group_share import GroupShare
from impact.matching.rules.limits import Promise
from impact.matching.rules.obeyed import Obeyed
from impact.matching.rules.producer_floor import ProducerFloor


@dataclass(frozen=True)
class Demand:
    """At least `amount` exposures go to the links `inside`, because of `rules`."""

    rules: tuple[str, ...]
    inside: Bools  # [link]
    amount: float


def limited(problem: Problem, rules: Sequence[Obeyed]) -> Problem:
    """Return the problem with links limited by the rules on single links."""
    ceilings = (rule.ceiling(problem) for rule in rules)
    return reduce(Problem.under, (ceiling for ceiling in ceilings if ceiling is not None), problem)


def most_given(problem: Problem, inside: Bools) -> float:
    """Bound what the links `inside` can carry together: by their placements, and by their producers."""
    able = np.where(inside, problem.ceiling, 0.0)
    by_placement = np.minimum(sums(able, problem.placement_of, len(problem.placement_ids)), problem.supply)
    by_product = np.minimum(
        sums(able, problem.product_of, len(problem.product_ids)), problem.product_capacity
    )
    by_producer = sums(by_product, problem.producer_of_product, len(problem.producer_ids))
    return float(min(by_placement.sum(), np.minimum(by_producer, problem.capacity).sum()))


def bound_at(rule: GroupShare, problem: Problem, given: float) -> float:
    """Return the exposures that `rule` holds its group to where `given` are given in all."""
    return float(rule.limit * rule.units(problem, np.array([given]))[0])


def separate_demands(problem: Problem, rules: Sequence[Obeyed]) -> list[Demand]:
    """Gather demands on links no two of which share a link, the largest groups first.

    What single producers are to get counts once: inside a group that has all their links, where it is more
    than the group's own floor, or beside the groups, where a producer has no link in any of them.
    """
    floor, why = _producer_floors(problem, rules)
    taken, found = np.zeros(problem.num_links, bool), list[Demand]()
    for demand in sorted(_fixed(problem, rules), key=lambda demand: -demand.amount):
        if not (taken & demand.inside).any():
            own = float(floor[_wholly(problem, demand.inside)].sum())
            found.append(Demand(why, demand.inside, own) if own > demand.amount else demand)
            taken |= demand.inside
    beside = _wholly(problem, ~taken)
    found.append(Demand(why, beside[problem.producer_of], float(floor[beside].sum())))
    return [demand for demand in found if demand.amount > 0]


def _fixed(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Demand]:
    """Give the floors of groups that do not depend on how much is given."""
    for rule in rules:
        if isinstance(rule, GroupFloor) and (rule.share is None or rule.of == "supply"):
            yield Demand((rule.id,), members(problem, rule.group), bound_at(rule, problem, 0.0))


def _producer_floors(problem: Problem, rules: Sequence[Obeyed]) -> tuple[Floats, tuple[str, ...]]:
    """Return what each producer is to get, as far as it can be reached, and by which rules."""
    floors = {Promise().id: problem.promised}
    for rule in rules:
        if isinstance(rule, ProducerFloor):
            floors[rule.id] = rule.floor(problem)
    floor = np.max(list(floors.values()), axis=0)
    why = tuple(name for name, each in floors.items() if ((each > 0) & (each >= floor)).any())
    return np.minimum(floor, problem.reachable), why


def _wholly(problem: Problem, inside: Bools) -> Bools:
    """Tell which producers have no link outside `inside`, shape ``(producer,)``."""
    outside = np.bincount(problem.producer_of[~inside], minlength=len(problem.producer_ids))
    return np.equal(outside, 0)
