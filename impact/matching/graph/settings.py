"""What may be turned when a graph is built: weights of the evidence, reach, how many candidates."""

from dataclasses import dataclass, field, fields

import numpy as np

from impact.arrays import Floats, floats


@dataclass(frozen=True)
class Weights:
    """How much each part of the evidence counts; the weights sum to 1."""

    interest: float = 0.35
    distance: float = 0.10
    freshness: float = 0.10
    season: float = 0.05
    fame: float = 0.10
    quality: float = 0.15
    difference: float = 0.15

    def __post_init__(self) -> None:
        if np.any(self.column < 0) or abs(self.column.sum() - 1) > 1e-9:
            raise ValueError(f"Expected weights of at least 0 that sum to 1, got {self}.")

    @property
    def column(self) -> Floats:
        """The weights in the order of `PARTS`, shape ``(part,)``."""
        return floats([getattr(self, each.name) for each in fields(self)])


@dataclass(frozen=True)
class GraphSettings:
    """How links are found; every figure is an assumption that the programme's owner may change."""

    weights: Weights = field(default_factory=Weights)
    interest_floor: float = 0.15
    """A weaker interest makes no link."""
    likeness_ceiling: float = 0.3
    """The most that likeness of characters can say about interest."""
    reach_km: float = 1000.0
    """Evidence of distance falls to 1/e over so many kilometres."""
    kept_share: float = 0.5
    """Of its shelf life, what a product that needs cold keeps where its county has no cold chain."""
    useful_share: float = 0.2
    """Of a placement's supply, the most that is useful to one product, baseline included."""
    num_best: int = 16
    """Segments that a product is linked to for their score."""
    num_nearest: int = 2
    """Regions, nearest first, in which a product is linked to every segment that wants it."""
    num_suitors: int = 8
    """Products that a segment is linked to for their score."""

    def __post_init__(self) -> None:
        for name in ("interest_floor", "likeness_ceiling", "kept_share", "useful_share"):
            if not 0 < getattr(self, name) <= 1:
                raise ValueError(f"Expected {name} in (0, 1], got {getattr(self, name)}.")
        if not self.reach_km > 0:
            raise ValueError(f"Expected reach_km above 0, got {self.reach_km}.")
        for name in ("num_best", "num_nearest", "num_suitors"):
            if getattr(self, name) < 1:
                raise ValueError(f"Expected {name} of at least 1, got {getattr(self, name)}.")


DEFAULTS = GraphSettings()
