"""Programmes: begun from a template or a document, changed version by version; and who is in them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

from flask import Response, url_for
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver, made, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    NoBody,
    NoQuery,
    Operation,
)
from impact.api.contract.paging import After, Listed
from impact.api.contract.refusals import Refused
from impact.api.service import Service
from impact.config import DATA
from impact.errors import Issue, Param
from impact.programmes.criteria.finding import Finding
from impact.programmes.document import Names, ProgrammeDocument
from impact.programmes.eligibility import Verdict
from impact.programmes.templates import drafted, template_names
from impact.store.decisions.enrolling import document_of
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.paging import Part

ProgrammeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
"""An id that fits into an address."""
Day = Annotated[
    str,
    Field(
        pattern=r"^20([0-9]{2}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)"
        r"|(0[13578]|1[02])-31)|([02468][048]|[13579][26])-02-29)$"
    ),
]
"""A day of this century, as in 2026-10-01."""
ONE = "/programmes/{programme_id}"
UNKNOWN = {404: "unknown"}


class ProgrammeWanted(ProgrammeDocument):
    """A programme's document; each of its rules is as in the bundle's problem.json."""

    programme_id: ProgrammeId


class ProgrammeBegun(BaseModel):
    """The id of a programme, the day it begins, and its name where that is not the template's."""

    model_config = BODY

    programme_id: ProgrammeId
    start: Day
    name: Names | None = None


class ProgrammeView(BaseModel):
    """A programme as a version of its document has it; `changed` points at what that version changed."""

    model_config = FORBID

    programme_id: str
    version: int
    document: ProgrammeDocument
    changed: list[str]
    made_at: str
    made_by: str
    reason: str


class ProgrammeList(Listed[ProgrammeView]):
    """Programmes in the order of their ids; `next` is the cursor of the page after, null on the last."""


class TemplateList(BaseModel):
    """The names of the templates to begin from."""

    model_config = FORBID

    items: list[str]


class FindingLine(BaseModel):
    """What one criterion found: its code, the evidence, and the rung of the ladder that would mend it."""

    model_config = FORBID

    criterion: str
    code: str
    met: bool
    evidence: dict[str, str | int | float]
    rung: str | None


class VerdictLine(BaseModel):
    """Whether a product is in; `findings` say why."""

    model_config = FORBID

    product_id: str
    eligible: bool
    findings: list[FindingLine]


class VerdictList(Listed[VerdictLine]):
    """Products in the order of their ids; `next` is the cursor of the page after, null on the last."""


class Judging(After):
    """For which day; today when left out."""

    on: Day | None = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep programmes, and say who is in them."""
    yield from _reading(service)
    yield from _keeping(service)


def _reading(service: Service) -> Iterator[AnyOperation]:
    def listed(asked: Asked[After, NoBody]) -> Response:
        found = service.office.programmes(Part(asked.query.limit, asked.query.cursor or None))
        return deliver(ProgrammeList(items=list(map(_shown, found.items)), next=found.next), asked.media)

    def one(asked: Asked[NoQuery, NoBody]) -> Response:
        found = service.office.programme(asked.path["programme_id"])
        return deliver(_shown(found), asked.media, str(found.version))

    def templates(asked: Asked[NoQuery, NoBody]) -> Response:
        return deliver(TemplateList(items=list(template_names(DATA))), asked.media)

    def eligibility(asked: Asked[Judging, NoBody]) -> Response:
        query, on = asked.query, day(asked.query.on)
        found = service.office.enrolled(asked.path["programme_id"], on).verdicts
        left = sorted(product for product in found if product > query.cursor)
        shown = left[: query.limit]
        rest = shown[-1] if len(left) > query.limit else None
        items = [_judged(found[product]) for product in shown]
        return deliver(VerdictList(items=items, next=rest), asked.media)

    first = {"programme_id": "$response.body#/items/0/programme_id"}
    leads_to = {"programme": first, "eligibility": first, "begin_scenario": first}
    gives = {JSON: ProgrammeList}
    yield Operation("programmes", "/programmes", listed, After, gives, leads_to=leads_to)
    yield Operation("programme", ONE, one, NoQuery, {JSON: ProgrammeView}, refuses=UNKNOWN)
    yield Operation(
        "eligibility", f"{ONE}/eligibility", eligibility, Judging, {JSON: VerdictList}, refuses=UNKNOWN
    )
    yield Operation("programme_templates", "/programme-templates", templates, NoQuery, {JSON: TemplateList})


def _keeping(service: Service) -> Iterator[AnyOperation]:
    def add(asked: Asked[NoQuery, ProgrammeWanted]) -> Response:
        return _made(service.office.keep(asked.body, asked.who))

    def draft(asked: Asked[NoQuery, ProgrammeBegun]) -> Response:
        body, template = asked.body, asked.path["template"]
        if template not in template_names(DATA):
            raise Refused("noun_not_found", 404, name=template)
        document = drafted(DATA, template, body.programme_id, date.fromisoformat(body.start), body.name)
        return _made(service.office.keep(document, asked.who))

    def change(asked: Asked[NoQuery, ProgrammeWanted]) -> Response:
        name = asked.path["programme_id"]
        before = service.office.programme(name)
        if asked.body.programme_id != name:
            told: dict[str, Param] = {"value": asked.body.programme_id, "reason": name}
            raise Refused("bad_input", 422, [Issue("field_not_valid", column="/programme_id", params=told)])
        seen = expected(asked.held)
        after = service.office.keep(asked.body, asked.who, expected=before.version if seen is None else seen)
        return stated(_shown(after), version=str(after.version))

    new = {"programme_id": "$response.body#/programme_id"}
    leads_to = {"programme": new, "eligibility": new, "begin_scenario": new}
    gives = {JSON: ProgrammeView}
    yield Operation(
        "add_programme",
        "/programmes",
        add,
        NoQuery,
        gives,
        "POST",
        {JSON: ProgrammeWanted},
        201,
        refuses={409: "conflict"},
        leads_to=leads_to,
    )
    yield Operation(
        "draft_programme",
        "/programme-templates/{template}/programmes",
        draft,
        NoQuery,
        gives,
        "POST",
        {JSON: ProgrammeBegun},
        201,
        refuses={409: "conflict"},
        leads_to=leads_to,
    )
    yield Operation(
        "change_programme",
        ONE,
        change,
        NoQuery,
        gives,
        "PUT",
        {JSON: ProgrammeWanted},
        is_edit=True,
        refuses=UNKNOWN,
    )


def day(stated_day: str | None) -> date:
    """Read a day; today where none is stated."""
    return date.fromisoformat(stated_day) if stated_day else datetime.now().astimezone().date()


def _made(kept: ProgrammeVersion) -> Response:
    location = url_for("api.programme", programme_id=kept.programme_id)
    return made(_shown(kept), location, str(kept.version))


def _shown(kept: ProgrammeVersion) -> ProgrammeView:
    return ProgrammeView(
        programme_id=kept.programme_id,
        version=kept.version,
        document=document_of(kept),
        changed=list(kept.changed),
        made_at=kept.made_at,
        made_by=kept.made_by,
        reason=kept.reason,
    )


def _judged(verdict: Verdict) -> VerdictLine:
    return VerdictLine(
        product_id=verdict.product_id,
        eligible=verdict.is_eligible,
        findings=list(map(_found, verdict.findings)),
    )


def _found(each: Finding) -> FindingLine:
    return FindingLine(
        criterion=each.criterion,
        code=each.code,
        met=each.is_met,
        evidence=dict(each.evidence),
        rung=each.rung,
    )
