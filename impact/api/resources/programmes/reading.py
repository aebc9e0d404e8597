"""Programmes are shown: the list, one by one, who is in them, and the templates to begin from."""

from collections.abc import Iterator

from flask import Response

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.paging import After
from impact.api.resources.programmes.lines import (
    Judging,
    ProgrammeList,
    ProgrammeView,
    TemplateList,
    VerdictList,
    day,
    judged,
    shown,
)
from impact.api.service import Service
from impact.config import DATA
from impact.programmes.templates import template_names
from impact.store.paging import Part

ONE = "/programmes/{programme_id}"
UNKNOWN = {404: "unknown"}


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show programmes, and say who is in them."""

    def listed(asked: Asked[After, NoBody]) -> Response:
        found = service.office.programmes(Part(asked.query.limit, asked.query.cursor or None))
        return deliver(ProgrammeList(items=list(map(shown, found.items)), next=found.next), asked.media)

    def one(asked: Asked[NoQuery, NoBody]) -> Response:
        found = service.office.programme(asked.path["programme_id"])
        return deliver(shown(found), asked.media, str(found.version))

    def templates(asked: Asked[NoQuery, NoBody]) -> Response:
        return deliver(TemplateList(items=list(template_names(DATA))), asked.media)

    def eligibility(asked: Asked[Judging, NoBody]) -> Response:
        query, on = asked.query, day(asked.query.on)
        found = service.office.enrolled(asked.path["programme_id"], on).verdicts
        left = sorted(product for product in found if product > query.cursor)
        part = left[: query.limit]
        rest = part[-1] if len(left) > query.limit else None
        items = [judged(found[product]) for product in part]
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
