"""Boundary files: GeoJSON (RFC 7946) of the divisions, for the ground of a map; none is shipped."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from impact.arrays import Floats
from impact.errors import BadInput, Issue, Param

GRID = 0.05
"""Degrees. A map of a country in a page shows no less, nor what one datum differs from another."""
MOST_POINTS = 50_000
"""A map of more would be slow to come, and black with lines."""
DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
"""How far down from the coordinates of a geometry its lines are."""
Line = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees."""


@dataclass(frozen=True)
class Boundaries:
    """Where boundaries run, and what has to stand beside any map that shows them: who approved it."""

    lines: tuple[Line, ...]
    credit: str


def read_boundaries(file: Path, credit: str) -> Boundaries:
    """Read the lines and the rims of areas in a file, at the points of a grid of `GRID` degrees.

    Raises
    ------
    BadInput
        There is no such file, it is no GeoJSON, its coordinates are no degrees, or it has more than
        `MOST_POINTS` points.
    """
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise _refused("file_not_written", file, reason=error.strerror or "") from error
    except (ValueError, RecursionError) as error:
        raise _refused("not_json", file, reason=str(error)) from error
    try:
        lines = [line for positions in _lines(document) if len(line := _on_grid(_degrees(positions))) > 1]
    except _Faulty as fault:
        raise _refused(fault.code, file) from fault
    count = sum(map(len, lines))
    if not 0 < count <= MOST_POINTS:
        code = "boundaries_too_fine" if count else "boundaries_empty"
        raise _refused(code, file, found=count, most=MOST_POINTS)
    return Boundaries(tuple(lines), credit)


class _Faulty(Exception):
    """Something in the file is not what it has to be."""

    def __init__(self, code: str) -> None:
        self.code = code


def _refused(code: str, file: Path, **params: Param) -> BadInput:
    return BadInput([Issue(code, str(file), params=params)])


def _lines(thing: object) -> Iterator[Sequence[object]]:
    match thing:
        case {"type": "FeatureCollection", "features": [*inside]} | {
            "type": "GeometryCollection",
            "geometries": [*inside],
        }:
            for one in inside:
                yield from _lines(one)
        case {"type": "Feature", "geometry": geometry}:
            yield from _lines(geometry)
        case {"type": str(kind), "coordinates": list(coordinates)} if kind in DEPTH:
            lines: list[Sequence[object]] = [coordinates]
            for _ in range(DEPTH[kind]):
                lines = [_listed(line) for within in lines for line in within]
            yield from lines
        case None | {"type": "Point" | "MultiPoint"}:
            return
        case _:
            raise _Faulty("boundaries_not_geojson")


def _listed(thing: object) -> Sequence[object]:
    if not isinstance(thing, list):
        raise _Faulty("boundaries_not_geojson")
    return thing


def _degrees(positions: Sequence[object]) -> Floats:
    """Return longitude and latitude of each position; heights are left out."""
    try:
        pairs = np.array([_listed(position)[:2] for position in positions], float).reshape(len(positions), 2)
    except (TypeError, ValueError) as error:
        raise _Faulty("boundaries_not_geojson") from error
    if not (np.abs(pairs) <= (180, 90)).all():
        raise _Faulty("boundaries_not_degrees")
    return pairs


def _on_grid(pairs: Floats) -> Line:
    """Move points to the grid, and leave out those that come to lie on the one before."""
    steps = np.rint(pairs / GRID)
    moves = np.ones(len(steps), dtype=bool)
    moves[1:] = (steps[1:] != steps[:-1]).any(axis=1)
    return tuple((round(lng, 2), round(lat, 2)) for lng, lat in (steps[moves] * GRID).tolist())
