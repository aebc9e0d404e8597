"""Answer by flow: the same promise as the simplex, kept faster where the rules are a network."""

from collections.abc import Iterable

import numpy as np

from impact.arrays import Floats
from impact.matching.check.claims import EXACT_GAP, TOLERANCE, gap
from impact.matching.network.rows_as_arcs import Network, network_of
from impact.matching.network.units import (
    FEW_BITS,
    VALUE_BITS,
    Bounds,
    bounds_of,
    costs_of,
    units_per_exposure,
)
from impact.matching.question.rows import LinearAnswer, LinearProgram, bound, keeps_rows
from impact.matching.solvers.flow import ENGINE, Circulation, flows

SECONDS_PER_COLUMN = 4e-5
"""A flow cannot be stopped: it is asked only where the time left is as much."""
ROW_TOLERANCE = TOLERANCE / 2
"""The most a row may be broken by, relative to its size."""


def answer_by_flow(
    program: LinearProgram, blocks: Iterable[slice], seconds: float, asked_gap: float
) -> LinearAnswer | None:
    """Maximise `program` as a min-cost flow, where the rows of `blocks` are a network.

    Exposures are whole where all bounds are. Else they are counted in fractions of an exposure so small that
    every row keeps its tolerance. None where another method has to answer: the rows are no network, no plan
    was found, it breaks a row or is not proved as close to the best as asked, or `seconds` are too few.
    """
    if seconds < SECONDS_PER_COLUMN * len(program.worth):
        return None
    network = network_of(program, blocks)
    return None if network is None else _answered(network, program, asked_gap)


def _answered(network: Network, program: LinearProgram, asked_gap: float) -> LinearAnswer | None:
    per_exposure = units_per_exposure(network, program)
    if per_exposure is None:
        return None
    bounds = bounds_of(network, program, per_exposure)
    cost, per_value = costs_of(network, program.worth, VALUE_BITS)
    few, per_few = costs_of(network, program.worth, FEW_BITS)
    whole = Circulation(network.num_nodes, network.tail, network.head, bounds.lower, bounds.upper, cost)
    for flow in flows(whole, few, round(per_value / per_few)):
        x = np.minimum(flow.units[: network.num_columns] / per_exposure, program.ceiling)
        duals = _duals(program, network, bounds, flow.potential / per_value)
        if _kept(program, x, duals, asked_gap):
            return LinearAnswer("optimal", x, duals, ENGINE)
    return None


def _duals(program: LinearProgram, network: Network, bounds: Bounds, potential: Floats) -> Floats:
    """Read the duals of the rows off the potentials of their arcs, each at the row that binds there."""
    num_columns = network.num_columns
    gain = potential[network.head] - potential[network.tail]
    gain[:num_columns] = 0.0
    duals = _at_rows(gain, bounds, len(program.lower))
    left = np.zeros_like(gain)
    left[:num_columns] = program.worth - program.matrix.T @ duals
    return duals + _at_rows(left, bounds, len(program.lower))


def _at_rows(gain: Floats, bounds: Bounds, num_rows: int) -> Floats:
    """Lay gains per unit of each arc's bound out by row: positive where it is an upper bound."""
    row_of = np.where(gain > 0, bounds.upper_row, bounds.lower_row)
    told = (gain != 0) & (row_of >= 0)
    duals = np.zeros(num_rows)
    duals[row_of[told]] = gain[told]
    return duals


def _kept(program: LinearProgram, x: Floats, duals: Floats, asked_gap: float) -> bool:
    """Tell whether `x` breaks no row, and `duals` prove that it is as close to the best as asked."""
    proved = gap(float(program.worth @ x), bound(program, duals)) <= max(asked_gap, EXACT_GAP)
    return proved and keeps_rows(program, x, ROW_TOLERANCE)
