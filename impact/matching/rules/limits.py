"""What always holds: supply of placements, capacity of producers and products, floors already promised."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.errors import Issue
from impact.matching.question.problem import Problem, Texts
from impact.matching.question.rows import Rows, rows_at_least, rows_at_most, sum_matrix
from impact.matching.rules.obeyed import Obeyed


@dataclass(frozen=True)
class _Limit(Obeyed):
    """A limit that comes with the tables, in exposures."""

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        return np.ones(1)


@dataclass(frozen=True)
class Supply(_Limit):
    """A placement gives no more than its supply: Σ_{e∈j} x_e ≤ S_j."""

    id: str = "supply"
    kind: str = "supply"

    def rows(self, problem: Problem) -> Rows:
        return _at_most(problem, problem.placement_of, problem.supply, problem.placement_ids)


@dataclass(frozen=True)
class Capacity(_Limit):
    """A producer gets no more than it can serve: X_i ≤ K_i."""

    id: str = "capacity"
    kind: str = "capacity"

    def rows(self, problem: Problem) -> Rows:
        return _at_most(problem, problem.producer_of, problem.capacity, problem.producer_ids)


@dataclass(frozen=True)
class ProductCapacity(_Limit):
    """A product gets no more than it can serve."""

    id: str = "product_capacity"
    kind: str = "product_capacity"

    def rows(self, problem: Problem) -> Rows:
        return _at_most(problem, problem.product_of, problem.product_capacity, problem.product_ids)


@dataclass(frozen=True)
class Promise(_Limit):
    """A producer gets what was promised, as far as it can be reached: X_i ≥ min(ℓ_i, reachable_i)."""

    id: str = "promised"
    kind: str = "promised"

    def rows(self, problem: Problem) -> Rows:
        return floor_rows(problem, problem.promised)

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        return floor_cautions(problem, self.id, problem.promised)


def floor_rows(problem: Problem, floor: Floats, limit: Floats | None = None) -> Rows:
    """Write X_i ≥ min(floor_i, reachable_i) for the producers that have a floor.

    `limit` is the floor as people state it, when that is not in exposures.
    """
    reached = np.minimum(floor, problem.reachable)
    kept = np.flatnonzero(reached > 0)
    matrix = sum_matrix(_renumbered(kept, len(reached))[problem.producer_of], len(kept))
    stated = reached if limit is None else limit
    return rows_at_least(matrix, reached[kept], stated[kept], [problem.producer_ids[i] for i in kept])


def floor_cautions(problem: Problem, rule: str, floor: Floats) -> Iterator[Issue]:
    """Name the floor that some producers could not reach even alone, those that nothing reaches apart."""
    beyond, reached = floor > problem.reachable * (1 + 1e-9), problem.reachable > 0
    for code, concerned in (("floor_above_reach", reached), ("floor_without_reach", ~reached)):
        found = np.flatnonzero(beyond & concerned)
        if len(found):
            params = {"rule": rule, "producers": len(found), "first": problem.producer_ids[found[0]]}
            yield Issue(code, params=params)


def _at_most(problem: Problem, owner_of: Ints, most: Floats, ids: Texts) -> Rows:
    """Write Σ_{e of owner} x_e ≤ most, leaving out owners whose links could never exceed it.

    Limits of rules on single links do not count in that: they may have to give way.
    """
    kept = np.flatnonzero(sums(problem.box, owner_of, len(most)) > most)
    matrix = sum_matrix(_renumbered(kept, len(most))[owner_of], len(kept))
    return rows_at_most(matrix, most[kept], most[kept], [ids[i] for i in kept])


def _renumbered(kept: Ints, size: int) -> Ints:
    """Return the position in `kept` of each number below `size`, -1 for those left out."""
    place = np.full(size, -1, np.int64)
    place[kept] = np.arange(len(kept))
    return place
