"""Partners: who brings producers in; a retired one sends no more files, and what it sent stays."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response, url_for
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver, done, made, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    Because,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.paging import After, Listed
from impact.api.contract.refusals import Refused
from impact.api.service import Service
from impact.store.paging import Part
from impact.store.partners import Partner

Name = Annotated[Plain, Field(min_length=1, max_length=200)]
Adcode = Annotated[str, Field(pattern="^[0-9]{6}$")]
MANY, ONE = "/partners", "/partners/{partner_id}"
UNKNOWN = {404: "unknown"}
CONFLICT = {404: "unknown", 409: "conflict"}


class PartnerWanted(BaseModel):
    """A county bureau, an association, a belt operator; `region` is the code of where it is."""

    model_config = BODY | {
        "json_schema_extra": {
            "examples": [
                {"partner_id": "anji", "name_zh": "安吉县农业农村局", "name_en": "Anji", "region": "330523"}
            ]
        }
    }

    partner_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
    name_zh: Name
    name_en: Name
    region: Adcode | None = None


class PartnerChanged(BaseModel):
    """What to change of a partner: fields left out stay."""

    model_config = BODY

    name_zh: Name = Field(default_factory=str)
    name_en: Name = Field(default_factory=str)
    region: Adcode | None = Field(default_factory=lambda: None)


class PartnerView(BaseModel):
    """A partner; null `retired_at` sends files."""

    model_config = FORBID

    partner_id: str
    name_zh: str
    name_en: str
    region: str | None
    version: int
    retired_at: str | None


class PartnerList(Listed[PartnerView]):
    """Partners in the order of their ids; `next` is the cursor of the page after, null on the last."""


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show partners, and keep them."""
    yield from _reading(service)
    yield from _keeping(service)


def _reading(service: Service) -> Iterator[AnyOperation]:
    def partners(asked: Asked[After, NoBody]) -> Response:
        found = service.directory.page(Part(asked.query.limit, asked.query.cursor or None))
        return deliver(PartnerList(items=list(map(_shown, found.items)), next=found.next), asked.media)

    def partner(asked: Asked[NoQuery, NoBody]) -> Response:
        name = asked.path["partner_id"]
        if not asked.who.sees(name):
            raise Refused("noun_not_found", 404, name=name)
        found = service.directory.get(name)
        return deliver(_shown(found), asked.media, str(found.version))

    first = {"partner_id": "$response.body#/items/0/partner_id"}
    yield Operation("partners", MANY, partners, After, {JSON: PartnerList}, leads_to={"partner": first})
    yield Operation("partner", ONE, partner, NoQuery, {JSON: PartnerView}, refuses=UNKNOWN)


def _keeping(service: Service) -> Iterator[AnyOperation]:
    def add(asked: Asked[NoQuery, PartnerWanted]) -> Response:
        kept = service.directory.create(Partner(**asked.body.model_dump()), asked.who)
        return made(_shown(kept), url_for("api.partner", partner_id=kept.partner_id), str(kept.version))

    def change(asked: Asked[NoQuery, PartnerChanged]) -> Response:
        fields, name = asked.body.model_dump(exclude_unset=True), asked.path["partner_id"]
        kept = service.directory.change(name, fields, asked.who, expected(asked.held))
        return stated(_shown(kept), version=str(kept.version))

    def retire(asked: Asked[Because, NoBody]) -> Response:
        name, why = asked.path["partner_id"], asked.query.reason
        service.directory.retire(name, asked.who, expected(asked.held), why)
        return done()

    new, gives = {"partner_id": "$response.body#/partner_id"}, {JSON: PartnerView}
    yield Operation(
        "add_partner",
        MANY,
        add,
        NoQuery,
        gives,
        "POST",
        {JSON: PartnerWanted},
        201,
        refuses={409: "conflict"},
        leads_to={"partner": new},
    )
    takes = {JSON: PartnerChanged}
    yield Operation(
        "change_partner", ONE, change, NoQuery, gives, "PATCH", takes, is_edit=True, refuses=CONFLICT
    )
    yield Operation(
        "retire_partner", ONE, retire, Because, {}, "DELETE", status=204, is_edit=True, refuses=CONFLICT
    )


def _shown(partner: Partner) -> PartnerView:
    return PartnerView.model_validate(vars(partner))
