"""Deliver an answer cheaply: an ETag against sending twice, gzip for who takes it, streams for the long."""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256

from flask import Response, request
from pydantic import BaseModel
from pydantic_core import to_json

from impact.api.contract.operation import JSON

GZIP = 16 + zlib.MAX_WBITS
ASKS_WHETHER = "If-None-Match"
"""By this header a client says under which ETags it holds the answer."""


def deliver(document: BaseModel, media: str, version: str | None = None) -> Response:
    """Answer with a document as JSON; `version` is what an edit of it has to name."""
    body = to_json(document)
    return deliver_stream([body], media, version or sha256(body).hexdigest())


def deliver_text(text: str, media: str) -> Response:
    """Answer with a text."""
    body = text.encode()
    return deliver_stream([body], media, sha256(body).hexdigest())


def deliver_stream(chunks: Iterable[bytes], media: str, etag: str) -> Response:
    """Answer with `chunks`, which are only asked for when the client does not hold them under `etag`."""
    packed = request.accept_encodings["gzip"] > 0
    response = Response(_gzipped(chunks) if packed else chunks, content_type=media)
    response.set_etag(f"{etag}-gzip" if packed else etag)
    response.headers["Vary"] = "Accept, Accept-Encoding, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if ASKS_WHETHER in request.headers:
        response.make_conditional(request)
    return response


def made(document: BaseModel, location: str, version: str | None = None) -> Response:
    """Answer 201: what was made, and where it is from now on."""
    response = stated(document, 201, version)
    response.headers["Location"] = location
    return response


def stated(document: BaseModel, status: int = 200, version: str | None = None) -> Response:
    """Answer with a document that nobody polls: what came of doing something."""
    response = Response(document.model_dump_json(), status, mimetype=JSON)
    if version is not None:
        response.set_etag(version)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def done() -> Response:
    """Answer 204: done, and nothing to say."""
    return Response(status=204)


def _gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()
