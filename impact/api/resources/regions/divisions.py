"""Divisions: the list of them, and one by one."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.paging import After, Listed, page_of
from impact.api.contract.refusals import Refused
from impact.api.resources.nouns.lines import Point
from impact.api.resources.nouns.lists import Words
from impact.api.service import Service
from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer

Code = Annotated[str, Field(pattern="^[0-9A-Z][0-9A-Z-]{1,19}$")]


class RegionLines(BaseModel):
    """An administrative division: `parent` holds it, null for a province; `place` is its seat where known."""

    model_config = FORBID

    adcode: str
    name: str
    full_name: str
    level: Level
    parent: str | None
    province: str
    place: Point | None
    macro_region: str
    economic_region: str


class RegionList(Listed[RegionLines]):
    """Divisions in the order of their codes; `next` is the cursor of the page after, null on the last."""


class OfRegions(After):
    """Which divisions."""

    q: Words = ""
    level: Level | None = None
    parent: Code | None = None
    province: Code | None = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show divisions."""

    def regions(asked: Asked[OfRegions, NoBody]) -> Response:
        gazetteer = service.resolver().gazetteer
        found, rest = page_of(
            _wanted(gazetteer, asked.query), asked.query.limit, lambda region: region.adcode
        )
        return deliver(RegionList(items=[_shown(gazetteer, each) for each in found], next=rest), asked.media)

    def region(asked: Asked[NoQuery, NoBody]) -> Response:
        gazetteer = service.resolver().gazetteer
        found = present(gazetteer, asked.path["adcode"])
        if found is None:
            raise Refused("noun_not_found", 404, name=asked.path["adcode"])
        return deliver(_shown(gazetteer, found), asked.media)

    first = {"adcode": "$response.body#/items/0/adcode"}
    yield Operation("regions", "/regions", regions, OfRegions, {JSON: RegionList}, leads_to={"region": first})
    yield Operation("region", "/regions/{adcode}", region, NoQuery, {JSON: RegionLines})


def present(gazetteer: Gazetteer, adcode: str) -> Region | None:
    """Return the division of that code today."""
    return next((each for each in gazetteer.current(adcode) if each.adcode == adcode), None)


def _wanted(gazetteer: Gazetteer, query: OfRegions) -> Sequence[Region]:
    """Find one more division than fits on the page."""
    found: list[Region] = []
    for region in sorted(gazetteer.regions, key=lambda region: region.adcode):
        if region.adcode > query.cursor and _fits(region, query):
            found.append(region)
            if len(found) > query.limit:
                break
    return found


def _fits(region: Region, query: OfRegions) -> bool:
    asked = {"level": query.level, "parent": query.parent, "province": query.province}
    return query.q in region.name and all(
        value is None or getattr(region, name) == value for name, value in asked.items()
    )


def _shown(gazetteer: Gazetteer, region: Region) -> RegionLines:
    return RegionLines(
        adcode=region.adcode,
        name=region.name,
        full_name=gazetteer.full_name(region),
        level=region.level,
        parent=region.parent,
        province=region.province,
        place=Point(lat=region.place.lat, lng=region.place.lng) if region.place else None,
        macro_region=region.macro_region,
        economic_region=region.economic_region,
    )
