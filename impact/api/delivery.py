"""Deliver an answer cheaply: an ETag against sending twice, gzip for who takes it, streams for the long."""

import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256

from flask import Response, request
from pydantic import BaseModel

GZIP = 16 + zlib.MAX_WBITS


def deliver(document: BaseModel, media: str) -> Response:
    """Answer with a document as JSON."""
    return deliver_text(document.model_dump_json(), media)


def deliver_text(text: str, media: str) -> Response:
    """Answer with a text."""
    body = text.encode()
    return deliver_stream([body], media, sha256(body).hexdigest())


def deliver_stream(chunks: Iterable[bytes], media: str, etag: str) -> Response:
    """Answer with `chunks`, which are only asked for when the client does not hold them under `etag`."""
    packed = request.accept_encodings["gzip"] > 0
    response = Response(_gzipped(chunks) if packed else chunks, content_type=media)
    response.set_etag(f"{etag}-gzip" if packed else etag)
    response.vary.update(["Accept", "Accept-Encoding", "Accept-Language"])
    response.cache_control.no_cache = True
    if packed:
        response.content_encoding = "gzip"
    response.make_conditional(request)
    return response


def _gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()
