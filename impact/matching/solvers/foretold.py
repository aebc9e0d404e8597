"""Foretold prices: about what rows will cost once they ask for something else, before the simplex says so.

A column near its price is taken to give the more the more it earns beyond it. One step of Newton's method
on the dual, so smoothed (Li, Sun & Toh 2020, doi:10.1137/19M1251795), finds prices at which columns give what
rows now ask for. They prove nothing; they tell at which columns to look.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, cg

from impact.arrays import Floats
from impact.matching.question.rows import LinearProgram
from impact.matching.solvers.bases import price_scale

WIDTH = 0.01
"""From giving nothing to giving all it can a column goes within this share of its price, up and down."""
STIFF = 1e-6
"""Rows that columns near their price move by a smaller share of what is usual keep the price they have."""
MOVED = 1e-3
"""Rows with a smaller share of the largest excess are not what has moved."""
DAMPING, ROUGHLY, MOST_GRADIENTS = 1e-3, 0.01, 60
"""By what share rows count as steeper than they are; how far, relatively, a step may be from Newton's."""


def foretold(program: LinearProgram, x: Floats, duals: Floats) -> Floats:
    """Return about what rows will cost, if columns stand at `x` at the prices `duals` so far."""
    excess = _excess(program, x, duals)
    width = WIDTH * price_scale(program, duals)
    near = np.abs(program.worth - program.matrix.T @ duals) < width
    moving = np.flatnonzero(near & (program.ceiling > 0) & np.isfinite(program.ceiling))
    part = sparse.csr_array(sparse.csc_array(program.matrix)[:, moving])
    slope = program.ceiling[moving] / (2.0 * width[moving])
    steep = part.multiply(part) @ slope
    rows = np.flatnonzero((steep > 0) & ((duals != 0) | (excess != 0)))
    rows = rows[steep[rows] > STIFF * np.median(steep[rows])] if len(rows) else rows
    soon = duals.copy()
    soon[rows] += _step(sparse.csr_array(part[rows]), slope, excess[rows], duals[rows])
    wrong = np.isinf(np.where(soon > 0, program.upper, program.lower))
    return np.where((duals * soon < 0) | wrong, 0.0, soon)


def _excess(program: LinearProgram, x: Floats, duals: Floats) -> Floats:
    """Say by how much rows have more than they ask for at `x`: those with a price exactly, others at most."""
    activity = program.matrix @ x
    over, under = activity - program.upper, activity - program.lower
    short = np.where((duals < 0) | (under < 0), under, 0.0)
    excess = np.where((duals > 0) | (over > 0), over, short)
    return np.where(np.isfinite(excess), excess, 0.0)


def _step(part: sparse.csr_array, slope: Floats, excess: Floats, duals: Floats) -> Floats:
    """Find the change of prices after which columns give `excess` less.

    A row that has been eased by more than its price could undo stops at no price, and others are told so.
    """
    step = _solved(part, slope, excess)
    turned = (duals * (duals + step) < 0) & (np.abs(excess) > MOVED * np.abs(excess).max(initial=0.0))
    if turned.any():
        stopped, others = np.where(turned, -duals, 0.0), sparse.csr_array(part[~turned])
        less = part @ (slope * (part.T @ stopped))
        step = stopped
        step[~turned] = _solved(others, slope, (excess - less)[~turned])
    return step


def _solved(part: sparse.csr_array, slope: Floats, excess: Floats) -> Floats:
    """Solve for the change of all prices alike, by conjugate gradients."""
    turned, shape = sparse.csr_array(part.T), (len(excess), len(excess))
    steep = part.multiply(part) @ slope
    curvature = LinearOperator(
        shape, dtype=np.float64, matvec=lambda step: part @ (slope * (turned @ step)) + DAMPING * steep * step
    )
    scaled = LinearOperator(shape, dtype=np.float64, matvec=lambda rest: rest / steep)
    step: Floats = cg(curvature, excess, rtol=ROUGHLY, maxiter=MOST_GRADIENTS, M=scaled)[0]
    return step
