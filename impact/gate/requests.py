"""Each request has a name of its own, which its answer carries and the audit log keeps."""

import re
from uuid import uuid4

from flask import Flask, Response, g, request

HARMLESS = re.compile(r"[A-Za-z0-9_-]{1,64}")


def request_id() -> str:
    """Return the caller's id for this request where it is harmless, else one of ours."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if HARMLESS.fullmatch(given) else uuid4().hex
    return str(g.request_id)


def name_answers(app: Flask) -> None:
    """Put the name of its request on every answer of `app`."""

    @app.after_request
    def _name(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        return response
