"""What would be missed, told from prices alone: attention goes to the next in line where somebody is gone.

At given prices of everything but attention, each placement gives its supply to the links that are worth most
above what they are charged: a fractional knapsack (Dantzig 1957, doi:10.1287/opre.5.2.266).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.matching.explain.case import Case
from impact.matching.explain.standing import SUPPLY
from impact.matching.explain.subject import Kind
from impact.matching.question.problem import Problem


@dataclass(frozen=True)
class Queue:
    """Who stands in line for each placement: pieces of links, the best first, one placement after another.

    `net` is what an exposure is worth above all charges but that of attention, never below 0.
    """

    link_of: Ints  # [piece]
    placement_of: Ints  # [piece]
    amount: Floats  # [piece]
    net: Floats  # [piece]


def queue(case: Case) -> Queue:
    """Line links up by the plan's prices, each for as much as its producer and product can serve."""
    problem = case.problem
    lengths = problem.saturation.lengths(problem.baseline, problem.box)
    before = np.cumsum(lengths, axis=0) - lengths
    lengths = np.clip(case.exposure + _room(case) - before, 0.0, lengths)
    piece_of, link_of = np.nonzero(lengths)
    charged = _charged(case)
    slope = np.array(problem.saturation.slope)[piece_of]
    net = np.maximum(problem.value[link_of] * slope - charged[link_of], 0.0)
    order = np.lexsort((-net, problem.placement_of[link_of]))
    link_of = link_of[order]
    return Queue(link_of, problem.placement_of[link_of], lengths[piece_of[order], link_of], net[order])


def missed(case: Case, kind: Kind) -> Floats:
    """Return what would be missed without each producer, product or link, in points, shape ``(owner,)``.

    Its attention goes to the next in line, and what only it could use is lost; below 0 where a floor of its
    own holds it up. Exact would be to solve again: others would move too.
    """
    problem = case.problem
    owner_of, size = {
        Kind.PRODUCER: (problem.producer_of, len(problem.producer_ids)),
        Kind.PRODUCT: (problem.product_of, len(problem.product_ids)),
        Kind.LINK: (np.arange(problem.num_links), problem.num_links),
    }[kind]
    own = (charge for rule, charge in case.charged.by_rule.items() if rule in _own(case, kind))
    alone: Floats = sum(own, start=np.zeros(problem.num_links)) * case.exposure
    return sums(_passed_on(problem, queue(case)) + alone, owner_of, size)


def next_in_line(case: Case, gone: Ints) -> Iterator[tuple[str, float]]:
    """Price attention where `gone` links stood in line: at what the first who then gets none would pay."""
    line = queue(case)
    left = ~np.isin(line.link_of, gone)
    for placement in np.unique(case.problem.placement_of[gone]).tolist():
        inside = np.flatnonzero(left & (line.placement_of == placement))
        served = np.cumsum(line.amount[inside]) >= case.problem.supply[placement]
        price = float(line.net[inside[served.argmax()]]) if served.any() else 0.0
        yield case.problem.placement_ids[placement], price


def _charged(case: Case) -> Floats:
    """Add up what is charged beside attention; a floor of somebody's own does not lift what is above it."""
    own, total = _own(case, Kind.PRODUCER), np.zeros(case.problem.num_links)
    for rule, charge in case.charged.by_rule.items():
        if rule != SUPPLY:
            total += np.maximum(charge, 0.0) if rule in own else charge
    return total


def _room(case: Case) -> Floats:
    """Return how much more the producer and the product of each link can serve, shape ``(link,)``."""
    problem, num_products = case.problem, len(case.problem.product_ids)
    given = sums(case.exposure, problem.product_of, num_products)
    product = problem.product_capacity - given
    producer = problem.capacity - sums(given, problem.producer_of_product, len(problem.producer_ids))
    return np.maximum(np.minimum(product, producer[problem.producer_of_product]), 0.0)[problem.product_of]


def _passed_on(problem: Problem, line: Queue) -> Floats:
    """Return what is lost where a link steps out of line and those behind it move up, shape ``(link,)``."""
    ends, worths = np.cumsum(line.amount), np.cumsum(line.amount * line.net)
    first = np.searchsorted(line.placement_of, np.arange(len(problem.supply) + 1))
    edges = np.append(0.0, ends)
    start, end = edges[first[line.placement_of]], edges[first[line.placement_of + 1]]
    served = np.minimum(start + problem.supply[line.placement_of], end)
    reached = np.minimum(start + problem.supply[line.placement_of] + line.amount, end)
    has = np.interp(served, edges, np.append(0.0, worths))
    then = np.interp(reached, edges, np.append(0.0, worths)) - line.amount * line.net
    lost = np.where(ends - line.amount < served, has - then, 0.0)
    return sums(lost, line.link_of, problem.num_links)


def _own(case: Case, kind: Kind) -> tuple[str, ...]:
    """Name what limits or lifts only one owner."""
    floors = tuple(rule.id for rule in case.rules if rule.kind == "producer_floor")
    return {
        Kind.PRODUCER: ("capacity", "product_capacity", "promised", *floors),
        Kind.PRODUCT: ("product_capacity",),
        Kind.LINK: (),
    }[kind]
