"""What is known of products and segments before any link is drawn, and the parts made of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Floats, Ints, ints, sums
from impact.matching.graph.freshness import days_kept, freshness
from impact.matching.graph.interest import interest_strengths
from impact.matching.graph.settings import GraphSettings
from impact.model import ALL_YEAR, Catalog


@dataclass(frozen=True)
class Pairs:
    """Products and segments, pair by pair, sorted by product, then segment."""

    product_of: Ints
    segment_of: Ints

    def where(self, chosen: Ints | Bools) -> "Pairs":
        """Return the `chosen` pairs, a mask or ascending numbers."""
        return Pairs(self.product_of[chosen], self.segment_of[chosen])

    def __len__(self) -> int:
        return len(self.product_of)


@dataclass(frozen=True)
class Evidence:
    """Parts of the evidence in [0, 1], each as small as it can be; a pair is feasible where none of
    interest, freshness and season is 0.

    - interest: how much the consumers want it; 0 below the floor
    - distance: e^(−km ÷ reach)
    - freshness: share of shelf life left on arrival; 0 spoiled
    - season: 0.5 for goods of all year to 1 for goods of this month alone; 0 out of season
    """

    interest: Floats  # [product, interest]
    distance: Floats  # [product, region]
    freshness: Floats  # [product, region]
    season: Floats  # [product]
    fame: Floats  # [product]
    quality: Floats  # [product]
    interest_of: Ints  # [segment]
    region_of: Ints  # [segment]
    supply: Floats  # [segment], exposures of all its placements
    num_placements: Ints  # [segment]

    def interest_at(self, pairs: Pairs) -> Floats:
        """How much the segment wants the product, shape ``(pair,)``."""
        return self.interest[pairs.product_of, self.interest_of[pairs.segment_of]]

    def distance_at(self, pairs: Pairs) -> Floats:
        """How near the segment is, shape ``(pair,)``."""
        return self.distance[pairs.product_of, self.region_of[pairs.segment_of]]

    def parts(self, pairs: Pairs, difference: Floats) -> Floats:
        """Put the parts of each pair in the order of `PARTS`, shape ``(part, pair)``."""
        return np.stack(
            [
                self.interest_at(pairs),
                self.distance_at(pairs),
                self.freshness[pairs.product_of, self.region_of[pairs.segment_of]],
                self.season[pairs.product_of],
                self.fame[pairs.product_of],
                self.quality[pairs.product_of],
                difference,
            ]
        )


def segment_regions(catalog: Catalog) -> tuple[str, ...]:
    """Name the regions that segments lie in, in order of first appearance."""
    return tuple(dict.fromkeys(segment.region for segment in catalog.segments))


def gather(catalog: Catalog, km: Floats, days: Floats, month: int, settings: GraphSettings) -> Evidence:
    """Gather the evidence of a catalog; `km` and `days` have shape ``(producer, segment region)``."""
    _demand(catalog, km, days, month)
    producer_of = _producers(catalog)
    interest = interest_strengths(catalog, settings.likeness_ceiling)
    segment_of = segments_of_placements(catalog)
    num_segments = len(catalog.segments)
    return Evidence(
        interest=np.where(interest >= settings.interest_floor, interest, 0.0),
        distance=np.exp(-km / settings.reach_km)[producer_of],
        freshness=freshness(_days_kept(catalog, producer_of, settings.kept_share), days[producer_of]),
        season=_season(catalog, month),
        fame=np.array([product.fame for product in catalog.products], float),
        quality=np.array([product.quality for product in catalog.products], float),
        interest_of=_interests(catalog),
        region_of=_numbered(segment_regions(catalog), [segment.region for segment in catalog.segments]),
        supply=sums(np.array([p.supply for p in catalog.placements], float), segment_of, num_segments),
        num_placements=np.bincount(segment_of, minlength=num_segments),
    )


def segments_of_placements(catalog: Catalog) -> Ints:
    """Return the segment of each placement, shape ``(placement,)``."""
    names = [segment.segment_id for segment in catalog.segments]
    return _numbered(names, [placement.segment_id for placement in catalog.placements])


def _interests(catalog: Catalog) -> Ints:
    names = [interest.interest_id for interest in catalog.interests]
    return _numbered(names, [segment.interest for segment in catalog.segments])


def _producers(catalog: Catalog) -> Ints:
    names = [producer.producer_id for producer in catalog.producers]
    return _numbered(names, [product.producer_id for product in catalog.products])


def _numbered(names: Sequence[str], wanted: Sequence[str]) -> Ints:
    number_of = {name: i for i, name in enumerate(names)}
    return ints([number_of[name] for name in wanted])


def _demand(catalog: Catalog, km: Floats, days: Floats, month: int) -> None:
    shape = (len(catalog.producers), len(segment_regions(catalog)))
    for name, table in (("km", km), ("days", days)):
        if table.shape != shape:
            raise ValueError(f"Expected {name} of shape {shape}, got {table.shape}.")
        if not np.all((table >= 0) & np.isfinite(table)):
            raise ValueError(f"Expected finite {name} of at least 0 everywhere.")
    if month not in ALL_YEAR:
        raise ValueError(f"Expected a month from 1 to 12, got {month}.")


def _days_kept(catalog: Catalog, producer_of: Ints, kept_share: float) -> Floats:
    has_cold = np.array([producer.cold_chain_county for producer in catalog.producers], bool)[producer_of]
    return days_kept(catalog.products, has_cold, kept_share)


def _season(catalog: Catalog, month: int) -> Floats:
    scarce = {num: 1 - (num - 1) / (2 * (len(ALL_YEAR) - 1)) for num in range(1, len(ALL_YEAR) + 1)}
    return np.array([scarce[len(p.season)] if month in p.season else 0.0 for p in catalog.products], float)
