"""Welfare by rank: the least ratio of each cell, or all ratios weighed by rank, the worst off most.

A sum of the m least ratios is max_t m·t − Σ_i max(t − r_i, 0), so that falling weights by rank are a sum of
such sums with weights above 0: Ogryczak & Śliwiński 2003, doi:10.1016/S0377-2217(02)00399-2 (generalised
Gini in ranking: Do & Usunier 2022, doi:10.1145/3477495.3532035).
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints
from impact.matching.question.rows import Own, Rows, rows_at_least, stack, sum_matrix
from impact.matching.spread.owners import Owners

BELOW = 1.0
"""How far below the least ratio there can be levels are counted from."""


@dataclass(frozen=True)
class _Least:
    """`weight` points for the sum of the least `share` of ratios of each cell; None: of the very least."""

    share: float | None
    weight: float


@dataclass(frozen=True)
class Ranks:
    """Σ_k ω_k·r_(k) in each cell, `steps` being ω for equal steps of owners; without any, the least ratio."""

    owners: Owners
    steps: tuple[float, ...]
    weight: float

    def rows(self) -> Rows:
        """Write rows over three kinds of variables: the share g each owner has, levels t, and shortfalls s.

        Σ_{e of i} x_e ≥ K_i·g_i, and for every sum of least ratios s_i + g_i − t ≥ owed_i/K_i, with t counted
        from `BELOW` the least ratio there can be. Variables end where no plan reaches, so that prices of the
        first rows alone prove what welfare is possible. The sum of all ratios needs no level.
        """
        owners, num = self.owners, len(self.owners)
        total, zero = sum_matrix(owners.owner_of, num), np.zeros(num)
        given = rows_at_least(total, zero, zero, owners.names)
        least = self._sums()
        below = [self._below(part) for part in least]
        none = sparse.csr_array((num * len(least), total.shape[1]))
        labels = [f"{name}:step-{number}" for number in range(1, len(least) + 1) for name in owners.names]
        lower = np.tile(self._lowest()[owners.cell_of] - owners.low, len(least))
        ranked = rows_at_least(none, lower, np.full(len(lower), np.nan), labels)
        less = sparse.csr_array(-sparse.diags_array(owners.capacity))
        had = Own(less, self._beyond(), np.full(num, self._of_all()))
        return replace(stack([given, ranked]), own=_joined(had, below))

    def own(self, given: Floats) -> Floats:
        """Return the best values of the variables where owners are `given` so much."""
        owners = self.owners
        ratio = (given - owners.owed) / owners.capacity
        parts = [given / owners.capacity]
        for least in self._sums():
            level = np.array([_quantile(ratio[cell], least.share) for cell in self._cells()])
            parts += [level - self._lowest()]
            if least.share is not None:
                parts += [np.maximum(level[owners.cell_of] - ratio, 0.0)]
        return np.concatenate(parts)

    def welfare(self, given: Floats) -> float:
        """Compute the welfare, before it is weighed, where owners are `given` so much."""
        ratio = (given - self.owners.owed) / self.owners.capacity
        return float(sum(self._by_rank(len(cell)) @ np.sort(ratio[cell]) for cell in self._cells()))

    def _by_rank(self, num: int) -> Floats:
        """Return the weight of each rank; a rank across two steps has its part of both."""
        if not self.steps:
            return np.eye(1, num).ravel()
        border = np.linspace(0.0, num, len(self.steps) + 1)
        within = np.clip(np.arange(1, num + 1)[:, None] - border[:-1], 0.0, None)
        before = np.clip(np.arange(num)[:, None] - border[:-1], 0.0, None)
        length = np.diff(border)
        weights: Floats = (np.minimum(within, length) - np.minimum(before, length)) @ np.array(self.steps)
        return weights

    def _sums(self) -> list[_Least]:
        """Take the weights apart into sums of least ratios, that of all ratios left out."""
        if not self.steps:
            return [_Least(None, self.weight)]
        parts = [
            _Least((number + 1) / len(self.steps), self.weight * (more - less))
            for number, (more, less) in enumerate(pairwise(self.steps))
        ]
        return [part for part in parts if part.weight > 0]

    def _of_all(self) -> float:
        """Return what each ratio is worth whatever its rank."""
        return self.weight * self.steps[-1] if self.steps else 0.0

    def _below(self, least: _Least) -> Own:
        """Return levels, and shortfalls below them, of one sum of least ratios."""
        num, cell_of = len(self.owners), self.owners.cell_of
        size = np.bincount(cell_of).astype(np.float64)
        level = sparse.csr_array((-np.ones(num), (np.arange(num), cell_of)), shape=(num, len(size)))
        most = np.full(len(size), float(self._beyond().max()) + BELOW)
        if least.share is None:
            return Own(level, most, np.full(len(size), least.weight))
        return Own(
            sparse.csr_array(sparse.hstack([level, sparse.eye_array(num)], format="csr")),
            np.append(most, np.full(num, most[0])),
            np.append(least.weight * least.share * size, np.full(num, -least.weight)),
        )

    def _beyond(self) -> Floats:
        """Return a share of capacity that no owner can have, shape ``(owner,)``."""
        return 2.0 * self.owners.most / self.owners.capacity + np.ptp(self.owners.low)

    def _lowest(self) -> Floats:
        """Return where levels are counted from in each cell, shape ``(cell,)``."""
        return np.array([self.owners.low[cell].min() for cell in self._cells()]) - BELOW

    def _cells(self) -> list[Ints]:
        order: Ints = np.argsort(self.owners.cell_of, kind="stable")
        starts = np.flatnonzero(np.diff(self.owners.cell_of[order])) + 1
        cells: list[Ints] = np.split(order, starts) if len(order) else []
        return cells


def _quantile(ratio: Floats, share: float | None) -> float:
    """Return the level that the least `share` of ratios do not exceed; the least where there is none."""
    rank = 0 if share is None else int(np.ceil(share * len(ratio) - 1e-9)) - 1
    return float(np.partition(ratio, max(rank, 0))[max(rank, 0)])


def _joined(had: Own, below: list[Own]) -> Own:
    """Put variables beside one another: every sum has rows of its own, and shares count in all of them."""
    num = len(had)
    counted = sparse.vstack([sparse.eye_array(num)] * len(below)) if below else sparse.csr_array((0, num))
    beside = sparse.block_diag([own.matrix for own in below]) if below else sparse.csr_array((0, 0))
    matrix = sparse.block_array([[had.matrix, None], [counted, beside]], format="csr")
    every = (had, *below)
    return Own(
        sparse.csr_array(matrix if beside.shape[1] else sparse.vstack([had.matrix, counted], format="csr")),
        np.concatenate([own.ceiling for own in every]),
        np.concatenate([own.worth for own in every]),
    )
