"""Where producers are, as points over the points of all divisions, and who is near whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from impact.model import Belt, Catalog, Place, Producer, Product
from impact.regions.distances import distances_km
from impact.reports.producers import Row, rows
from impact.reports.solved import Solved

NUM_NEIGHBOURS = 6


@dataclass(frozen=True)
class Points:
    """Divisions as the background, and producers with what they got."""

    divisions: tuple[Place, ...]
    producers: tuple[Row, ...]


def points(solved: Solved) -> Points:
    """Place every division that holds no smaller one (counties, and wider ones without), and producers."""
    regions = solved.graph.catalog.regions
    wider = {region.parent for region in regions}
    smallest = tuple(region.place for region in regions if region.adcode not in wider and region.place)
    return Points(smallest, rows(solved))


def belts_of(catalog: Catalog, producer: Producer, products: Sequence[Product]) -> tuple[Belt, ...]:
    """Find the belts that a producer of `products` stands in."""
    made = {product.category for product in products}
    return tuple(belt for belt in catalog.belts if producer.region in belt.regions and belt.category in made)


@dataclass(frozen=True)
class Neighbour:
    """Another producer and how far away it is."""

    row: Row
    km: float


def neighbours(solved: Solved, producer: int) -> tuple[Neighbour, ...]:
    """Find the nearest other producers, nearest first."""
    listed = rows(solved)
    here = listed[producer].producer.place
    km = distances_km([here], [row.producer.place for row in listed])[0]
    order = [int(other) for other in np.argsort(km, kind="stable") if other != producer]
    return tuple(Neighbour(listed[other], float(km[other])) for other in order[:NUM_NEIGHBOURS])
