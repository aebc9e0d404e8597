"""How long whole slots take: creators, campaigns and own streams over thirty days, every rule at once."""

import json
from time import perf_counter

import numpy as np

from bench.catalogs import catalog_of
from impact.matching.slots.matching import Matched, Offered, match
from impact.matching.slots.model import (
    DailyCap,
    DependenceCap,
    Participant,
    ProducerCap,
    Slot,
    SlotFloor,
    SlotRequest,
    SlotRule,
    Track,
)
from impact.matching.slots.solve import SlotLimits, book
from impact.model import Catalog

SIZES = ((200, 100), (500, 200), (1_000, 500))
NUM_DAYS = 30
TRACKS = (Track.FIELD, Track.ALLIANCE, Track.CAMPAIGN, Track.TOP_KOL)
TRACK_SHARES = (0.3, 0.45, 0.15, 0.1)
EXPOSURE = {Track.FIELD: 2_000, Track.ALLIANCE: 20_000, Track.CAMPAIGN: 50_000, Track.TOP_KOL: 100_000}
CAPACITY = {Track.FIELD: 5, Track.ALLIANCE: 3, Track.CAMPAIGN: 8, Track.TOP_KOL: 2}
LIMITS = SlotLimits(seconds=20.0, gap=0.01)


def rows() -> list[dict[str, object]]:
    """Book each size with all rules, and the middle one again without those that tie the days together."""
    return [
        *(measure(producers, slots) for producers, slots in SIZES),
        measure(*SIZES[1], tied=False),
    ]


def measure(num_producers: int, num_slots: int, *, tied: bool = True) -> dict[str, object]:
    """Match and book one synthetic request; `tied` rules reach over all days."""
    catalog = catalog_of(num_producers)
    slots = slots_of(catalog, num_slots)
    start = perf_counter()
    matched = match(slots, _offered(catalog))
    took = perf_counter() - start
    request = request_of(catalog, slots, matched)
    plan = book(request, rules_of(num_slots, tied=tied), LIMITS)
    return {
        "producers": num_producers,
        "slots": num_slots,
        "rules": "all" if tied else "of one day",
        "candidates": len(matched.candidates),
        "bookings": len(plan.bookings),
        "slices": plan.num_slices,
        "match seconds": round(took, 2),
        "book seconds": round(sum(plan.seconds.values()), 2),
        "status": str(plan.status),
        "gap %": round(100 * plan.gap, 2),
        "greedy, % of bound": round(100 * plan.hint_worth / plan.bound, 1),
    }


def slots_of(catalog: Catalog, num: int, seed: int = 0) -> tuple[Slot, ...]:
    """Make slots of four tracks in the evenings of thirty days; a creator has some five, some overlapping."""
    rng = np.random.default_rng(seed)
    categories = sorted({product.category for product in catalog.products})
    provinces = [region.adcode for region in catalog.regions]
    track_of = rng.choice(len(TRACKS), num, p=TRACK_SHARES)
    return tuple(
        _slot(rng, number, TRACKS[track], categories, provinces)
        for number, track in enumerate(track_of.tolist())
    )


def _slot(
    rng: np.random.Generator, number: int, track: Track, categories: list[str], provinces: list[str]
) -> Slot:
    hosted = track in (Track.ALLIANCE, Track.TOP_KOL)
    return Slot(
        slot_id=f"slot-{number:04}",
        track=track,
        day=int(rng.integers(NUM_DAYS)),
        start_hour=int(rng.integers(17, 22)),
        hours=int(rng.integers(1, 5)),
        capacity=CAPACITY[track],
        exposure=int(EXPOSURE[track] * rng.lognormal(0, 0.5)),
        creator_id=f"{track}-{rng.integers(1 + number // 5)}" if hosted else None,
        categories=frozenset(rng.choice(categories, 12, replace=False).tolist()) if hosted else frozenset(),
        regions=frozenset(rng.choice(provinces, 15, replace=False).tolist()) if hosted else frozenset(),
        least_quality=0.3 if hosted else 0.0,
    )


def request_of(catalog: Catalog, slots: tuple[Slot, ...], matched: Matched, seed: int = 0) -> SlotRequest:
    """Put the question: each producer declares up to eight hours of its own, and three in ten are small."""
    rng = np.random.default_rng(seed)
    hours = rng.integers(0, 9, len(catalog.producers)).tolist()
    small = (rng.random(len(catalog.producers)) < 0.3).tolist()
    participants = (
        Participant(producer.producer_id, own_hours, {"size": "small" if is_small else "other"})
        for producer, own_hours, is_small in zip(catalog.producers, hours, small, strict=True)
    )
    return SlotRequest(slots, tuple(participants), matched.candidates)


def rules_of(num_slots: int, *, tied: bool) -> tuple[SlotRule, ...]:
    """State a rule of every kind, or only the one that a day can keep alone."""
    daily = DailyCap("daily", 1)
    if not tied:
        return (daily,)
    return (
        daily,
        ProducerCap("most", 4),
        DependenceCap("top", 0.6),
        DependenceCap("top of all", 0.4, "total"),
        SlotFloor("small", {"size": "small"}, 2 * num_slots),
    )


def _offered(catalog: Catalog) -> list[Offered]:
    producers = {producer.producer_id: producer for producer in catalog.producers}
    return [Offered(product, producers[product.producer_id]) for product in catalog.products]


if __name__ == "__main__":
    for row in rows():
        print(json.dumps(row))
