"""What a link holds: a feasible product → placement pair and the evidence for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.arrays import Floats, Ints
from impact.model import Catalog

PARTS = ("interest", "distance", "freshness", "season", "fame", "quality", "difference")
REASONS = ("no_interest", "out_of_season", "spoils", "ineligible", "saturated", "outranked")


@dataclass(frozen=True)
class Links:
    """Links in columns, sorted by (product, placement).

    `parts` has shape ``(part, link)``, each in [0, 1] and in the order of `PARTS`; `weights` has shape
    ``(part,)`` and sums to 1, so that ``weights @ parts`` is the score, additive and in [0, 1].
    `value` is points per exposure above the baseline; `baseline` and `max_exposure` are exposures in the
    period.
    """

    product_of: Ints
    placement_of: Ints
    parts: Floats
    weights: Floats
    value: Floats
    quality: Floats
    baseline: Floats
    max_exposure: Floats

    @property
    def score(self) -> Floats:
        """How well product and placement fit, in [0, 1]: the weighted sum of the parts."""
        return self.weights @ self.parts

    def __len__(self) -> int:
        return len(self.product_of)


@dataclass(frozen=True)
class Graph:
    """All links of a catalog, and why products and placements that might have been linked were not.

    `refused` counts, for each reason and product, the placements that reason kept from it: reason →
    shape ``(product,)``. Reasons are ``no_interest`` (no placement's consumers want its category),
    ``spoils`` (would arrive spoiled), ``out_of_season``, ``ineligible`` (not let into the programme),
    ``saturated`` (the baseline already fills it), ``outranked`` (feasible, but not among its best
    candidates). A placement counts under the first reason
    that holds, in that order, so that links and refusals of a product add up to all placements.
    """

    catalog: Catalog
    links: Links
    refused: Mapping[str, Ints]
