"""Datums: coordinates as Chinese maps give them, and as the rest of the world does.

Maps of China are shifted by law by 100 to 700 m (GCJ-02: AMap, Tencent), and once more by Baidu (BD-09). The
shift is published nowhere but known exactly; outside China there is none.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from impact.model import Place

KRASOVSKY_METRES, ECCENTRICITY = 6_378_245.0, 0.00669342162296594323
"""Half the long axis of the ellipsoid that the shift is made on, and its squared eccentricity."""
SOUTH, NORTH, WEST, EAST = 0.8293, 55.8271, 72.004, 137.8347
"""Beyond these degrees nothing is shifted."""
BAIDU_LAT, BAIDU_LNG, BAIDU_TURN = 0.006, 0.0065, pi * 3000 / 180
CLOSE_ENOUGH = 1e-8
"""Degrees, about a millimetre."""
MOST_STEPS = 30


class Datum(StrEnum):
    """What coordinates are measured on."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def to_wgs84(place: Place, datum: Datum) -> Place:
    """Return where a place given on `datum` is, to a millimetre."""
    if datum is Datum.WGS84:
        return place
    shift, guess = SHIFTS[datum], place
    for _ in range(MOST_STEPS):
        shifted = shift(guess)
        off_lat, off_lng = shifted.lat - place.lat, shifted.lng - place.lng
        guess = Place(guess.lat - off_lat, guess.lng - off_lng)
        if max(abs(off_lat), abs(off_lng)) < CLOSE_ENOUGH:
            break
    return guess


def from_wgs84(place: Place, datum: Datum) -> Place:
    """Return how a place is given on `datum`."""
    return SHIFTS[datum](place)


def _gcj02(place: Place) -> Place:
    if not (SOUTH <= place.lat <= NORTH and WEST <= place.lng <= EAST):
        return place
    north, east = _metres(place.lng - 105, place.lat - 35)
    latitude = radians(place.lat)
    bulge = 1 - ECCENTRICITY * sin(latitude) ** 2
    metres_north = KRASOVSKY_METRES * (1 - ECCENTRICITY) / (bulge * sqrt(bulge)) * pi / 180
    metres_east = KRASOVSKY_METRES / sqrt(bulge) * cos(latitude) * pi / 180
    return Place(place.lat + north / metres_north, place.lng + east / metres_east)


def _metres(x: float, y: float) -> tuple[float, float]:
    """Return the shift north and east, `x` degrees east and `y` degrees north of 105° E, 35° N."""
    root, ripple = sqrt(abs(x)), 20 * (sin(6 * pi * x) + sin(2 * pi * x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + 2 / 3 * ripple
    north += (
        2 / 3 * (20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30))
    )
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + 2 / 3 * ripple
    east += (
        2 / 3 * (20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30))
    )
    return north, east


def _bd09(place: Place) -> Place:
    given = _gcj02(place)
    if given is place:
        return place
    reach = hypot(given.lng, given.lat) + 2e-5 * sin(given.lat * BAIDU_TURN)
    turn = atan2(given.lat, given.lng) + 3e-6 * cos(given.lng * BAIDU_TURN)
    return Place(reach * sin(turn) + BAIDU_LAT, reach * cos(turn) + BAIDU_LNG)


def _unshifted(place: Place) -> Place:
    return place


SHIFTS: Mapping[Datum, Callable[[Place], Place]] = {
    Datum.WGS84: _unshifted,
    Datum.GCJ02: _gcj02,
    Datum.BD09: _bd09,
}
