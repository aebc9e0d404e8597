"""Min-cost flow: the cost-scaling push-relabel of OR-Tools in whole units, fed by whole arrays.

Goldberg 1997, doi:10.1006/jagm.1995.0805.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from impact.arrays import Ints

ENGINE = "min-cost-flow"


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
    return Flow(units, _potential(circulation, units))


def owed(circulation: Circulation) -> Ints:
    """Return what lower bounds bring to each node beyond what they take from it, shape ``(node,)``."""
    net = np.zeros(circulation.num_nodes, np.int64)
    np.add.at(net, circulation.head, circulation.lower)
    np.subtract.at(net, circulation.tail, circulation.lower)
    return net


def _potential(circulation: Circulation, units: Ints) -> Ints:
    """Compute distances in the residual network of a cheapest flow, which has no cycle of negative cost.

    Bellman and Ford's rounds over all arcs at once, from all nodes at distance 0, until nothing moves.
    """
    more, less = units < circulation.upper, units > circulation.lower
    source = np.concatenate([circulation.tail[more], circulation.head[less]])
    target = np.concatenate([circulation.head[more], circulation.tail[less]])
    length = np.concatenate([circulation.cost[more], -circulation.cost[less]])
    by_target = np.argsort(target, kind="stable")
    source, length = source[by_target], length[by_target]
    reached, starts = np.unique(target[by_target], return_index=True)
    distance = np.zeros(circulation.num_nodes, np.int64)
    for _ in range(circulation.num_nodes if len(reached) else 0):
        nearer = np.minimum(distance[reached], np.minimum.reduceat(distance[source] + length, starts))
        if np.array_equal(nearer, distance[reached]):
            break
        distance[reached] = nearer
    return distance
