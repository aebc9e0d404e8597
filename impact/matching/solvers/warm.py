"""Solve on from an earlier answer, by GLOP's dual simplex over the columns that may matter.

What was best before the question changed is nearly best after: its basis is read off the answer (`bases`),
columns far from their price are left at their bounds, and in the end all are priced again (sifting, Bixby
et al. 1992, doi:10.1287/opre.40.5.885).
"""

from dataclasses import replace
from time import perf_counter

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.bases import (
    BASIC,
    UPPER,
    Basis,
    basis_at,
    duals_at,
    price_scale,
    ray,
    slack_basis,
    values,
)
from impact.matching.solvers.condensed import Condensed, condensed
from impact.matching.solvers.glop import ENGINES, solve_linear
from impact.matching.solvers.simplex import Ended, from_basis

ENGINE = ENGINES[True]
KEPT = 1
"""How many columns to a row are kept at first, those nearest to their price, beside those of the basis."""
LEFT = 1e-12
"""The share of the worth that columns left out may still add."""


def solve_from(program: LinearProgram, start: LinearAnswer | None, seconds: float) -> LinearAnswer:
    """Maximise `program`, starting from the answer to one of the same rows and columns.

    The start is a hint: the worth does not depend on it, but which of several best answers is found may.
    Where there is none, or it leads nowhere, all columns are solved from nothing. What is infeasible is
    proved so by a `ray`, unless rounding is all that speaks against it.
    """
    few = condensed(program)
    if few.crossing is not None:
        return LinearAnswer("infeasible", None, None, ENGINE, few.crossing)
    until = perf_counter() + seconds
    ended = _sifted(few.program, *_start(few, start), until)
    if ended.status == "not_solved":
        return solve_linear(program, max(until - perf_counter(), 0.0))
    found = LinearAnswer(ended.status, few.columns(ended.x), few.duals(ended.duals, program.worth), ENGINE)
    if ended.status == "optimal":
        return found
    proof = ray(few.program, ended.basis)
    nothing = np.zeros(len(program.worth))
    return found if proof is None else replace(found, ray=few.duals(proof, nothing))


def repriced(program: LinearProgram, answer: LinearAnswer, worth: Floats) -> Floats | None:
    """Return the duals of the basis of `answer`, the best of `program`, were columns worth `worth` instead.

    They prove what is best then, too, if the basis stays the best; None where it cannot be told.
    """
    if answer.x is None or answer.duals is None:
        return None
    few = condensed(program)
    basis = basis_at(few.program, few.inner_columns(answer.x), few.inner_duals(answer.duals))
    duals = duals_at(replace(few.program, worth=worth), basis)
    return None if duals is None else few.duals(duals, worth)


def _start(few: Condensed, start: LinearAnswer | None) -> tuple[Basis, Bools]:
    """Return the basis to start from and which columns to keep."""
    program = few.program
    if start is None or start.x is None or start.duals is None:
        return slack_basis(program), np.ones(len(program.worth), bool)
    duals = few.inner_duals(start.duals)
    basis = basis_at(program, few.inner_columns(start.x), duals)
    far = np.abs(program.worth - program.matrix.T @ duals) / np.maximum(price_scale(program, duals), 1e-300)
    kept = basis.columns == BASIC
    kept[np.argsort(far, kind="stable")[: KEPT * len(program.lower)]] = True
    return basis, kept


def _sifted(program: LinearProgram, basis: Basis, kept: Bools, until: float) -> Ended:
    """Solve over the columns kept until none of the others would add to the worth."""
    by_column = sparse.csc_array(program.matrix)
    while True:
        inside = np.flatnonzero(kept)
        fixed = np.where(kept, 0.0, values(program, basis))
        moved = program.matrix @ fixed
        part = LinearProgram(
            program.worth[inside],
            program.ceiling[inside],
            sparse.csr_array(by_column[:, inside]),
            np.minimum(program.lower - moved, program.upper - moved),  # rounding may cross them
            program.upper - moved,
        )
        ended = from_basis(part, basis.of(inside), until - perf_counter())
        basis = basis.with_columns(inside, ended.basis)
        if ended.status == "not_solved":
            return ended
        fixed[inside] = ended.x
        missing = ~kept if ended.status == "infeasible" else _missing(program, kept, basis, ended, fixed)
        if not missing.any():
            return Ended(ended.status, fixed, ended.duals, basis)
        kept = kept | missing


def _missing(program: LinearProgram, kept: Bools, basis: Basis, ended: Ended, x: Floats) -> Bools:
    """Tell which columns left out would add to the worth; none where all would add next to nothing."""
    reduced = program.worth - program.matrix.T @ ended.duals
    wanted = ~kept & ((reduced > 0) != (basis.columns == UPPER)) & (program.ceiling > 0)
    gains = np.abs(reduced) * np.where(wanted, program.ceiling, 0.0)
    enough = LEFT * max(abs(float(program.worth @ x)), 1e-300)
    return wanted & (gains > 0) if gains.sum() > enough else np.zeros(len(kept), bool)
