"""Recruiting: demand that nobody in the programme serves, and the nearest regions that could serve it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Floats
from impact.matching.graph.interest import interest_strengths
from impact.matching.graph.isolation import unmet_placements
from impact.matching.graph.links import Graph
from impact.matching.graph.settings import DEFAULTS
from impact.model import Placement, Producer, Product, Region, Segment
from impact.regions.distances import distances_km

NUM_ORIGINS = 5
NUM_PRODUCTS = 3
HINDRANCES = ("ineligible", "spoils", "out_of_season")
"""What may keep goods that are wanted from people who want them, in the graph's words."""


@dataclass(frozen=True)
class Origin:
    """A region whose producers make what is wanted, how far away, and what has kept them back.

    `reasons` counts its products by what keeps them from some placements; none for those only outranked.
    """

    region: Region
    km: float
    num_producers: int
    num_products: int
    products: tuple[Product, ...]
    """Those that fit best, a few."""
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class Unmet:
    """Consumers of one region and interest whom no product in the programme reaches.

    `supply` is the exposure in those `placements`. Without `origins` nobody known makes what they want.
    """

    segment: Segment
    placements: tuple[Placement, ...]
    supply: float
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class _Market:
    graph: Graph
    strength: Floats  # [product, interest], 0 below what a link needs
    makers: Sequence[Producer]  # [product]
    regions: Mapping[str, Region]
    km: Mapping[str, Floats]  # region with consumers → [product]


def unmet_demand(graph: Graph, num_origins: int = NUM_ORIGINS) -> tuple[Unmet, ...]:
    """List demand with no eligible supply, the greatest first, each with its nearest origins."""
    placements = {placement.placement_id: placement for placement in graph.catalog.placements}
    segments = {segment.segment_id: segment for segment in graph.catalog.segments}
    open_in: dict[str, list[Placement]] = defaultdict(list)
    for name in unmet_placements(graph):
        open_in[placements[name].segment_id].append(placements[name])
    if not open_in:
        return ()
    market = _market(graph)
    found = [
        _unmet(segments[segment], tuple(places), market, num_origins) for segment, places in open_in.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.supply, each.segment.segment_id)))


def _market(graph: Graph) -> _Market:
    catalog = graph.catalog
    strength = interest_strengths(catalog, DEFAULTS.likeness_ceiling)
    known = {producer.producer_id: producer for producer in catalog.producers}
    makers = [known[product.producer_id] for product in catalog.products]
    seats = {segment.region: segment.place for segment in catalog.segments}
    km = distances_km([maker.place for maker in makers], list(seats.values()))
    return _Market(
        graph,
        np.where(strength >= DEFAULTS.interest_floor, strength, 0.0),
        makers,
        {region.adcode: region for region in catalog.regions},
        dict(zip(seats, km.T, strict=True)),
    )


def _unmet(segment: Segment, places: tuple[Placement, ...], market: _Market, num_origins: int) -> Unmet:
    supply = sum(placement.supply for placement in places)
    return Unmet(segment, places, supply, tuple(_origins(segment, market, num_origins)))


def _origins(segment: Segment, market: _Market, num_origins: int) -> Iterator[Origin]:
    """Gather the products that the consumers of a segment want by region, the nearest regions first."""
    names = [interest.interest_id for interest in market.graph.catalog.interests]
    wanted = market.strength[:, names.index(segment.interest)]
    by_region: dict[str, list[int]] = defaultdict(list)
    for product in np.argsort(-wanted, kind="stable").tolist():
        if wanted[product] > 0:
            by_region[market.makers[product].region].append(product)
    km = {region: float(market.km[segment.region][own].min()) for region, own in by_region.items()}
    for region in sorted(km, key=lambda region: (km[region], region))[:num_origins]:
        yield _origin(region, by_region[region], km[region], market)


def _origin(region: str, own: Sequence[int], km: float, market: _Market) -> Origin:
    graph, makers = market.graph, [market.makers[product] for product in own]
    kept = Counter(
        code
        for code in HINDRANCES
        for product in own
        if code in graph.refused and graph.refused[code][product]
    )
    return Origin(
        region=market.regions[region],
        km=km,
        num_producers=len({maker.producer_id for maker in makers}),
        num_products=len(own),
        products=tuple(graph.catalog.products[product] for product in own[:NUM_PRODUCTS]),
        reasons=dict(kept),
    )
