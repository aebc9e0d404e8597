"""The map: producers, belts and demand as points, for everything or for one interest, with tables beside."""

from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request

from impact.i18n import label, words
from impact.i18n.places import belted, placed
from impact.i18n.sentences import valued
from impact.model import Catalog, Place
from impact.reports.atlas import Atlas, BeltPoint, DemandPoint, atlas
from impact.reports.producers import Row, regions_by_code
from impact.reports.solved import Shelf, Solved
from impact.web.language import spoken
from impact.web.plans import CACHED, LANG, csv_file, solved_or_404
from impact.web.tables import Cell, Column, Table

NUM_PRODUCERS = 25
"""Producers in the table beside the map, who got most first; the plan's page finds all of them."""
Point = tuple[float, float, int, str]
"""Longitude and latitude in degrees, exposure, name."""


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add the addresses of the map to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/map", endpoint="atlas")
    def _atlas(plan_id: str) -> str:
        solved, interest = solved_or_404(shelf, plan_id), _interest()
        _demand_known(solved, interest)
        return _page(solved, interest)

    @pages.get(f"{LANG}/plans/<plan_id>/atlas.json", endpoint="atlas_points")
    def _points(plan_id: str) -> tuple[dict[str, object], dict[str, str]]:
        solved, interest = solved_or_404(shelf, plan_id), _interest()
        _demand_known(solved, interest)
        return _drawn(atlas(solved, interest)), CACHED

    @pages.get(f"{LANG}/plans/<plan_id>/map/<layer>.csv", endpoint="atlas_file")
    def _file(plan_id: str, layer: str) -> Response:
        solved, interest = solved_or_404(shelf, plan_id), _interest()
        _demand_known(solved, interest)
        tables = _tables(solved, atlas(solved, interest), spoken())
        return csv_file(tables.get(layer) or abort(404), f"{plan_id}-{layer}.csv")


def _interest() -> str | None:
    return request.args.get("interest") or None


def _demand_known(solved: Solved, interest: str | None) -> None:
    if interest and interest not in {one.interest_id for one in solved.graph.catalog.interests}:
        abort(404)


def _page(solved: Solved, interest: str | None) -> str:
    found, catalog, lang = atlas(solved, interest), solved.graph.catalog, spoken()
    used, supply = sum(each.used for each in found.demand), sum(each.supply for each in found.demand)
    tables, producers = _tables(solved, found, lang), found.points.producers
    return render_template(
        "atlas/map.html",
        solved=solved,
        interest=interest,
        interests=[
            (one.interest_id, valued("interest", one.interest_id, catalog, lang)) for one in catalog.interests
        ],
        num_shown=sum(row.exposure > 0 for row in producers),
        num_producers=len(producers),
        used=used / supply if supply else 0.0,
        most=max(found.demand, key=lambda each: each.supply, default=None),
        **tables | {"producers": replace(tables["producers"], rows=tables["producers"].rows[:NUM_PRODUCERS])},
    )


def _tables(solved: Solved, found: Atlas, lang: str) -> dict[str, Table]:
    """Make the table of each layer."""
    rows = sorted(found.points.producers, key=lambda row: -row.exposure)
    return {
        "demand": _demand_table(found.demand, lang),
        "belts": _belt_table(found.belts, solved.graph.catalog, lang),
        "producers": _producer_table(solved, rows, lang),
    }


def _demand_table(demand: tuple[DemandPoint, ...], lang: str) -> Table:
    columns = (
        Column("column.region"),
        Column("column.used", "compact", bar=True),
        Column("column.supply", "compact", imputed=True),
        Column("column.unmet", "compact"),
        Column("column.num_linked", "number"),
    )
    listed = (
        (placed(each.region, lang), each.used, each.supply, each.unmet, each.num_producers) for each in demand
    )
    return Table(columns, tuple(listed))


def _belt_table(belts: tuple[BeltPoint, ...], catalog: Catalog, lang: str) -> Table:
    regions = {region.adcode: region for region in catalog.regions}
    columns = (
        Column("column.belt"),
        Column("column.category"),
        Column("column.place"),
        Column("column.exposure", "compact"),
        Column("column.num_reached", "number"),
        Column("column.num_producers", "number"),
    )
    listed: list[tuple[Cell, ...]] = [
        (
            belted(each.belt, lang),
            label("category", each.belt.category, lang),
            _places([placed(regions[code], lang) for code in each.belt.regions if code in regions], lang),
            each.exposure,
            each.num_shown,
            each.num_producers,
        )
        for each in belts
    ]
    return Table(columns, tuple(listed))


def _places(names: list[str], lang: str) -> str:
    return names[0] if len(names) == 1 else words("atlas.more_places", lang, first=names[0], count=len(names))


def _producer_table(solved: Solved, rows: list[Row], lang: str) -> Table:
    regions = regions_by_code(solved)
    columns = (Column("column.producer"), Column("column.place"), Column("column.exposure", "compact"))
    listed = ((row.producer.name, placed(regions[row.producer.region], lang), row.exposure) for row in rows)
    return Table(columns, tuple(listed))


def _drawn(found: Atlas) -> dict[str, object]:
    """List what `charts.js` draws."""
    lang = spoken()
    return {
        "divisions": [[round(place.lng, 3), round(place.lat, 3)] for place in found.points.divisions],
        "producers": [
            _point(row.producer.place, row.exposure, row.producer.name) for row in found.points.producers
        ],
        "belts": [_point(each.place, each.exposure, belted(each.belt, lang)) for each in found.belts],
        "demand": [
            (*_point(each.place, each.supply, placed(each.region, lang)), round(each.used))
            for each in found.demand
        ],
    }


def _point(place: Place, exposure: float, name: str) -> Point:
    return round(place.lng, 3), round(place.lat, 3), round(exposure), name
