"""Answers that follow from the database are told again until somebody writes into it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from impact.api.contract.operation import AnyOperation, Asked
from impact.store.unmoved import Unmoved

MOST_BYTES = 2**16
"""Longer answers are not remembered."""
READ = ("Accept-Encoding", "If-None-Match")
"""By these headers, too, one answer differs from another."""


@dataclass(frozen=True)
class Told:
    """What was answered."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Answers = Unmoved[Told]


def remembered(
    answers: Answers, operation: AnyOperation, asked: Asked[Any, Any], answer: Callable[[], Response]
) -> Response:
    """Answer as before where nothing was written since the same was asked for the same one."""
    fresh: list[Response] = []

    def find() -> Told | None:
        fresh.append(answer())
        return _kept(fresh[0])

    told = answers.told(_key(operation, asked), find)
    if fresh or told is None:
        return fresh[0]
    return Response(told.body, told.status, told.headers)


def _kept(response: Response) -> Told | None:
    """Return what is kept of an answer, None of one that refuses or is long."""
    if response.status_code not in (200, 304) or len(response.get_data()) > MOST_BYTES:
        return None
    return Told(response.status_code, tuple(response.headers), response.get_data())


def _key(operation: AnyOperation, asked: Asked[Any, Any]) -> Hashable:
    """Name all that an answer follows from, but the database."""
    who = asked.who
    whose = (who.actor_id, who.role, who.partner, who.scopes, who.token)
    sent = (*asked.path.items(), request.query_string, *map(request.headers.get, READ))
    return (operation.name, sent, whose, asked.media, asked.lang)
