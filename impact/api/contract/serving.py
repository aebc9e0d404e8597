"""The way of a request: what is asked is checked, then answered, once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper

from flask import Blueprint, Response

from impact.access import Actor
from impact.api.contract.bodies import body_of
from impact.api.contract.negotiating import held_by, media_of, query_of, wait_seconds
from impact.api.contract.operation import AnyOperation, Asked, Operations
from impact.api.contract.refusals import Refused, language
from impact.api.contract.remembering import Answers, remembered
from impact.api.contract.replaying import Answering, once
from impact.store.replays import Replays


@dataclass(frozen=True)
class Door:
    """Who a request comes from, and what was answered before: under a key, or while nobody wrote."""

    who: Callable[[], Actor]
    replays: Replays
    answers: Answers


def serve(blueprint: Blueprint, operations: Operations, door: Door) -> None:
    """Answer `operations`, and nothing but what they allow, at their addresses."""
    for operation in operations:
        view = update_wrapper(partial(_answer, operation, door), operation.answer)
        blueprint.add_url_rule(
            _rule(operation.path),
            operation.name,
            view,
            methods=[operation.method],
            provide_automatic_options=False,
        )


def _rule(path: str) -> str:
    return path.replace("{", "<").replace("}", ">")


def _answer(operation: AnyOperation, door: Door, **path: str) -> Response:
    media, query, held = media_of(operation.gives), query_of(operation.query), held_by(operation)
    if any("\0" in step for step in path.values()):
        raise Refused("not_found", 404)
    with body_of(operation) as body:
        asked = Asked(door.who(), path, query, body, media, language(), held, wait_seconds())
        if operation.is_remembered:
            return remembered(door.answers, operation, asked, partial(operation.answer, asked))
        how = Answering(partial(operation.answer, asked), partial(operation.then, asked), operation.withheld)
        return once(door.replays, asked.who, body, how)
