"""Great distances in bulk, against geopy's geodesic pair by pair."""

from time import perf_counter

import numpy as np
from geopy.distance import geodesic

from impact.model import Place
from impact.regions.distances import distances_km

SIDE = 1_000
GEOPY_PAIRS = 5_000


def rows() -> list[dict[str, object]]:
    """Time `SIDE`² pairs in bulk and a share of them by geopy; give seconds per million pairs."""
    rng = np.random.default_rng(0)
    places = [
        Place(lat, lng)
        for lat, lng in zip(rng.uniform(18, 53, SIDE), rng.uniform(74, 134, SIDE), strict=True)
    ]
    start = perf_counter()
    km = distances_km(places, places)
    bulk = (perf_counter() - start) / SIDE**2
    pairs = rng.integers(0, SIDE, (GEOPY_PAIRS, 2))
    start = perf_counter()
    exact = [geodesic((places[i].lat, places[i].lng), (places[j].lat, places[j].lng)).km for i, j in pairs]
    alone = (perf_counter() - start) / GEOPY_PAIRS
    worst = float(np.abs(km[pairs[:, 0], pairs[:, 1]] - exact).max())
    return [
        {
            "pairs": SIDE**2,
            "seconds per million": round(bulk * 1e6, 3),
            "geopy, seconds per million": round(alone * 1e6, 1),
            "ratio": round(alone / bulk),
            "largest difference in metres": round(worst * 1000, 2),
        }
    ]
