"""Array types, and sums over segments of arrays."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_Scalar = TypeVar("_Scalar", bound=np.generic)


def sums(values: Floats, owner_of: Ints, num_owners: int) -> Floats:
    """Sum `values` by owner: shape ``(owner,)``, zero for an owner of nothing."""
    return np.bincount(owner_of, values, num_owners).astype(np.float64)


def floats(values: Sequence[float] | Floats) -> Floats:
    """Return an own, read-only copy of `values`."""
    return read_only(np.array(values, dtype=np.float64))


def ints(values: Sequence[int] | Ints) -> Ints:
    """Return an own, read-only copy of `values`."""
    return read_only(np.array(values, dtype=np.int64))


def ratio(part: Floats, whole: Floats) -> Floats:
    """Divide, calling 0 ÷ 0 (and anything over 0) zero."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def to_digits(values: Floats, digits: int) -> Floats:
    """Round each of `values` to so many significant digits."""
    size = np.floor(np.log10(np.abs(values), out=np.zeros_like(values), where=values != 0))
    scale = 10.0 ** np.clip(digits - 1 - size, -300, 300)
    rounded: Floats = np.where(np.isfinite(values), np.rint(values * scale) / scale, values)
    return rounded


def read_only(array: NDArray[_Scalar]) -> NDArray[_Scalar]:
    """Return a view of `array` through which nothing can be written."""
    view = array.view()
    view.flags.writeable = False
    return view
