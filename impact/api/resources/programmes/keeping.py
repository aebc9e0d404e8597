"""Programmes are kept: begun from a template or a document, and changed version by version."""

from collections.abc import Iterator
from datetime import date

from flask import Response, url_for

from impact.api.contract.delivery import made, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoQuery, Operation
from impact.api.contract.refusals import Refused
from impact.api.resources.programmes.lines import ProgrammeBegun, ProgrammeView, ProgrammeWanted, day, shown
from impact.api.resources.programmes.places import nowhere
from impact.api.resources.programmes.reading import ONE, UNKNOWN
from impact.api.service import Service
from impact.config import DATA
from impact.errors import Issue, Param, refuse_if_any
from impact.i18n.problems import WHOLE
from impact.programmes.templates import drafted, template_names
from impact.store.decisions.enrolling import document_of
from impact.store.decisions.programmes import ProgrammeVersion


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep programmes."""

    def add(asked: Asked[NoQuery, ProgrammeWanted]) -> Response:
        refuse_if_any(nowhere(asked.body, None, service.resolver()))
        return _made(service.office.keep(asked.body, asked.who, on=day(None)))

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
            told: dict[str, Param] = {"value": asked.body.programme_id, "known": name}
            issue = Issue("field_not_one_of", WHOLE, column="programme_id", params=told)
            raise Refused("bad_input", 422, [issue])
        refuse_if_any(nowhere(asked.body, document_of(before), service.resolver()))
        seen = expected(asked.held)
        seen = before.version if seen is None else seen
        after = service.office.keep(asked.body, asked.who, expected=seen, on=day(None))
        return stated(shown(after), version=str(after.version))

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


def _made(kept: ProgrammeVersion) -> Response:
    location = url_for("api.programme", programme_id=kept.programme_id)
    return made(shown(kept), location, str(kept.version))
