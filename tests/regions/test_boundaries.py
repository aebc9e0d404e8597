"""Boundary files become lines on a grid, or are refused with what is wrong."""

import json

import pytest

from impact.errors import BadInput
from impact.regions.boundaries import MOST_POINTS, read_boundaries

SQUARE = [[100, 25], [101, 25], [101, 26], [100, 26], [100, 25]]
RIM = tuple((float(lng), float(lat)) for lng, lat in SQUARE)
HOLE = [[100.4, 25.4], [100.6, 25.4], [100.6, 25.6], [100.4, 25.4]]


def geometry(kind, coordinates):
    return {"type": kind, "coordinates": coordinates}


def feature(inside):
    return {"type": "Feature", "properties": {"name": "Anywhere"}, "geometry": inside}


@pytest.fixture
def read(tmp_path):
    def from_document(document):
        file = tmp_path / "boundaries.geojson"
        file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return read_boundaries(file, "GS 1")

    return from_document


@pytest.mark.parametrize(
    "document",
    [
        geometry("LineString", SQUARE),
        geometry("MultiLineString", [SQUARE]),
        geometry("Polygon", [SQUARE]),
        geometry("MultiPolygon", [[SQUARE]]),
        feature(geometry("Polygon", [SQUARE])),
        {"type": "FeatureCollection", "features": [feature(geometry("LineString", SQUARE)), feature(None)]},
        {
            "type": "GeometryCollection",
            "geometries": [geometry("Polygon", [SQUARE]), geometry("Point", [1, 2])],
        },
        geometry("LineString", [[lng, lat, 812.5] for lng, lat in SQUARE]),
    ],
)
def test_lines_and_the_rims_of_areas_are_read_however_they_are_wrapped(read, document):
    assert read(document).lines == (RIM,)


def test_a_hole_and_an_island_have_rims_of_their_own(read):
    island = [[lng + 5, lat] for lng, lat in SQUARE]

    found = read(geometry("MultiPolygon", [[SQUARE, HOLE], [island]])).lines

    assert [line[0] for line in found] == [(100.0, 25.0), (100.4, 25.4), (105.0, 25.0)]


def test_points_come_to_lie_on_a_grid_and_none_twice_in_a_row(read):
    near = [[100, 25], [100.01, 25.01], [100.02, 25.0], [100.06, 25.0], [100, 25]]

    assert read(geometry("LineString", near)).lines == (((100.0, 25.0), (100.05, 25.0), (100.0, 25.0)),)


def test_what_is_smaller_than_the_grid_is_left_out(read):
    islet = [[110, 20], [110.01, 20], [110.01, 20.01], [110, 20]]

    assert read(geometry("MultiPolygon", [[SQUARE], [islet]])).lines == (RIM,)


def test_who_approved_them_goes_with_them(read):
    assert read(geometry("Polygon", [SQUARE])).credit == "GS 1"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ([], "boundaries_not_geojson"),
        ({"type": "Topology", "arcs": []}, "boundaries_not_geojson"),
        (geometry("Polygon", "far"), "boundaries_not_geojson"),
        (geometry("Polygon", SQUARE), "boundaries_not_geojson"),
        (geometry("MultiPolygon", [SQUARE]), "boundaries_not_geojson"),
        (geometry("LineString", [[1], [2]]), "boundaries_not_geojson"),
        (geometry("LineString", [[1, 2], [3]]), "boundaries_not_geojson"),
        (geometry("LineString", [["a", "b"]]), "boundaries_not_geojson"),
        (geometry("LineString", [None, None]), "boundaries_not_geojson"),
        (
            geometry("LineString", [[12_000_000, 4_000_000], [12_100_000, 4_000_000]]),
            "boundaries_not_degrees",
        ),
        (geometry("LineString", [[100, 91], [100, 25]]), "boundaries_not_degrees"),
        (geometry("LineString", [[float("nan"), 25], [100, 25]]), "boundaries_not_degrees"),
        ({"type": "FeatureCollection", "features": []}, "boundaries_empty"),
        (geometry("Point", [1, 2]), "boundaries_empty"),
        (geometry("LineString", []), "boundaries_empty"),
    ],
)
def test_what_is_no_file_of_boundaries_is_refused_by_name(read, document, code):
    with pytest.raises(BadInput) as refused:
        read(document)

    (issue,) = refused.value.issues
    assert issue.code == code
    assert issue.file.endswith("boundaries.geojson")


def test_more_points_than_a_map_can_show_are_refused_with_both_figures(read):
    zigzag = [[lng % 100, lng // 100 % 2 * 10] for lng in range(MOST_POINTS + 1)]

    with pytest.raises(BadInput) as refused:
        read(geometry("LineString", zigzag))

    assert refused.value.issues[0].params == {"found": MOST_POINTS + 1, "most": MOST_POINTS}


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput) as refused:
        read_boundaries(tmp_path / "none.geojson", "GS 1")

    assert refused.value.issues[0].code == "file_not_written"
