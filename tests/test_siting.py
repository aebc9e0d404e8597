"""Coordinates that partners send: converted where their datum is said, doubted where they cannot be right."""

import pytest

from impact.catalog.values.reading import Cell
from impact.model import Place
from impact.regions.datums import Datum, from_wgs84
from impact.siting import Siting

ANJI, SEAT = "330523", Place(30.6386, 119.6807)
SITING = Siting(seat={ANJI: SEAT, "DE": Place(48.1, 11.6)}.get, km2={ANJI: 1_886.0, "DE": 300.0}.get)


def sited(lat, lng, datum=None, region=ANJI):
    cells = {"latitude": Cell(lat, str(lat)), "longitude": Cell(lng, str(lng))}
    if datum:
        cells["coordinate_system"] = Cell(datum, datum)
    return SITING.site(cells, region)


def doubts(cells):
    return [doubt.code for cell in cells.values() for doubt in cell.doubts]


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_declared_map_is_converted_and_what_was_written_is_kept(datum):
    given = from_wgs84(Place(30.7, 119.7), datum)

    cells = sited(given.lat, given.lng, datum.value)

    assert (cells["latitude"].value, cells["longitude"].value) == pytest.approx((30.7, 119.7), abs=1e-6)
    assert cells["latitude"].original == str(given.lat)
    assert [step.code for step in cells["latitude"].steps] == ["from_datum"]
    assert cells["coordinate_system"].value == "wgs84"
    assert doubts(cells) == []


def test_what_was_converted_is_left_alone_the_next_time():
    once = sited(30.7, 119.7, "gcj02")

    assert SITING.site(once, ANJI) == once


def test_earth_coordinates_that_are_declared_stay():
    cells = sited(30.7, 119.7, "wgs84")

    assert cells["latitude"].value == 30.7
    assert doubts(cells) == []


@pytest.mark.parametrize(
    ("lat", "lng", "datum", "region", "doubted"),
    [
        (30.7, 119.7, None, ANJI, ["datum_undeclared"]),
        (23.1, 113.3, None, ANJI, ["coordinates_far"]),
        (23.1, 113.3, "gcj02", ANJI, ["coordinates_far"]),
        (48.2, 11.5, None, "DE", []),  # outside China no map is shifted
        (11.5, 48.2, None, "DE", ["coordinates_swapped"]),
        (SEAT.lat, SEAT.lng, "wgs84", ANJI, []),
        (30.7, 119.7, "wgs84", "", []),  # nothing is known of the place
    ],
)
def test_what_cannot_be_right_is_doubted(lat, lng, datum, region, doubted):
    assert doubts(sited(lat, lng, datum, region)) == doubted


@pytest.mark.parametrize("said", [None, "wgs84"])
@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_seat_as_a_map_gives_it_is_suspected_whatever_is_said(datum, said):
    shifted = from_wgs84(SEAT, datum)

    [issue] = sited(shifted.lat, shifted.lng, said)["latitude"].doubts

    assert issue.code == "coordinates_shifted"
    assert issue.params == {"value": {Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}[datum]}


@pytest.mark.parametrize("missing", ["latitude", "longitude"])
def test_half_a_position_is_none(missing):
    cells = {name: Cell(30.0, "30") for name in ("latitude", "longitude") if name != missing}

    assert SITING.site(cells, ANJI) == cells
