"""Tiny catalogs for the graph: two provinces, a north and a south, that want tea and gifts."""

from collections.abc import Sequence

import numpy as np

from impact.arrays import Floats
from impact.model import (
    Affinity,
    Catalog,
    Channel,
    Direction,
    Field,
    Interest,
    Keyword,
    Level,
    Place,
    Placement,
    Producer,
    Product,
    Region,
    Segment,
)

NORTH, SOUTH = "110000", "440000"
PLACE_OF = {NORTH: Place(40, 116), SOUTH: Place(23, 113)}
REGIONS = tuple(Region(code, code, Level.PROVINCE, place=PLACE_OF[code], province=code) for code in PLACE_OF)
INTERESTS = {"tea": Interest("tea", "茶", "Tea"), "gifts": Interest("gifts", "礼品", "Gifts")}
CHANNELS = (
    Channel("live", "直播", "Livestream", Direction.PUSH, Field.CONTENT, 1.0),
    Channel("mall", "商城", "Mall", Direction.PUSH, Field.CENTRE, 2.0),
)
LEXICON = (Affinity("tea", "tea", 1.0), Affinity("tea", "gifts", 0.4), Affinity("craft", "gifts", 1.0))


def tea(product_id: str = "green", **known: object) -> Product:
    """A tea of middling quality that nobody knows and that keeps for ever."""
    facts = {"name": product_id, "category": "tea", "quality": 0.5, **known}
    return Product(product_id=product_id, producer_id=f"maker of {product_id}", **facts)


def maker(product: Product, region: str = NORTH, **known: object) -> Producer:
    """Who makes `product`, with ample capacity."""
    facts = {
        "type": "farm",
        "programme": "mountain_goods",
        "size": "small",
        "tier": "0",
        "capacity": 1e6,
        **known,
    }
    return Producer(product.producer_id, product.producer_id, region, PLACE_OF[region], **facts)


def market(
    products: Sequence[Product],
    producers: Sequence[Producer] | None = None,
    *,
    interests: Sequence[str] = ("tea",),
    regions: Sequence[str] = (NORTH, SOUTH),
    supply: float = 100.0,
    lexicon: Sequence[Affinity] = LEXICON,
    keywords: Sequence[Keyword] = (),
) -> Catalog:
    """A segment for each region and interest, with a placement of `supply` in each of two channels."""
    segments = [Segment(f"{r}-{i}", r, PLACE_OF[r], i, 1.0) for r in regions for i in interests]
    placements = [
        Placement(
            f"{segment.segment_id}-{channel.channel_id}", segment.segment_id, channel.channel_id, supply
        )
        for segment in segments
        for channel in CHANNELS
    ]
    return Catalog(
        regions=REGIONS,
        belts=(),
        producers=tuple(producers or [maker(product) for product in products]),
        products=tuple(products),
        interests=tuple(INTERESTS.values()),
        channels=CHANNELS,
        segments=tuple(segments),
        placements=tuple(placements),
        lexicon=tuple(lexicon),
        keywords=tuple(keywords),
    )


def next_door(catalog: Catalog, value: float = 0.0) -> Floats:
    """`value` kilometres or days from every producer to every region."""
    num_regions = len({segment.region for segment in catalog.segments})
    return np.full((len(catalog.producers), num_regions), value)
