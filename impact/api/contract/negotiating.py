"""What a request says of itself in headers and query: form, parameters, versions held, how long it waits."""

import re
from collections.abc import Mapping
from typing import TypeVar

from flask import request
from pydantic import ValidationError

from impact.api.contract.operation import AnyOperation, NoQuery
from impact.api.contract.refusals import Refused
from impact.bundles.pointed import pointed
from impact.errors import Issue

Query = TypeVar("Query", bound=NoQuery)
MOST_WAIT_SECONDS = 30
WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*(\d{1,6})(?![\w.])")
TAG = re.compile(r'(W/)?"([^"]*)"')
PACKED = re.compile(r"(?:-gzip|:\w+)$")
"""What packing an answer appends to its version."""


def media_of(given: Mapping[str, object]) -> str:
    """Choose the form the client likes best; the first where it does not say."""
    if not request.accept_mimetypes or not given:
        return next(iter(given), "")
    chosen = request.accept_mimetypes.best_match(given)
    if chosen is None:
        raise Refused("not_acceptable", 406, known=", ".join(given))
    return chosen


def query_of(model: type[Query]) -> Query:
    """Read the parameters behind the question mark; one that is not known is refused."""
    stated = {name: values[0] if len(values) == 1 else values for name, values in request.args.lists()}
    try:
        query = model.model_validate(stated)
    except ValidationError as error:
        raise Refused("bad_input", 422, pointed(error, None)) from error
    with_nul = [name for name, value in stated.items() if "\0" in name or "\0" in value]
    if with_nul:
        raise Refused("bad_input", 422, [Issue("text_with_nul", column=name) for name in with_nul])
    return query


def held_by(operation: AnyOperation) -> frozenset[str]:
    """Return the versions that `If-Match` names, packed or not; ``*`` is any.

    Raises
    ------
    Refused
        428 an edit does not say which version it changes.
    """
    if not operation.is_edit:
        return frozenset()
    stated = request.headers.get("If-Match", "")
    if stated.strip() == "*":
        return frozenset("*")
    tags = frozenset(PACKED.sub("", tag) for weak, tag in TAG.findall(stated) if not weak)
    if not stated:
        raise Refused("version_not_stated", 428)
    return tags


def wait_seconds() -> float:
    """Return how long the client would rather wait than look again: ``Prefer: wait=10``."""
    found = WAIT.search(request.headers.get("Prefer", ""))
    return float(min(int(found[1]), MOST_WAIT_SECONDS)) if found else 0.0
