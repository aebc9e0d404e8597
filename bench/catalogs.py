"""Synthetic catalogs of any size, shaped like the demo: the same seed gives the same catalog."""

import numpy as np

from impact.arrays import Floats
from impact.model import (
    Affinity,
    Catalog,
    Channel,
    ColdChain,
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

NUM_PROVINCES = 31
NUM_INTERESTS = 25
NUM_CATEGORIES = 40
CHANNELS = ("short_video", "livestream", "mall", "search")
GOODS = "茶果菜米油肉鱼蛋奶蜜菇药花竹绸鞋包灯书笔瓷椅布毯糖酒醋酱粉面"


def catalog_of(num_products: int, seed: int = 0) -> Catalog:
    """Make a catalog of one product a producer, 31 provinces × 25 interests × 4 channels."""
    rng = np.random.default_rng(seed)
    regions = _regions(rng)
    interests = tuple(Interest(f"interest-{i:02}", GOODS[i], f"goods {i}") for i in range(NUM_INTERESTS))
    channels = tuple(Channel(name, name, name, Direction.PUSH, Field.CONTENT, 1.0) for name in CHANNELS)
    producers = _producers(rng, regions, num_products)
    segments = _segments(rng, regions, interests)
    return Catalog(
        regions=regions,
        belts=(),
        producers=producers,
        products=_products(rng, producers),
        interests=interests,
        channels=channels,
        segments=segments,
        placements=_placements(segments, supply=0.03 * num_products),
        lexicon=_lexicon(rng),
        keywords=tuple(Keyword(GOODS[i], f"interest-{i % NUM_INTERESTS:02}", 0.8) for i in range(len(GOODS))),
    )


def travel(catalog: Catalog) -> tuple[Floats, Floats]:
    """Return kilometres and days from each producer to each province, roughly: degrees are 100 km."""
    seats = np.array([[region.place.lat, region.place.lng] for region in catalog.regions if region.place])
    origins = np.array([[producer.place.lat, producer.place.lng] for producer in catalog.producers])
    km = 100 * np.hypot(*(origins[:, None] - seats[None]).transpose(2, 0, 1))
    return km, 1 + km / 600


def _regions(rng: np.random.Generator) -> tuple[Region, ...]:
    places = [Place(lat, lng) for lat, lng in rng.uniform((20, 90), (48, 128), (NUM_PROVINCES, 2)).tolist()]
    codes = [f"{11 + i}0000" for i in range(NUM_PROVINCES)]
    return tuple(
        Region(code, code, Level.PROVINCE, place=place, province=code)
        for code, place in zip(codes, places, strict=True)
    )


def _producers(rng: np.random.Generator, regions: tuple[Region, ...], num: int) -> tuple[Producer, ...]:
    province_of = rng.integers(0, NUM_PROVINCES, num)
    capacity = rng.lognormal(6, 1.2, num).round()
    cold = rng.random(num) < 0.2
    offset = rng.normal(0, 2, (num, 2)).tolist()
    producers = []
    for i in range(num):
        seat = regions[province_of[i]].place
        assert seat
        place = Place(seat.lat + offset[i][0], seat.lng + offset[i][1])
        producers.append(
            Producer(
                f"P{i:06}", f"producer {i}", regions[province_of[i]].adcode, place, "firm", "mountain_goods",
                "small", "0", float(capacity[i]), bool(cold[i]),
            )
        )  # fmt: skip
    return tuple(producers)


def _products(rng: np.random.Generator, producers: tuple[Producer, ...]) -> tuple[Product, ...]:
    num = len(producers)
    category_of = rng.integers(0, NUM_CATEGORIES, num)
    characters = rng.integers(0x4E00, 0x4E00 + 3000, (num, 3))
    popularity = rng.pareto(1.3, num) * 300
    products = []
    for i, producer in enumerate(producers):
        fresh = category_of[i] % 3 == 0
        start = int(rng.integers(1, 13))
        months = frozenset((start + k - 1) % 12 + 1 for k in range(8 if fresh else 12))
        products.append(
            Product(
                f"G{i:06}", producer.producer_id,
                "".join(map(chr, characters[i])) + GOODS[category_of[i] % len(GOODS)],
                f"category-{category_of[i]:02}", float(rng.beta(5, 3)), float(rng.random() < 0.4),
                ColdChain.CHILLED if fresh else ColdChain.AMBIENT, 12.0 if fresh else None, months,
                float(popularity[i]),
            )
        )  # fmt: skip
    return tuple(products)


def _segments(
    rng: np.random.Generator, regions: tuple[Region, ...], interests: tuple[Interest, ...]
) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            f"{region.adcode}-{interest.interest_id}", region.adcode, region.place or Place(0, 0),
            interest.interest_id, float(rng.lognormal(0, 1)),
        )
        for region in regions
        for interest in interests
    )  # fmt: skip


def _placements(segments: tuple[Segment, ...], supply: float) -> tuple[Placement, ...]:
    return tuple(
        Placement(f"{segment.segment_id}-{name}", segment.segment_id, name, supply * segment.demand)
        for segment in segments
        for name in CHANNELS
    )


def _lexicon(rng: np.random.Generator) -> tuple[Affinity, ...]:
    return tuple(
        Affinity(f"category-{category:02}", f"interest-{interest:02}", strength)
        for category in range(NUM_CATEGORIES)
        for interest, strength in zip(rng.choice(NUM_INTERESTS, 3, False), (1.0, 0.6, 0.3), strict=True)
    )
