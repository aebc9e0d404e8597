"""Read what is sent: JSON checked against its schema, or a file, raw or in a form; never too much."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from impact.api.contract.operation import AnyOperation, NoBody, Upload
from impact.api.contract.refusals import Refused
from impact.bundles.pointed import pointed, pointer, shown
from impact.errors import Issue
from impact.i18n.problems import WHOLE

FORM = "multipart/form-data"
PART = "file"
"""The part of a form that holds the file."""
FORM_BYTES = 2**16
"""What a form may have beside the file."""


@contextmanager
def body_of(operation: AnyOperation) -> Iterator[BaseModel | Upload]:
    """Give the body of the request as `operation` takes it.

    Raises
    ------
    Refused
        413 it is too large, 415 it is of another kind, 400 it is not JSON at all, 422 it is not as specified.
    """
    _demand_small(operation.most_bytes)
    if not operation.takes:
        yield _nothing()
        return
    media = request.mimetype
    if media not in operation.takes:
        raise Refused("unsupported_media_type", 415, known=", ".join(operation.takes))
    model = operation.takes[media]
    if model is not None:
        yield _document(model)
    else:
        with TemporaryDirectory(prefix="impact-") as folder:
            yield _file(Path(folder) / "content", media)


def _demand_small(most_bytes: int) -> None:
    request.max_content_length = most_bytes + FORM_BYTES
    if request.content_length is not None and request.content_length > most_bytes + FORM_BYTES:
        raise _too_large()


def _too_large() -> Refused:
    most = (request.max_content_length or 0) - FORM_BYTES
    return Refused("too_large", 413, most=most)


def _read() -> bytes:
    try:
        return request.get_data(cache=True)
    except RequestEntityTooLarge as error:
        raise _too_large() from error


def _nothing() -> NoBody:
    """Take no body, and an empty object for none."""
    if request.method not in ("GET", "HEAD") and _read().strip() not in (b"", b"{}"):
        raise Refused("bad_input", 422, [Issue("body_not_taken", file=WHOLE)])
    return NoBody()


def _document(model: type[BaseModel]) -> BaseModel:
    content = _read()
    _demand_json(content)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise Refused("bad_input", 422, pointed(error, WHOLE)) from error


class _Twice(dict[str, object]):
    """An object in which some fields stand more than once."""


def _demand_json(content: bytes) -> None:
    """Refuse what is no JSON, and an object in which a field stands twice or a text holds NUL."""
    try:
        document = json.loads(
            content.decode("utf-8"), object_pairs_hook=_told_apart, parse_constant=_no_number
        )
        found = list(_faults(document, ()))
    except (ValueError, RecursionError) as error:
        issue = Issue("not_json", WHOLE, params={"reason": shown(error)})
        raise Refused("not_json", 400, [issue]) from error
    if found:
        raise Refused("bad_input", 422, found)


def _told_apart(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = Counter(name for name, _ in pairs)
    if len(names) == len(pairs):
        return dict(pairs)
    return _Twice((name, None) for name, times in names.items() if times > 1)


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number.")


def _faults(value: object, place: tuple[str | int, ...]) -> Iterator[Issue]:
    """Name what no reader of JSON objects to, and nobody can keep."""
    if isinstance(value, str):
        yield from [Issue("text_with_nul", WHOLE, column=pointer(place))] if "\0" in value else []
    elif isinstance(value, _Twice):
        yield from (Issue("field_repeated", WHOLE, column=pointer((*place, name))) for name in value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _faults(inner, (*place, name))
            yield from _faults(name, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _faults(inner, (*place, number))


def _file(path: Path, media: str) -> Upload:
    """Put the bytes of the body, or of the one file of a form, at `path`."""
    try:
        if media != FORM:
            return _kept(path, media, "", request.stream)
        part = request.files.get(PART)
    except RequestEntityTooLarge as error:
        raise _too_large() from error
    if part is None:
        raise Refused("bad_input", 422, [Issue("field_missing", file=WHOLE, column=PART)])
    return _kept(path, part.mimetype or media, part.filename or "", part.stream)


def _kept(path: Path, media: str, name: str, content: IO[bytes]) -> Upload:
    with path.open("wb") as target:
        copyfileobj(content, target)
    return Upload(media, name, path)
