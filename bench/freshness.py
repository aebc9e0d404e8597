"""What is left of goods when they arrive, in bulk, beside one bare division of the same size."""

from time import perf_counter

import numpy as np

from impact.arrays import floats
from impact.matching.graph.freshness import days_kept, freshness
from impact.model import ColdChain, Place, Product
from impact.regions.distances import arrival_days, distances_km

SIDE = 1_000
LIVES = (None, 3.0, 7.0, 30.0, 180.0, 365.0)
KEPT_SHARE = 0.5
"""What chilled and frozen goods keep of their time without a cold chain."""
REPEATS = 5


def rows() -> list[dict[str, object]]:
    """Time `SIDE` products of all kinds of keeping to `SIDE` places; give seconds per million pairs."""
    rng = np.random.default_rng(0)
    products, has_cold_chain = _products(rng), rng.random(SIDE) < KEPT_SHARE
    origins, targets = _places(rng), _places(rng)
    seconds: dict[str, list[float]] = {"days": [], "left": [], "bare": []}
    for _ in range(REPEATS):
        start = perf_counter()
        days = arrival_days(distances_km(origins, targets))
        arrived = perf_counter()
        left = freshness(days_kept(products, has_cold_chain, KEPT_SHARE), days)
        done = perf_counter()
        np.divide(days, 7.0)
        for name, took in zip(seconds, (arrived - start, done - arrived, perf_counter() - done), strict=True):
            seconds[name].append(took)
    took = {name: min(each) * 1e6 / SIDE**2 for name, each in seconds.items()}
    return [
        {
            "pairs": SIDE**2,
            "days on the way, seconds per million": round(took["days"], 3),
            "freshness, seconds per million": round(took["left"], 4),
            "bare division": round(took["bare"], 4),
            "ratio": round(took["left"] / took["bare"], 1),
            "arrive spoiled, %": round(100 * float((left == 0).mean()), 1),
        }
    ]


def _places(rng: np.random.Generator) -> list[Place]:
    lats, lngs = floats(rng.uniform(18, 53, SIDE)), floats(rng.uniform(74, 134, SIDE))
    return [Place(lat, lng) for lat, lng in zip(lats.tolist(), lngs.tolist(), strict=True)]


def _products(rng: np.random.Generator) -> list[Product]:
    kept, lives = rng.choice(list(ColdChain), SIDE), rng.integers(0, len(LIVES), SIDE)
    return [
        Product(
            f"G{i}",
            f"P{i}",
            "tea",
            "tea",
            0.5,
            0.0,
            cold_chain=ColdChain(kept[i]),
            shelf_life_days=LIVES[lives[i]],
        )
        for i in range(SIDE)
    ]
