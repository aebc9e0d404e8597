"""Saturation: one more exposure is worth less the fuller a link already is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from impact.arrays import Floats


@dataclass(frozen=True)
class Saturation:
    """Up to the share `up_to[k]` of what a link can carry, an exposure is worth `slope[k]` of its value.

    Shares rise to 1 and slopes never rise, so the worth of a link is concave and exact in a linear
    program. What a link can carry is its baseline and its box together; the baseline fills it first, so a
    link that is full already earns only the last slopes.
    """

    up_to: tuple[float, ...] = (1.0,)
    slope: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        if len(self.up_to) != len(self.slope) or not self.up_to or self.up_to[-1] != 1:
            raise ValueError(f"Expected a slope for each share and 1 as the last share, got {self}.")
        if self.up_to[0] <= 0 or any(later <= sooner for sooner, later in pairwise(self.up_to)):
            raise ValueError(f"Expected shares that rise from above 0, got {self.up_to}.")
        if not 1 >= self.slope[0] >= self.slope[-1] >= 0 or any(b > a for a, b in pairwise(self.slope)):
            raise ValueError(f"Expected slopes in [0, 1] that never rise, got {self.slope}.")

    @property
    def is_linear(self) -> bool:
        """Whether every exposure of a link is worth the same."""
        return len(self.slope) == 1

    def lengths(self, baseline: Floats, box: Floats) -> Floats:
        """Return how much each piece holds beside the baseline, in exposures, shape ``(piece, link)``."""
        ends = np.outer((0.0, *self.up_to), baseline + box)
        return np.diff(np.clip(ends, baseline, None), axis=0)
