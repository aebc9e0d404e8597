"""Units: columns counted in a power of two, so that the simplex meets figures of a size it can bear.

GLOP's tolerances are absolute: from some 10¹⁰ on rounding alone exceeds them, and it ends abnormally.
"""

from dataclasses import dataclass, replace

import numpy as np

from impact.arrays import Floats
from impact.matching.question.rows import LinearProgram

LARGEST = 2.0**20
"""The largest room of a column that a simplex is given: rows add up thousands, and the rounding of that still
stays below what GLOP tolerates (1e-8, relative to what it scales rows to)."""


@dataclass(frozen=True)
class Counted:
    """A program whose columns are counted in `unit`, a power of two: nothing is rounded, there or back.

    Duals and bases are those of the original.
    """

    program: LinearProgram
    unit: float

    def columns(self, counted: Floats) -> Floats:
        """Return the original's columns."""
        return counted * self.unit


def counted(program: LinearProgram) -> Counted:
    """Count columns in units in which none has room for more than `LARGEST`; in ones where none has.

    What rows allow tells nothing of size: a capacity far above what there is to give is as good as none.
    """
    largest = float(program.ceiling[np.isfinite(program.ceiling)].max(initial=0.0))
    if largest <= LARGEST:
        return Counted(program, 1.0)
    unit = float(2.0 ** np.ceil(np.log2(largest / LARGEST)))
    lower, upper, ceiling = (side / unit for side in (program.lower, program.upper, program.ceiling))
    return Counted(replace(program, lower=lower, upper=upper, ceiling=ceiling), unit)
