"""Min-cost flow: the cost-scaling push-relabel of OR-Tools in whole units, fed by whole arrays.

Goldberg 1997, doi:10.1006/jagm.1995.0805.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from impact.arrays import Ints

ENGINE = "min-cost-flow"
MOST_ROUNDS = 200
"""How often potentials are lowered before those at rough costs are taken instead."""


@dataclass(frozen=True)
class Circulation:
    """A network in which what enters a node leaves it; every arc carries `lower` to `upper` whole units."""

    num_nodes: int
    tail: Ints  # [arc]
    head: Ints  # [arc]
    lower: Ints  # [arc]
    upper: Ints  # [arc]
    cost: Ints  # [arc], per unit


@dataclass(frozen=True)
class Flow:
    """The cheapest circulation, and potentials that prove it so.

    The potential of an arc's head is at most that of its tail plus its cost where the arc could carry more,
    and at least that where it could carry less.
    """

    units: Ints  # [arc]
    potential: Ints  # [node]


def cheapest(circulation: Circulation) -> Flow | None:
    """Find the circulation of the least cost; None where there is none, or numbers are too large to add."""
    least, nodes = circulation.lower, np.arange(circulation.num_nodes)
    if np.any(least > circulation.upper):
        return None
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        circulation.tail, circulation.head, circulation.upper - least, circulation.cost
    )
    solver.set_nodes_supplies(nodes, owed(circulation))
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    units = np.asarray(solver.flows(arcs), np.int64) + least
    potential = settled(circulation, units, np.zeros(circulation.num_nodes, np.int64), circulation.num_nodes)
    assert potential is not None  # a cheapest flow leaves no cycle of negative cost
    return Flow(units, potential)


def flows(circulation: Circulation, rough: Ints, scale: int) -> Iterator[Flow]:
    """Give flows nearer and nearer to the cheapest, with potentials that prove how near, as they are needed.

    Rough costs, which times `scale` are nearly the true ones, are settled in half the time, mostly at a flow
    that is cheapest at the true ones too.
    """
    near = cheapest(replace(circulation, cost=rough))
    if near is None:
        return
    start = near.potential * scale
    potential = settled(circulation, near.units, start, MOST_ROUNDS)
    yield Flow(near.units, start if potential is None else potential)
    found = cheapest(circulation)
    if found:
        yield found


def owed(circulation: Circulation) -> Ints:
    """Return what lower bounds bring to each node beyond what they take from it, shape ``(node,)``."""
    net = np.zeros(circulation.num_nodes, np.int64)
    np.add.at(net, circulation.head, circulation.lower)
    np.subtract.at(net, circulation.tail, circulation.lower)
    return net


def settled(circulation: Circulation, units: Ints, start: Ints, rounds: int) -> Ints | None:
    """Lower potentials from `start` until they prove that `units` are cheapest; None where they never do.

    Bellman and Ford's rounds over all arcs of the residual network at once, until nothing moves: they end
    unless there is a cycle of negative cost, or `rounds` are too few.
    """
    more, less = units < circulation.upper, units > circulation.lower
    source = np.concatenate([circulation.tail[more], circulation.head[less]])
    target = np.concatenate([circulation.head[more], circulation.tail[less]])
    length = np.concatenate([circulation.cost[more], -circulation.cost[less]])
    by_target = np.argsort(target, kind="stable")
    source, length = source[by_target], length[by_target]
    reached, starts = np.unique(target[by_target], return_index=True)
    distance = start.copy()
    for _ in range(rounds + 1 if len(reached) else 0):
        nearer = np.minimum(distance[reached], np.minimum.reduceat(distance[source] + length, starts))
        if np.array_equal(nearer, distance[reached]):
            return distance
        distance[reached] = nearer
    return None if len(reached) else distance
