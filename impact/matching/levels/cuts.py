"""Probe by cuts: where the other rules are a network, a maximum flow shows or a cut proves."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Floats, Ints
from impact.matching.levels.probe import Asked, Probe, Proof, Shown
from impact.matching.network.rows_as_arcs import Network, network_of
from impact.matching.network.units import Bounds, bounds_of, finest_units
from impact.matching.solvers.flow import Circulation
from impact.matching.solvers.max_flow import Cut, feasible

ROUNDING = 1e-11
"""The share by which floors are eased, so that no cut comes of floating point alone."""


@dataclass(frozen=True)
class _Cuts:
    """The network of what was asked, in units; `arc_of` says through which arc a producer gets exposure."""

    asked: Asked
    network: Network
    bounds: Bounds
    per_exposure: float
    arc_of: Ints  # [producer of the ladder]

    def __call__(self, floors: Floats) -> Shown | Proof:
        wanted = np.floor(floors * self.per_exposure * (1 - ROUNDING)).astype(np.int64)
        if np.any(self.bounds.lower > self.bounds.upper):
            return Proof(np.zeros(len(floors)), -np.inf, ())
        narrow = (wanted > self.bounds.upper[self.arc_of]) & (self.bounds.upper_row[self.arc_of] >= 0)
        if narrow.any():
            return self._narrowest(floors, narrow)
        network, lower, upper = self.network, self.bounds.lower.copy(), self.bounds.upper.copy()
        lower[self.arc_of] = np.maximum(lower[self.arc_of], wanted)
        upper[self.arc_of] = np.maximum(upper[self.arc_of], wanted)  # no row says less: others do
        costs = np.zeros_like(lower)
        found = feasible(Circulation(network.num_nodes, network.tail, network.head, lower, upper, costs))
        assert found is not None  # units were chosen so that sums fit
        return self._proof(found, wanted) if isinstance(found, Cut) else self._shown(found)

    def _shown(self, units: Ints) -> Shown:
        columns = units[: self.network.num_columns] / self.per_exposure
        return Shown(self.asked.posed.exposure(columns))

    def _narrowest(self, floors: Floats, narrow: Bools) -> Proof:
        """Prove that the one producer whose arc carries least of its floor cannot get more."""
        most = self.bounds.upper[self.arc_of] / self.per_exposure
        worst = int(np.argmin(np.where(narrow, most / np.maximum(floors, most), 1.0)))
        weight = np.zeros(len(floors))
        weight[worst] = 1.0
        return self.asked.proof(weight, self._at_rows(self.arc_of[[worst]], self.bounds.upper_row))

    def _proof(self, cut: Cut, wanted: Ints) -> Proof:
        """Read a cut as a sum: what has to flow in through producers, against all that can flow out."""
        tail, head = cut.inside[self.network.tail], cut.inside[self.network.head]
        into, out = head & ~tail, tail & ~head
        asked = into[self.arc_of] & (wanted > self.bounds.lower[self.arc_of])
        into[self.arc_of[asked]] = False
        duals = self._at_rows(np.flatnonzero(out), self.bounds.upper_row)
        duals -= self._at_rows(np.flatnonzero(into), self.bounds.lower_row)
        return self.asked.proof(asked.astype(np.float64), duals)

    def _at_rows(self, arcs: Ints, row_of: Ints) -> Floats:
        """Weigh by 1 the rows that bound `arcs`, shape ``(row,)``."""
        rows = row_of[arcs]
        weights = np.zeros(len(self.asked.posed.program.lower))
        weights[rows[rows >= 0]] = 1.0
        return weights


def by_cuts(asked: Asked, blocks: Iterable[slice]) -> Probe | None:
    """Return a probe by cuts; None where `blocks` are no network, or too large for units."""
    nothing = np.zeros(asked.own.stop - asked.own.start)
    program = asked.program(nothing)
    network = network_of(program, blocks)
    per_exposure = None if network is None else finest_units(network, program)
    if network is None or per_exposure is None:
        return None
    bounds = bounds_of(network, program, per_exposure)
    return _Cuts(asked, network, bounds, per_exposure, network.arc_of[asked.own])
