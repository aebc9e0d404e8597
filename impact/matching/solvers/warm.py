"""Solve on from an earlier answer, by GLOP's dual simplex over the columns that may matter.

What was best before the question changed is nearly best after: its basis is read off the answer (`bases`),
columns far from their price, as it was and as it is foretold, are left at their bounds, and in the end all
are priced again (sifting, Bixby et al. 1992, doi:10.1287/opre.40.5.885). Where those kept cannot keep the
rows, these may be broken at a penalty, whose prices tell which columns would help.
"""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints
from impact.matching.question.rows import INF, LinearAnswer, LinearProgram
from impact.matching.solvers.bases import (
    BASIC,
    LOWER,
    UPPER,
    Basis,
    basis_at,
    duals_at,
    price_scale,
    proves,
    ray,
    slack_basis,
    values,
)
from impact.matching.solvers.condensed import Condensed, condensed
from impact.matching.solvers.foretold import foretold
from impact.matching.solvers.glop import ENGINES, solve_linear
from impact.matching.solvers.simplex import Ended, from_basis

ENGINE = ENGINES[True]
NEAREST = 12_000
"""So many columns are kept at first, or as many as there are rows: those nearest to their price, as many that
are nearest to the price foretold, and those of the basis. Half as many often cannot keep the rows."""
HIGH_WORTH, DEARER_THAN_PRICE, LEAST_SHARE = 0.999, 10.0, 0.2
"""Breaking a row costs twice the worth that only one column in a thousand has, at most, and so many times its
price beside this share of the most, as far as that is less."""
DEARER_AGAIN = 30.0
"""So many times that where it was too little to make other columns worth a look; then all come in."""
LEFT = 1e-12
"""The share of the worth that columns left out may still add."""


def solve_from(
    program: LinearProgram, start: LinearAnswer | None, seconds: float, *, is_near: bool = False
) -> LinearAnswer:
    """Maximise `program`, starting from the answer to one of the same rows and columns.

    The start is a hint: the worth does not depend on it, but which of several best answers is found may. If
    there is none, or it leads nowhere, all columns are solved from nothing. What is infeasible is proved so
    by a `ray`, unless only rounding speaks against it. Where columns kept cannot keep the rows all come in;
    if the answer is expected near the start, not before rows eased lead nowhere.
    """
    few = condensed(program)
    if few.crossing is not None:
        return LinearAnswer("infeasible", None, None, ENGINE, few.crossing)
    until = perf_counter() + seconds
    begin = _start(few, start)
    ended = _sifted(few.program, begin, until) if is_near else None
    if ended is None or ended.status == "not_solved":
        ended = _sifted(few.program, replace(begin, penalties=None), until)
    if ended.status == "not_solved":
        return solve_linear(program, max(until - perf_counter(), 0.0))
    found = LinearAnswer(ended.status, few.columns(ended.x), few.duals(ended.duals, program.worth), ENGINE)
    if ended.status == "optimal":
        return found
    proof = ray(few.program, ended.basis)
    told = None if proof is None else few.duals(proof, np.zeros(len(program.worth)))
    return found if told is None or not proves(program, told) else replace(found, ray=told)


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


@dataclass(frozen=True)
class _Start:
    """Where to begin: at which basis, over which columns, and what breaking each row costs, if it may."""

    basis: Basis
    kept: Bools  # [column]
    penalties: Floats | None  # [row]


def _start(few: Condensed, start: LinearAnswer | None) -> _Start:
    """Return where to begin: over all columns where nothing is known."""
    program = few.program
    if start is None or start.x is None or start.duals is None:
        everything = np.ones(len(program.worth), bool)
        return _Start(slack_basis(program), everything, np.zeros(len(program.lower)))
    x, duals = few.inner_columns(start.x), few.inner_duals(start.duals)
    basis = basis_at(program, x, duals)
    basic = basis.columns == BASIC
    soon = foretold(program, np.where(basic, x, values(program, basis)), duals)
    return _Start(basis, basic | _looked_at(program, duals, soon), _penalties(program, soon))


def _looked_at(program: LinearProgram, duals: Floats, soon: Floats) -> Bools:
    """Choose columns near their price at `duals` or at `soon`, and those whose price passes them between."""
    now, then = (program.worth - program.matrix.T @ prices for prices in (duals, soon))
    chosen: Bools = (now > 0) != (then > 0)
    nearest = min(max(NEAREST, len(program.lower)), len(chosen))
    scale = np.maximum(price_scale(program, duals), 1e-200)
    for earned in (now, then):
        far = np.abs(earned) / scale
        chosen[np.argpartition(far, nearest - 1)[:nearest] if nearest else []] = True
    return chosen


def _penalties(program: LinearProgram, duals: Floats) -> Floats:
    """Say what breaking a row by a unit costs where its price is `duals`, shape ``(row,)``."""
    usable = np.abs(program.worth[program.ceiling > 0])
    high = 2.0 * float(np.quantile(usable, HIGH_WORTH)) if len(usable) else 1.0
    count, weight = np.diff(program.matrix.indptr), abs(program.matrix).sum(axis=1)
    most = high * np.divide(count, weight, out=np.ones(len(count)), where=weight > 0)
    return np.minimum(most, DEARER_THAN_PRICE * np.abs(duals) + LEAST_SHARE * most)


def _sifted(program: LinearProgram, start: _Start, until: float) -> Ended:
    """Solve over the columns kept until none of the others would add to the worth, or keep a row."""
    basis, kept, by_column = start.basis, start.kept, sparse.csc_array(program.matrix)
    penalties = [] if start.penalties is None else [start.penalties, DEARER_AGAIN * start.penalties]
    while True:
        inside = np.flatnonzero(kept)
        fixed = np.where(kept, 0.0, values(program, basis))
        part = part_of(program, by_column, inside, fixed)
        ended = from_basis(part, basis.of(inside), until - perf_counter())
        short = ended.status == "infeasible" and not kept.all()
        eased = _eased(part, penalties.pop(0), ended.basis, until) if short and penalties else None
        ended = eased or ended
        basis = basis.with_columns(inside, ended.basis)
        if ended.status == "not_solved":
            return ended
        fixed[inside] = ended.x
        missing = _missing(program, kept, basis, ended, fixed)
        if not short and not missing.any():
            return Ended(ended.status, fixed, ended.duals, basis)
        if short and (eased is None or not (missing.any() or penalties)):
            missing = ~kept
        kept = kept | missing


def part_of(
    program: LinearProgram, by_column: sparse.csc_array, inside: Ints, fixed: Floats
) -> LinearProgram:
    """Return the program over the columns `inside`, all others `fixed`."""
    moved = program.matrix @ fixed
    return LinearProgram(
        program.worth[inside],
        program.ceiling[inside],
        sparse.csr_array(by_column[:, inside]),
        np.minimum(program.lower - moved, program.upper - moved),  # rounding may cross them
        program.upper - moved,
    )


def _eased(part: LinearProgram, penalties: Floats, basis: Basis, until: float) -> Ended | None:
    """Solve a program that cannot keep its rows, from `basis`, with rows that may be broken at a penalty.

    Its prices tell which columns would help; the end is ``infeasible`` still, at the basis of the rows. None
    where the simplex does not get there.
    """
    above, below = np.flatnonzero(np.isfinite(part.upper)), np.flatnonzero(np.isfinite(part.lower))
    one, broken = sparse.eye_array(len(part.lower), format="csc"), np.append(above, below)
    slacks = sparse.hstack([-one[:, above], one[:, below]])
    eased = replace(
        part,
        worth=np.append(part.worth, -penalties[broken]),
        ceiling=np.append(part.ceiling, np.full(len(broken), INF)),
        matrix=sparse.csr_array(sparse.hstack([part.matrix, slacks], format="csr")),
    )
    standing = np.append(basis.columns, np.full(len(broken), LOWER, np.int8))
    ended = from_basis(eased, Basis(standing, basis.rows), until - perf_counter())
    if ended.status != "optimal":
        return None
    columns, rows, num = ended.basis.columns, ended.basis.rows.copy(), len(part.worth)
    rows[broken[columns[num:] == BASIC]] = BASIC  # a slack and its row are the same column of a basis
    return Ended("infeasible", ended.x[:num], ended.duals, Basis(columns[:num], rows))


def _missing(program: LinearProgram, kept: Bools, basis: Basis, ended: Ended, x: Floats) -> Bools:
    """Tell which columns left out would add to the worth; none where all would add next to nothing."""
    reduced = program.worth - program.matrix.T @ ended.duals
    wanted = ~kept & ((reduced > 0) != (basis.columns == UPPER)) & (program.ceiling > 0)
    gains = np.abs(reduced) * np.where(wanted, program.ceiling, 0.0)
    enough = LEFT * max(abs(float(program.worth @ x)), 1e-300)
    return wanted & (gains > 0) if gains.sum() > enough else np.zeros(len(kept), bool)
