"""How far places lie apart on the earth, and how many days goods are on the road."""

from collections.abc import Sequence

import numpy as np

from impact.arrays import Floats, ratio
from impact.model import Place

EQUATOR_KM = 6378.137
FLATTENING = 1 / 298.257223563

HANDLING_DAYS = 1.0
"""Assumed: a day to pick, pack and hand over."""
ROAD_PER_STRAIGHT_KM = 1.3
"""Assumed: roads are about a third longer than the straight line."""
ROAD_KM_PER_DAY = 700.0
"""Assumed: what a parcel covers in a day, sorting and waiting included."""


def distances_km(origins: Sequence[Place], targets: Sequence[Place]) -> Floats:
    """Compute distances on the WGS-84 ellipsoid by the Andoyer-Lambert formula.

    Within 10 m of the geodesic for places up to 6,000 km apart, which all of China is; useless for places
    on opposite sides of the earth. Lambert 1942; the correction is of first order in the flattening.

    Returns
    -------
    Floats
        Kilometres, shape ``(origin, target)``.
    """
    lat_from, lng_from = (column[:, None] for column in _radians(origins))
    lat_to, lng_to = _radians(targets)
    across = np.sin((lat_to - lat_from) / 2) ** 2
    along = np.cos(lat_from) * np.cos(lat_to) * np.sin((lng_to - lng_from) / 2) ** 2
    half_chord = np.minimum(across + along, 1)  # sin² of half the angle between them
    angle = 2 * np.arcsin(np.sqrt(half_chord))
    middle = np.sin((lat_from + lat_to) / 2) ** 2
    shorter = ratio((angle - np.sin(angle)) * middle * (1 - across), 1 - half_chord)
    longer = ratio((angle + np.sin(angle)) * (1 - middle) * across, half_chord)
    km: Floats = EQUATOR_KM * (angle - FLATTENING / 2 * (shorter + longer))
    return km


def arrival_days(km: Floats) -> Floats:
    """Return the days from order to door for straight-line distances, by the assumptions above."""
    return HANDLING_DAYS + km * ROAD_PER_STRAIGHT_KM / ROAD_KM_PER_DAY


def _radians(places: Sequence[Place]) -> tuple[Floats, Floats]:
    """Return reduced latitudes (on the sphere that the ellipsoid is flattened from) and longitudes."""
    latitude = np.radians([place.lat for place in places])
    longitude = np.radians([place.lng for place in places])
    return np.arctan((1 - FLATTENING) * np.tan(latitude)), longitude
