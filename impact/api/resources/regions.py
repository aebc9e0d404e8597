"""Regions: administrative divisions, and which of them a text means."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver, stated
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.paging import After, Listed, page_of
from impact.api.contract.refusals import ErrorLine, Refused, error_line
from impact.api.resources.nouns.lines import Point
from impact.api.resources.nouns.lists import Words
from impact.api.service import Service
from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolution

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


class AboutText(NoQuery):
    """What people call a place, and, where it is known, the code of a division that it lies in."""

    text: Annotated[Plain, Field(max_length=200)]
    within: Code | None = None


class Texts(BaseModel):
    """What people call places, and, where it is known, the code of a division that all of them lie in."""

    model_config = BODY | {"json_schema_extra": {"examples": [{"texts": ["云南临沧永德县", "pu'er"]}]}}

    texts: Annotated[list[Annotated[Plain, Field(max_length=200)]], Field(min_length=1, max_length=1000)]
    within: Code | None = None


class Named(BaseModel):
    """A division by code and full name."""

    model_config = FORBID

    adcode: str
    full_name: str


class ResolvedLines(BaseModel):
    """What a text means: a division and how sure that is, in [0, 1]; else `candidates` and why there is none.

    Where several places are named, `region` is the least that holds them all, and `several` are they.
    """

    model_config = FORBID

    text: str
    region: Named | None
    confidence: float
    candidates: list[Named]
    several: list[Named]
    doubts: list[ErrorLine]
    refused: ErrorLine | None


class ResolvedList(BaseModel):
    """What each text means, in the order they were sent."""

    model_config = FORBID

    items: list[ResolvedLines]


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show divisions, and find them by what people write."""

    def regions(asked: Asked[OfRegions, NoBody]) -> Response:
        gazetteer = service.resolver().gazetteer
        found, rest = page_of(
            _wanted(gazetteer, asked.query), asked.query.limit, lambda region: region.adcode
        )
        return deliver(RegionList(items=[_shown(gazetteer, each) for each in found], next=rest), asked.media)

    def region(asked: Asked[NoQuery, NoBody]) -> Response:
        gazetteer = service.resolver().gazetteer
        found = _present(gazetteer, asked.path["adcode"])
        if found is None:
            raise Refused("noun_not_found", 404, name=asked.path["adcode"])
        return deliver(_shown(gazetteer, found), asked.media)

    def resolve(texts: Sequence[str], within: str | None, lang: str) -> list[ResolvedLines]:
        resolver = service.resolver()
        if within is not None and _present(resolver.gazetteer, within) is None:
            raise Refused("noun_not_found", 404, name=within)
        found = [resolver.resolve(text, within) for text in texts]
        return [_resolved(resolver.gazetteer, each, lang) for each in found]

    def resolve_one(asked: Asked[AboutText, NoBody]) -> Response:
        (found,) = resolve([asked.query.text], asked.query.within, asked.lang)
        return deliver(found, asked.media)

    def resolve_many(asked: Asked[NoQuery, Texts]) -> Response:
        return stated(ResolvedList(items=resolve(asked.body.texts, asked.body.within, asked.lang)))

    first = {"adcode": "$response.body#/items/0/adcode"}
    yield Operation("regions", "/regions", regions, OfRegions, {JSON: RegionList}, leads_to={"region": first})
    yield Operation("region", "/regions/{adcode}", region, NoQuery, {JSON: RegionLines})
    unknown = {404: "noun_not_found"}
    yield Operation(
        "resolve_region", "/regions/resolve", resolve_one, AboutText, {JSON: ResolvedLines}, refuses=unknown
    )
    yield Operation(
        "resolve_regions",
        "/regions/resolve",
        resolve_many,
        NoQuery,
        {JSON: ResolvedList},
        method="POST",
        takes={JSON: Texts},
        refuses=unknown,
    )


def _present(gazetteer: Gazetteer, adcode: str) -> Region | None:
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


def _resolved(gazetteer: Gazetteer, found: Resolution, lang: str) -> ResolvedLines:
    def named(region: Region) -> Named:
        return Named(adcode=region.adcode, full_name=gazetteer.full_name(region))

    return ResolvedLines(
        text=found.text,
        region=named(found.region) if found.region else None,
        confidence=found.confidence,
        candidates=[named(each) for each in found.candidates],
        several=[named(each) for each in found.several],
        doubts=[error_line(doubt, lang) for doubt in found.doubts],
        refused=error_line(found.refused, lang) if found.refused else None,
    )
