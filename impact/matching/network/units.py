"""Whole units: exposures and values as the whole numbers a flow counts in."""

from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints
from impact.matching.network.rows_as_arcs import Network
from impact.matching.question.rows import LinearProgram

FLOW_BITS = 60
"""All columns' bounds together stay below 2 to this power, so that the sums at every node do."""
COARSEST_BITS, FINEST_BITS = 21, 30
"""A fraction of an exposure is 1/2^21 (half the tolerance of the smallest row) to 1/2^30."""
COST_BITS = 61
"""The largest cost times the number of nodes stays below 2 to this power, as the solver demands."""
ROUNDING = 1e-12
"""The share of a sum that is put down to floating point."""
FEW_BITS, VALUE_BITS = 24, 40
"""Values are told apart to so many bits of the largest: to few in a first flow, which takes half the time."""


@dataclass(frozen=True)
class Bounds:
    """What each arc carries in units, and which row says so; -1 where none does."""

    lower: Ints  # [arc]
    upper: Ints  # [arc]
    lower_row: Ints  # [arc]
    upper_row: Ints  # [arc]


def units_per_exposure(network: Network, program: LinearProgram) -> float | None:
    """Choose the unit: an exposure where all bounds are whole, else the smallest power of two that fits.

    None where no unit is fine enough for every row to keep its tolerance.
    """
    bounds = np.concatenate([program.ceiling, program.lower, program.upper])
    bounds = bounds[np.isfinite(bounds)]
    if _spare(network, program) >= 0 and np.all(bounds == np.round(bounds)):
        return 1.0
    return finest_units(network, program)


def finest_units(network: Network, program: LinearProgram) -> float | None:
    """Choose the smallest power of two that fits; None where it is not fine enough."""
    spare = _spare(network, program)
    return 2.0 ** min(spare, FINEST_BITS) if spare >= COARSEST_BITS else None


def _spare(network: Network, program: LinearProgram) -> int:
    """Count the bits that are left for parts of an exposure."""
    return FLOW_BITS - int(np.ceil(np.log2(1.0 + _reach(network, program).sum())))


def bounds_of(network: Network, program: LinearProgram, per_exposure: float) -> Bounds:
    """Count bounds in units: floors rounded down and ceilings up, so that rounding loses no plan.

    Where no row says how much an arc carries, it could carry a unit more than its neighbours let through, and
    so never binds.
    """
    num_columns, arc_of = network.num_columns, network.arc_of
    reach = _reach(network, program) * per_exposure
    upper = np.zeros(len(network.tail), np.int64)
    upper[:num_columns] = np.minimum(_up(program.ceiling * per_exposure), _up(reach) + 1)
    sets = np.flatnonzero(arc_of >= num_columns)
    upper[arc_of[sets]] = _up((program.matrix[sets] @ (reach + 2.0)) * (1 + ROUNDING))
    upper, upper_row = _tightened(upper, _up(program.upper * per_exposure), arc_of)
    lower, lower_row = _tightened(np.zeros_like(upper), _up(-program.lower * per_exposure), arc_of)
    return Bounds(-lower, upper, lower_row, upper_row)


def costs_of(network: Network, worth: Floats, most_bits: int) -> tuple[Ints, float]:
    """Count values as whole costs below zero, and say how many a unit of value is; sets cost nothing.

    The largest value has `most_bits`, or as many as fit.
    """
    largest = float(np.abs(worth).max(initial=0.0))
    bits = min(most_bits, COST_BITS - int(np.ceil(np.log2(1 + network.num_nodes))))
    per_value = 2.0 ** (bits - np.ceil(np.log2(largest))) if largest > 0 else 1.0
    cost = np.zeros(len(network.tail), np.int64)
    cost[: network.num_columns] = np.round(-worth * per_value)
    return cost, per_value


def _reach(network: Network, program: LinearProgram) -> Floats:
    """Compute what a column could carry within its inmost sets, in exposures, shape ``(column,)``."""
    most, rows = np.full(len(network.tail), np.inf), np.flatnonzero(network.arc_of >= 0)
    np.minimum.at(most, network.arc_of[rows], program.upper[rows])
    by_node = np.concatenate([[np.inf], most[network.num_columns :]])
    ends = np.minimum(by_node[network.tail], by_node[network.head])[: network.num_columns]
    reach: Floats = np.minimum(np.minimum(program.ceiling, most[: network.num_columns]), ends)
    return np.maximum(reach, 0.0)


def _up(units: Floats) -> Ints:
    """Round up, taking for unlimited what is more, either way, than all arcs together carry."""
    return np.ceil(np.clip(units, -(2.0**62), 2.0**62)).astype(np.int64)


def _tightened(most: Ints, by_row: Ints, arc_of: Ints) -> tuple[Ints, Ints]:
    """Lower `most` to what the rows of each arc allow; say which row allows least, -1 where none less."""
    rows = np.flatnonzero(arc_of >= 0)
    rows = rows[by_row[rows] < most[arc_of[rows]]]
    rows = rows[np.argsort(-by_row[rows], kind="stable")]
    tightest, row_of = most.copy(), np.full(len(most), -1)
    tightest[arc_of[rows]], row_of[arc_of[rows]] = by_row[rows], rows  # the last one written is the tightest
    return tightest, row_of
