"""Applications of products: one applies, its county recommends it, the platform reviews it, step by step."""

from collections.abc import Callable, Iterator
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.access import Actor
from impact.api.contract.delivery import deliver, stated
from impact.api.contract.editing import expected, pointing_into_body
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
from impact.api.contract.refusals import Refused
from impact.api.resources.programmes.lines import day
from impact.api.service import Service
from impact.programmes.dossier import Stage
from impact.store.decisions.applicants import Applicant, Applicants
from impact.store.decisions.applications import NEXT, ApplicationStep, Move

ONE = "/applications/{product_id}"
REFUSES = {404: "unknown", 409: "conflict"}


class Judgement(BaseModel):
    """Whether a product is recommended, or accepted; a refusal says why."""

    model_config = BODY | {"json_schema_extra": {"examples": [{"accepted": True}]}}

    accepted: bool
    reason: Annotated[Plain, Field(max_length=2000)] = ""


class StepLine(BaseModel):
    """A step that was taken, on which day, and what was decided."""

    model_config = FORBID

    step: ApplicationStep
    on: str
    accepted: bool
    reason: str


class ApplicationView(BaseModel):
    """How far the application of a product has come, and `next`, the step that is due; null where none is.

    `partner` is who lists it, null where the catalog has it. After a refusal one may apply anew; `steps` has
    all that was decided, the oldest first.
    """

    model_config = FORBID

    product_id: str
    product: str
    producer_id: str
    partner: str | None
    stage: Stage
    next: ApplicationStep | None
    steps: list[StepLine]


class ApplicationList(Listed[ApplicationView]):
    """Products in the order of their ids; `next` is the cursor of the page after, null on the last."""


class OfApplications(After):
    """Of which stage, and of which partner's products."""

    stage: Stage | None = None
    partner: Annotated[Plain, Field(min_length=1, max_length=200)] | None = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show applications, and take their steps."""
    applicants = service.applicants

    def applications(asked: Asked[OfApplications, NoBody]) -> Response:
        query = asked.query
        lines = map(shown, applicants.of(_partner(query, asked.who)))
        wanted = [
            line for line in lines if query.stage in (None, line.stage) and line.product_id > query.cursor
        ]
        items, rest = page_of(wanted[: query.limit + 1], query.limit, lambda line: line.product_id)
        return deliver(ApplicationList(items=list(items), next=rest), asked.media)

    def application(asked: Asked[NoQuery, NoBody]) -> Response:
        found = applicants.get(asked.path["product_id"], asked.who.partner)
        return deliver(shown(found), asked.media, str(found.version))

    def apply(asked: Asked[NoQuery, NoBody]) -> Response:
        return _taken(applicants, asked, Move(ApplicationStep.APPLY, day(None)))

    first, gives = {"product_id": "$response.body#/items/0/product_id"}, {JSON: ApplicationView}
    leads_to = {"application": first}
    yield Operation(
        "applications",
        "/applications",
        applications,
        OfApplications,
        {JSON: ApplicationList},
        leads_to=leads_to,
    )
    yield Operation("application", ONE, application, NoQuery, gives, refuses={404: "unknown"})
    yield Operation("apply", f"{ONE}/apply", apply, NoQuery, gives, "POST", is_edit=True, refuses=REFUSES)
    yield _judging("recommend", _by(applicants, ApplicationStep.COUNTY))
    yield _judging("review", _by(applicants, ApplicationStep.PLATFORM))


def _judging(name: str, answer: Callable[[Asked[NoQuery, Judgement]], Response]) -> AnyOperation:
    gives, takes = {JSON: ApplicationView}, {JSON: Judgement}
    return Operation(
        f"{name}_application",
        f"{ONE}/{name}",
        answer,
        NoQuery,
        gives,
        "POST",
        takes,
        is_edit=True,
        refuses=REFUSES,
    )


def _by(applicants: Applicants, step: ApplicationStep) -> Callable[[Asked[NoQuery, Judgement]], Response]:
    """Return who takes a step that decides."""

    def judge(asked: Asked[NoQuery, Judgement]) -> Response:
        return _taken(applicants, asked, Move(step, day(None), asked.body.accepted, asked.body.reason))

    return judge


def _taken(
    applicants: Applicants, asked: Asked[NoQuery, NoBody] | Asked[NoQuery, Judgement], step: Move
) -> Response:
    seen = applicants.get(asked.path["product_id"], asked.who.partner)
    with pointing_into_body():
        after = applicants.take(seen, step, asked.who, expected=expected(asked.held))
    return stated(shown(after), version=str(after.version))


def _partner(query: OfApplications, who: Actor) -> str | None:
    """Return whose products are meant; those of another partner are not there."""
    if query.partner is not None and not who.sees(query.partner):
        raise Refused("noun_not_found", 404, name=query.partner)
    return query.partner or who.partner


def shown(found: Applicant) -> ApplicationView:
    """Show how far an application has come."""
    stage = found.stage(day(None))
    return ApplicationView(
        product_id=found.product.product_id,
        product=found.product.name,
        producer_id=found.product.producer_id,
        partner=found.partner,
        stage=stage,
        next=NEXT.get(stage),
        steps=[
            StepLine(step=each.step, on=each.on.isoformat(), accepted=each.accepted, reason=each.reason)
            for each in found.steps
        ],
    )
