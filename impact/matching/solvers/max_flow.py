"""Feasible flow: the push-relabel maximum flow of OR-Tools, or the cut that shows there is none.

Goldberg & Tarjan 1988, doi:10.1145/48014.61051; Hoffman 1960 for circulations.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.max_flow import SimpleMaxFlow

from impact.arrays import Bools, Ints
from impact.matching.solvers.flow import Circulation, owed


@dataclass(frozen=True)
class Cut:
    """Nodes `inside` which more has to flow than can flow out of them."""

    inside: Bools  # [node]


def feasible(circulation: Circulation) -> Ints | Cut | None:
    """Return units on each arc within its bounds, whatever they cost, or a cut; None where neither is found.

    What lower bounds bring to a node beyond what they take away is sent from a source, and the reverse to
    a sink. Of the cuts, the smallest around the source.
    """
    least = circulation.lower
    demand = owed(circulation)
    given, taken = np.flatnonzero(demand > 0), np.flatnonzero(demand < 0)
    source, sink = circulation.num_nodes, circulation.num_nodes + 1
    solver = SimpleMaxFlow()
    arcs = solver.add_arcs_with_capacity(
        np.concatenate([circulation.tail, np.full(len(given), source), taken]),
        np.concatenate([circulation.head, given, np.full(len(taken), sink)]),
        np.concatenate([circulation.upper - least, demand[given], -demand[taken]]),
    )
    if solver.solve(source, sink) != SimpleMaxFlow.OPTIMAL:
        return None
    if solver.optimal_flow() == demand[given].sum():
        return np.asarray(solver.flows(arcs[: len(least)]), np.int64) + least
    inside = np.zeros(circulation.num_nodes + 2, bool)
    inside[np.asarray(solver.get_source_side_min_cut(), np.int64)] = True
    return Cut(inside[: circulation.num_nodes])
