"""The plan that was published before: what a new one is measured against."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from impact.arrays import Floats, Ints, floats, ints, read_only


class Given(NamedTuple):
    """What was given in which placement to which product, by the numbers of a problem; each pair once."""

    product_of: Ints
    placement_of: Ints
    exposure: Floats


@dataclass(frozen=True)
class Published:
    """What the plan before gave, in exposures: on each link, and where there is no link any more."""

    exposure: Floats  # [link]
    gone_product: Ints = field(default_factory=lambda: ints([]))  # [gone]
    gone_placement: Ints = field(default_factory=lambda: ints([]))  # [gone]
    gone_exposure: Floats = field(default_factory=lambda: floats([]))  # [gone]

    def __post_init__(self) -> None:
        for amount in (self.exposure, self.gone_exposure):
            if not np.all(np.isfinite(amount) & (amount >= 0)):
                raise ValueError("Expected finite exposures of at least 0.")
        if not len(self.gone_product) == len(self.gone_placement) == len(self.gone_exposure):
            raise ValueError("Expected a product, a placement and an exposure for each link that is gone.")
        for name, array in vars(self).copy().items():
            object.__setattr__(self, name, read_only(array))

    @property
    def gone(self) -> float:
        """All that was given where there is no link any more."""
        return float(self.gone_exposure.sum())

    @property
    def whole(self) -> float:
        """All that was given."""
        return float(self.exposure.sum()) + self.gone


def laid_out(given: Given, product_of: Ints, placement_of: Ints) -> Published:
    """Lay what was given out on the links of a problem, and apart where there is none any more."""
    width = 1 + max(int(numbers.max(initial=0)) for numbers in (given.placement_of, placement_of))
    key, known = given.product_of * width + given.placement_of, product_of * width + placement_of
    place = np.searchsorted(known, key)
    there = np.append(known, -1)[place] == key
    exposure = np.zeros(len(known))
    exposure[place[there]] = given.exposure[there]
    return Published(
        floats(exposure),
        ints(given.product_of[~there]),
        ints(given.placement_of[~there]),
        floats(given.exposure[~there]),
    )
