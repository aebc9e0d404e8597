"""What rules and solvers share: linear rows `lower ≤ A·x ≤ upper`, and a linear program made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from impact.arrays import Floats, Ints

INF = float("inf")


@dataclass(frozen=True)
class Own:
    """Variables of a rule's own beside the exposures of links (a level, a deviation), 0 to `ceiling` each."""

    matrix: sparse.csr_array  # [row, variable]
    ceiling: Floats  # [variable]
    worth: Floats  # [variable], points per unit

    def __len__(self) -> int:
        return len(self.ceiling)


@dataclass(frozen=True)
class Rows:
    """Linear rows over the links of a problem, and over variables of the rule's own where it has any.

    `labels` name what each row is about (a producer, a placement, a channel…). `limit` is each row's bound
    as people state it (a share, exposures, a quality), and `unit`, evaluated at a plan, how many row units
    one unit of that limit is. A row without a limit (NaN) only says what the rule's own variables are.
    """

    matrix: sparse.csr_array  # [row, link]
    lower: Floats  # [row]
    upper: Floats  # [row]
    limit: Floats  # [row]
    labels: tuple[str, ...]  # [row]
    own: Own | None = None
    turn: sparse.csr_array | None = None
    """[row, link] what is added to the coefficient of an exposure as long as it is one that was published;
    only to coefficients of links that the row has."""

    def __len__(self) -> int:
        return len(self.lower)

    def stated(self) -> "Stated":
        """Return what is asked for, without what it is asked of."""
        return Stated(self.lower, self.upper, self.limit, self.labels, len(self.own) if self.own else 0)


@dataclass(frozen=True)
class Stated:
    """Rows without their coefficients, which a posed program holds once; with the number of own variables."""

    lower: Floats  # [row]
    upper: Floats  # [row]
    limit: Floats  # [row]
    labels: tuple[str, ...]  # [row]
    num_own: int

    def __len__(self) -> int:
        return len(self.lower)


def rows_at_most(matrix: sparse.csr_array, upper: Floats, limit: Floats, labels: Sequence[str]) -> Rows:
    """Make rows `A·x ≤ upper`."""
    return Rows(matrix, np.full(len(upper), -INF), upper, limit, tuple(labels))


def rows_at_least(matrix: sparse.csr_array, lower: Floats, limit: Floats, labels: Sequence[str]) -> Rows:
    """Make rows `lower ≤ A·x`."""
    return Rows(matrix, lower, np.full(len(lower), INF), limit, tuple(labels))


def sum_matrix(row_of: Ints, num_rows: int, coefficient: Floats | None = None) -> sparse.csr_array:
    """Return the matrix whose row r adds up the links e with ``row_of[e] == r``; -1 leaves a link out."""
    links = np.flatnonzero(row_of >= 0)
    weight = np.ones(len(links)) if coefficient is None else coefficient[links]
    place = (row_of[links].astype(np.int32), links.astype(np.int32))
    return sparse.csr_array((weight, place), shape=(num_rows, len(row_of)))


def stack(parts: Sequence[Rows]) -> Rows:
    """Put rows below one another."""
    return Rows(
        _narrow(sparse.vstack([part.matrix for part in parts], format="csr")),
        np.concatenate([part.lower for part in parts]),
        np.concatenate([part.upper for part in parts]),
        np.concatenate([part.limit for part in parts]),
        tuple(chain.from_iterable(part.labels for part in parts)),
        _beside(parts),
        _turning(parts),
    )


def _narrow(matrix: sparse.csr_array) -> sparse.csr_array:
    """Number columns by 32 bits where that is enough: they are half of what a matrix holds."""
    if max(matrix.nnz, *matrix.shape) > np.iinfo(np.int32).max:
        return sparse.csr_array(matrix)
    numbers = (each.astype(np.int32, copy=False) for each in (matrix.indices, matrix.indptr))
    return sparse.csr_array((matrix.data, *numbers), shape=matrix.shape, copy=False)


def _turning(parts: Sequence[Rows]) -> sparse.csr_array | None:
    if all(part.turn is None for part in parts):
        return None
    turns = (sparse.csr_array(part.matrix.shape) if part.turn is None else part.turn for part in parts)
    return _narrow(sparse.vstack(list(turns), format="csr"))


def _beside(parts: Sequence[Rows]) -> Own | None:
    """Put the own variables of `parts` beside one another: those of one part are zero in the others' rows."""
    if not any(part.own for part in parts):
        return None
    none = np.empty(0)
    owns = [part.own or Own(sparse.csr_array((len(part), 0)), none, none) for part in parts]
    return Own(
        _narrow(sparse.block_diag([own.matrix for own in owns], format="csr")),
        np.concatenate([own.ceiling for own in owns]),
        np.concatenate([own.worth for own in owns]),
    )


@dataclass(frozen=True)
class LinearProgram:
    """Maximise ``worth @ x`` over ``0 ≤ x ≤ ceiling`` and the rows."""

    worth: Floats  # [column]
    ceiling: Floats  # [column]
    matrix: sparse.csr_array  # [row, column]
    lower: Floats  # [row]
    upper: Floats  # [row]


@dataclass(frozen=True)
class LinearAnswer:
    """What a solver said; `x`, `duals` and `ray` only where it has them.

    `duals` are gains of worth per unit of a row's bound: positive where `upper` binds, negative where
    `lower` does. Where the status is ``infeasible``, `ray` has weights of rows, of the same signs, that
    may prove it by Farkas' lemma, and `x` and `duals` are only where the solver stood when it found out.
    """

    status: str
    x: Floats | None
    duals: Floats | None
    engine: str
    ray: Floats | None = None


def bound(program: LinearProgram, duals: Floats) -> float:
    """Compute the upper bound on the worth that any `duals` prove, by weak duality.

    Duals of the wrong sign (pushing on a side that has no bound) count as zero, so the bound holds
    whatever a solver returned; it is infinite only where an unlimited column has a positive reduced worth.
    """
    usable = np.where((duals > 0) & np.isinf(program.upper), 0.0, duals)
    usable = np.where((usable < 0) & np.isinf(program.lower), 0.0, usable)
    sides = np.where(usable > 0, program.upper, np.where(usable < 0, program.lower, 0.0))
    reduced = np.maximum(program.worth - program.matrix.T @ usable, 0.0)
    gains = reduced * np.where(reduced > 0, program.ceiling, 0.0)
    return float(usable @ sides + gains.sum())


def keeps_rows(program: LinearProgram, x: Floats, tolerance: float) -> bool:
    """Tell whether `x` breaks no row by more than `tolerance` of its size, of 1 where that is less."""
    activity = program.matrix @ x
    short = np.maximum(program.lower - activity, activity - program.upper)
    return bool(np.all(short <= tolerance * np.maximum(np.abs(activity), 1.0)))
