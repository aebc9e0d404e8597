"""Bases of the simplex: read off an answer to start from, and what one proves where the search ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from impact.arrays import Floats, Ints
from impact.matching.question.rows import LinearProgram, bound

FREE, LOWER, UPPER, BASIC = 1, 2, 3, 5
"""As OR-Tools numbers them."""
NO_PRICE = 1e-9
"""A column is basic where what it earns beyond its price is at most this share of both."""
TRIED = 64
"""How many rows of a basis are looked at for a proof."""
Standings = NDArray[np.int8]


@dataclass(frozen=True)
class Basis:
    """Which columns and rows are basic, and at which bound each other one stands."""

    columns: Standings  # [column]
    rows: Standings  # [row]

    def of(self, columns: Ints) -> "Basis":
        """Return the basis over some columns; all others stand at a bound."""
        return replace(self, columns=self.columns[columns])

    def with_columns(self, columns: Ints, part: "Basis") -> "Basis":
        """Return the basis with that of some columns put in."""
        standings = self.columns.copy()
        standings[columns] = part.columns
        return Basis(standings, part.rows)


def slack_basis(program: LinearProgram) -> Basis:
    """Stand every column where the simplex starts from nothing: at 0, every row basic."""
    return Basis(np.full(len(program.worth), LOWER, np.int8), np.full(len(program.lower), BASIC, np.int8))


def basis_at(program: LinearProgram, x: Floats, duals: Floats) -> Basis:
    """Guess the basis of an answer: what earns no more than its price is basic, rows without a price are.

    At the vertex of an optimal basis that is the basis, but for ties; among those the columns furthest
    from their bounds come first. Any guess will do: the simplex mends it.
    """
    reduced, scale = program.worth - program.matrix.T @ duals, price_scale(program, duals)
    rows = np.where(duals > 0, UPPER, np.where(duals < 0, LOWER, BASIC)).astype(np.int8)
    room = len(rows) - int((rows == BASIC).sum())
    columns = np.where((reduced > 0) & np.isfinite(program.ceiling), UPPER, LOWER).astype(np.int8)
    inside = np.minimum(x, program.ceiling - x) / np.maximum(np.minimum(program.ceiling, 1e300), 1e-300)
    likely = np.lexsort((-inside, np.abs(reduced) > NO_PRICE * scale))[:room]
    columns[likely] = BASIC
    short = room - len(likely)
    rows[np.flatnonzero(rows != BASIC)[:short]] = BASIC
    return Basis(columns, rows)


def price_scale(program: LinearProgram, duals: Floats) -> Floats:
    """Return the size of the figures that what a column earns beyond its price is the difference of."""
    scale: Floats = np.abs(program.worth) + abs(program.matrix).T @ np.abs(duals)
    return scale


def values(program: LinearProgram, basis: Basis) -> Floats:
    """Return where columns stand that are not basic, 0 for those that are, shape ``(column,)``."""
    return np.where((basis.columns == UPPER) & np.isfinite(program.ceiling), program.ceiling, 0.0)


def duals_at(program: LinearProgram, basis: Basis) -> Floats | None:
    """Return the duals of `basis` for what columns are worth in `program`; None where it is singular."""
    square = _square(program, basis)
    prices = None if square is None else _solving(square.T)
    if prices is None:
        return None
    worth = program.worth[basis.columns == BASIC]
    return prices(np.append(worth, np.zeros(len(basis.rows) - len(worth))))


def ray(program: LinearProgram, basis: Basis) -> Floats | None:
    """Find weights of rows that prove `program` impossible, where the dual simplex ended at `basis`.

    It ends at a basic variable that is beyond its bound and cannot be brought back: that variable's row
    of the inverse basis is the proof. Which one it was is not told, so the furthest beyond are tried.
    """
    square = _square(program, basis)
    stands, weigh = (None, None) if square is None else (_solving(square), _solving(square.T))
    if stands is None or weigh is None:
        return None
    beyond = _beyond(program, basis, stands(-_fixed(program, basis)))
    for number in np.argsort(-np.abs(beyond), kind="stable")[:TRIED]:
        if beyond[number] == 0:
            break
        weights = weigh(np.where(np.arange(len(beyond)) == number, np.sign(beyond[number]), 0.0))
        for duals in (weights, -weights):
            if proves(program, duals):
                return duals
    return None


def proves(program: LinearProgram, weights: Floats) -> bool:
    """Tell whether rows so weighed prove `program` impossible: together they demand what no columns give."""
    return bound(replace(program, worth=np.zeros(len(program.worth))), weights) < 0


def _square(program: LinearProgram, basis: Basis) -> sparse.csc_matrix | None:
    """Put the basic columns beside the basic rows' own activities; None where they make no square."""
    columns, rows = np.flatnonzero(basis.columns == BASIC), np.flatnonzero(basis.rows == BASIC)
    if len(columns) + len(rows) != len(basis.rows) or not len(basis.rows):
        return None
    slack = sparse.csc_array(
        (-np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(basis.rows), len(rows))
    )
    return sparse.csc_matrix(sparse.hstack([program.matrix[:, columns], slack]))


def _solving(square: sparse.spmatrix) -> Callable[[Floats], Floats] | None:
    """Factorise, to solve for any right-hand side; None where it is singular but for rounding.

    SuperLU's own way to solve with the transposed is not used: on small bases it hands BLAS illegal values.
    """
    try:
        return splu(sparse.csc_matrix(square)).solve
    except RuntimeError:
        return None


def _fixed(program: LinearProgram, basis: Basis) -> Floats:
    """Add up what all that is not basic contributes to each row less its own activity."""
    side = np.where(basis.rows == UPPER, program.upper, np.where(basis.rows == LOWER, program.lower, 0.0))
    held: Floats = program.matrix @ values(program, basis) - np.where(np.isfinite(side), side, 0.0)
    return held


def _beyond(program: LinearProgram, basis: Basis, basic: Floats) -> Floats:
    """Say how far basic columns and rows are beyond their bounds, above it positive."""
    columns, rows = basis.columns == BASIC, basis.rows == BASIC
    lower = np.concatenate([np.zeros(int(columns.sum())), program.lower[rows]])
    upper = np.concatenate([program.ceiling[columns], program.upper[rows]])
    beyond: Floats = np.maximum(basic - upper, 0.0) - np.maximum(lower - basic, 0.0)
    return beyond
