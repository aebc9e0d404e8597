"""Close a gap: go on from an answer that keeps all rows once some ask for nothing, by GLOP's primal simplex.

What the answer gives keeps the rows still, so that nothing has to be found first; only columns that add to
the aim come in (column generation, Dantzig & Wolfe 1960, doi:10.1287/opre.8.1.101).
"""

from dataclasses import replace
from time import perf_counter

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.bases import BASIC, FREE, UPPER, Basis, basis_at, price_scale, values
from impact.matching.solvers.condensed import Condensed, condensed
from impact.matching.solvers.simplex import Ended, from_basis
from impact.matching.solvers.warm import part_of

NEAREST = 6_000
"""So many columns nearest to their price are in from the first on."""
MOST_ADDED, MOST_ROUNDS = 4_000, 4
"""So many come in at once, those that add most by unit; and so often before it is given up."""
CLOSED = 1e-9
"""What is left of the gap, in units of the aim, that is put down to floating point."""


def closed(
    program: LinearProgram, answer: LinearAnswer, freed: Bools, aim: Floats, seconds: float
) -> Floats | None:
    """Raise `aim @ x` to 0, the most it can be, from the best `answer` to `program` on, without rows `freed`.

    Rows that bound columns ask for what they do all the same. None where it is not got there, which proves
    nothing.
    """
    assert answer.x is not None
    assert answer.duals is not None
    few = condensed(program)
    freed = freed & ~few.bounding
    lower, upper = np.where(freed, -np.inf, program.lower), np.where(freed, np.inf, program.upper)
    less = condensed(replace(program, worth=aim, lower=lower, upper=upper), few)  # some of its rows are free
    duals = few.inner_duals(answer.duals)
    basis = _freed(less.program, basis_at(few.program, few.inner_columns(answer.x), duals))
    x = _raised(less, basis, _nearest(few.program, duals), perf_counter() + seconds)
    return None if x is None else less.columns(x)


def _nearest(program: LinearProgram, duals: Floats) -> Ints:
    far = np.abs(program.worth - program.matrix.T @ duals) / np.maximum(price_scale(program, duals), 1e-200)
    return np.argsort(far, kind="stable")[:NEAREST]


def _freed(program: LinearProgram, basis: Basis) -> Basis:
    """Have rows that ask for nothing stand at no bound."""
    free = np.isinf(program.lower) & np.isinf(program.upper) & (basis.rows != BASIC)
    return replace(basis, rows=np.where(free, FREE, basis.rows).astype(np.int8))


def _raised(less: Condensed, basis: Basis, nearest: Ints, until: float) -> Floats | None:
    """Solve over some columns, and bring in those that add to the aim, until it is reached."""
    program, by_column = less.program, sparse.csc_array(less.program.matrix)
    kept = basis.columns == BASIC
    kept[nearest] = True
    for _ in range(MOST_ROUNDS):
        inside, fixed = np.flatnonzero(kept), np.where(kept, 0.0, values(program, basis))
        part = part_of(program, by_column, inside, fixed)
        ended = from_basis(part, basis.of(inside), until - perf_counter(), dual=False)
        if ended.status != "optimal":
            return None
        fixed[inside] = ended.x
        if program.worth @ fixed >= -CLOSED:
            return fixed
        basis = basis.with_columns(inside, ended.basis)
        adding = _adding(program, kept, basis, ended)
        if not len(adding):
            return None
        kept[adding] = True
    return None


def _adding(program: LinearProgram, kept: Bools, basis: Basis, ended: Ended) -> Ints:
    """Return the columns left out that add most to the aim by unit."""
    reduced = program.worth - program.matrix.T @ ended.duals
    adds = np.where(basis.columns == UPPER, -reduced, reduced)
    adds[kept | (program.ceiling <= 0)] = 0.0
    best = np.argsort(-adds, kind="stable")[:MOST_ADDED]
    adding: Ints = best[adds[best] > 0]
    return adding
