"""Each request has a name of its own, which its answer carries and the audit log keeps."""

import re
from urllib.parse import quote, urlsplit, urlunsplit
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


def local(target: str) -> str | None:
    """Return `target` if it leads to a page of ours, and to no other host however a browser reads it."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if ours and not parts.scheme and not parts.netloc else None


def page_asked() -> str | None:
    """Return the page of ours that was asked for; of a form, the one it stands on, where that is told."""
    if request.method == "GET":
        asked = f"{quote(request.path)}?{request.query_string.decode()}".rstrip("?")
        return local(asked)
    stood = urlsplit(request.referrer or "")
    return local(urlunsplit(("", "", *stood[2:4], ""))) if stood.netloc == request.host else None
