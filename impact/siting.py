"""Siting: coordinates of a row, brought to WGS-84 and compared with where its region lies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sqrt

from impact.catalog.values.choices import name_of
from impact.catalog.values.reading import BLANK, Cell, Step
from impact.errors import Issue
from impact.model import Place
from impact.regions.datums import Datum, from_wgs84, to_wgs84

KM_PER_DEGREE = 111.32
SPREAD, LEAST_KM = 3.0, 20.0
"""Places of a region lie no further from its seat than so many times its radius, were it round, and this."""
SAME_KM, APART_KM, MOST_SHIFT_KM = 0.05, 0.1, 3.0
"""So near is the same point; from so far on, and up to so far, a shift shows."""
MOST_LATITUDE = 90
AXES = ("latitude", "longitude")


@dataclass(frozen=True)
class Siting:
    """Says of rows' coordinates where they are; seats and sizes of regions are asked for by code."""

    seat: Callable[[str], Place | None]
    km2: Callable[[str], float | None]

    def site(self, cells: dict[str, Cell], region: str) -> dict[str, Cell]:
        """Convert coordinates that are declared to be of a Chinese map, and doubt what cannot be right.

        What was converted is WGS-84 from there on, and its datum is said to be so.
        """
        given = _place(cells)
        if given is None:
            return cells
        datum = _datum(cells)
        place = to_wgs84(given, datum or Datum.WGS84)
        doubt = self._doubt(given, place, datum, region)
        sited = cells | _converted(cells, given, place, datum)
        if doubt:
            first = sited["latitude"]
            sited["latitude"] = first._replace(doubts=(*first.doubts, doubt))
        return sited

    def _doubt(self, given: Place, place: Place, datum: Datum | None, region: str) -> Issue | None:
        seat, size = self.seat(region), self.km2(region)
        if seat and size and _km(place, seat) > _reach_km(size):
            is_swapped = _km(_turned(given), seat) <= _reach_km(size)
            code = "coordinates_swapped" if is_swapped else "coordinates_far"
            return Issue(code, params={"km": _km(place, seat)})
        if datum not in (None, Datum.WGS84):
            return None
        shifted = _shifted_as(given, seat) if seat else None
        if shifted:
            name = name_of("coordinate_system", shifted, "zh")
            return Issue("coordinates_shifted", params={"value": name})
        undeclared = datum is None and _km(from_wgs84(given, Datum.GCJ02), given) > APART_KM
        return Issue("datum_undeclared") if undeclared else None


def _place(cells: Mapping[str, Cell]) -> Place | None:
    lat, lng = (cells.get(axis, BLANK).value for axis in AXES)
    return Place(lat, lng) if isinstance(lat, float) and isinstance(lng, float) else None


def _datum(cells: Mapping[str, Cell]) -> Datum | None:
    told = cells.get("coordinate_system", BLANK).value
    return Datum(told) if isinstance(told, str) else None


def _converted(cells: Mapping[str, Cell], given: Place, place: Place, datum: Datum | None) -> dict[str, Cell]:
    if place == given or datum is None:
        return {}
    step = Step("from_datum", {"family": "coordinate_system", "value": datum.value})
    moved = {
        axis: cells[axis]._replace(value=round(value, 6), steps=(*cells[axis].steps, step))
        for axis, value in zip(AXES, (place.lat, place.lng), strict=True)
    }
    declared = cells["coordinate_system"]
    return moved | {
        "coordinate_system": declared._replace(value=Datum.WGS84.value, steps=(*declared.steps, step))
    }


def _shifted_as(given: Place, seat: Place) -> Datum | None:
    """Tell on which map a place is a seat, exactly there and so not where the seat is; None on none."""
    if not APART_KM < _km(given, seat) < MOST_SHIFT_KM:
        return None
    return next((each for each in Datum if _km(given, from_wgs84(seat, each)) < SAME_KM), None)


def _turned(given: Place) -> Place:
    """Return a place with its degrees exchanged, itself where these are no degrees then."""
    return Place(given.lng, given.lat) if abs(given.lng) <= MOST_LATITUDE else given


def _reach_km(km2: float) -> float:
    return SPREAD * sqrt(km2 / pi) + LEAST_KM


def _km(one: Place, other: Place) -> float:
    """Return about how far two near places lie apart."""
    east = (one.lng - other.lng) * cos(radians((one.lat + other.lat) / 2))
    return KM_PER_DEGREE * hypot(one.lat - other.lat, east)
