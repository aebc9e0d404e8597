"""Nouns are kept: created, changed, retired; and every state of one is shown."""

from collections.abc import Iterator

from flask import Response, url_for
from pydantic import BaseModel

from impact.api.contract.delivery import deliver, done, made, stated
from impact.api.contract.editing import expected, pointing_into_body
from impact.api.contract.operation import JSON, AnyOperation, Asked, Because, NoBody, NoQuery, Operation, Page
from impact.api.resources.nouns.kinds import Kind
from impact.api.service import Service

UNKNOWN = {404: "unknown"}
CONFLICT = {404: "unknown", 409: "conflict"}


def operations(service: Service, kind: Kind) -> Iterator[AnyOperation]:
    """Keep the nouns of one kind, where it is edited."""
    if kind.edits:
        yield _history(service, kind, kind.edits.history)
        yield _add(service, kind, kind.edits.wanted)
        yield _change(service, kind, kind.edits.changed)
        yield _retire(service, kind)


def _history(service: Service, kind: Kind, shown: type[BaseModel]) -> AnyOperation:
    def history(asked: Asked[Page, NoBody]) -> Response:
        limit, cursor = asked.query.limit, asked.query.cursor
        name, before = asked.path[kind.key], int(cursor) if cursor else None
        found = service.nouns.history(kind.nouns, name, before, limit + 1)
        rest = str(found[limit - 1].version) if len(found) > limit else None
        return deliver(
            shown.model_validate({"items": list(map(kind.past, found[:limit])), "next": rest}), asked.media
        )

    name = f"{kind.noun}_history"
    return Operation(name, f"{kind.one}/history", history, Page, {JSON: shown}, refuses=UNKNOWN)


def _add(service: Service, kind: Kind, wanted: type[BaseModel]) -> AnyOperation:
    def add(asked: Asked[NoQuery, BaseModel]) -> Response:
        with pointing_into_body():
            kept = service.nouns.create(kind.nouns, asked.body.model_dump(mode="json"), asked.who)
        location = url_for(f"api.{kind.noun}", _external=False, **{kind.key: kind.name_of(kept)})
        return made(kind.line(kept), location, str(kept.version))

    new = {kind.key: f"$response.body#/{kind.key}"}
    return Operation(
        f"add_{kind.noun}",
        f"/{kind.nouns}",
        add,
        NoQuery,
        {JSON: kind.shown},
        "POST",
        {JSON: wanted},
        201,
        refuses={409: "conflict"},
        leads_to={kind.noun: new, f"{kind.noun}_history": new},
    )


def _change(service: Service, kind: Kind, changed: type[BaseModel]) -> AnyOperation:
    def change(asked: Asked[NoQuery, BaseModel]) -> Response:
        fields, name = asked.body.model_dump(mode="json", exclude_unset=True), asked.path[kind.key]
        with pointing_into_body():
            kept = service.nouns.change(kind.nouns, name, fields, asked.who, expected=expected(asked.held))
        return stated(kind.line(kept), version=str(kept.version))

    gives, takes = {JSON: kind.shown}, {JSON: changed}
    return Operation(
        f"change_{kind.noun}",
        kind.one,
        change,
        NoQuery,
        gives,
        "PATCH",
        takes,
        is_edit=True,
        refuses=CONFLICT,
    )


def _retire(service: Service, kind: Kind) -> AnyOperation:
    def retire(asked: Asked[Because, NoBody]) -> Response:
        name, why = asked.path[kind.key], asked.query.reason
        service.nouns.retire(kind.nouns, name, asked.who, expected=expected(asked.held), reason=why)
        return done()

    return Operation(
        f"retire_{kind.noun}",
        kind.one,
        retire,
        Because,
        {},
        "DELETE",
        status=204,
        is_edit=True,
        refuses=CONFLICT,
    )
