"""Nouns are shown: list by list, and one by one."""

from collections.abc import Iterator

from flask import Response

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.paging import After, page_of
from impact.api.resources.nouns.kinds import Kind
from impact.api.service import Service
from impact.store.browsing import Wanted

UNKNOWN = {404: "unknown"}


def operations(service: Service, kind: Kind) -> Iterator[AnyOperation]:
    """Show the nouns of one kind."""

    def many(asked: Asked[After, NoBody]) -> Response:
        stated = asked.query.model_dump(exclude={"limit", "cursor", "q"}, exclude_none=True)
        wanted = Wanted(stated, getattr(asked.query, "q", ""), asked.query.cursor, asked.query.limit + 1)
        bodies = service.nouns.bodies(kind.nouns, wanted)
        found, rest = page_of(bodies, asked.query.limit, lambda body: str(body[kind.key]))
        return deliver(kind.page(found, rest), asked.media)

    def one(asked: Asked[NoQuery, NoBody]) -> Response:
        found = service.nouns.get(kind.nouns, asked.path[kind.key])
        return deliver(kind.line(found), asked.media, str(found.version) if kind.edits else None)

    first = {kind.key: f"$response.body#/items/0/{kind.key}"}
    yield Operation(
        kind.nouns,
        f"/{kind.nouns}",
        many,
        kind.query,
        {JSON: kind.listed},
        leads_to={kind.noun: first},
        is_remembered=True,
    )
    yield Operation(
        kind.noun, kind.one, one, NoQuery, {JSON: kind.shown}, refuses=UNKNOWN, is_remembered=True
    )
