"""Which division a text means, or several texts; an ambiguous name is never guessed."""

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
from impact.api.contract.refusals import ErrorLine, Refused, error_line
from impact.api.resources.regions.divisions import Code, present
from impact.api.service import Service
from impact.model import Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolution


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
    """Find divisions by what people write."""

    def resolve(texts: Sequence[str], within: str | None, lang: str) -> list[ResolvedLines]:
        resolver = service.resolver()
        if within is not None and present(resolver.gazetteer, within) is None:
            raise Refused("noun_not_found", 404, name=within)
        found = [resolver.resolve(text, within) for text in texts]
        return [_resolved(resolver.gazetteer, each, lang) for each in found]

    def resolve_one(asked: Asked[AboutText, NoBody]) -> Response:
        (found,) = resolve([asked.query.text], asked.query.within, asked.lang)
        return deliver(found, asked.media)

    def resolve_many(asked: Asked[NoQuery, Texts]) -> Response:
        return stated(ResolvedList(items=resolve(asked.body.texts, asked.body.within, asked.lang)))

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
