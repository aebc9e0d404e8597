"""Everything refused, as problem+json (RFC 9457) with a request id and never a stack trace."""

import json
from collections.abc import Iterable, Mapping
from logging import getLogger

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from impact.errors import BadInput, Conflict, Issue, Param, Unknown
from impact.gate.requests import request_id
from impact.i18n.problems import MEDIA_TYPE, error_of, problem_details
from impact.i18n.wording import LANGS

KINDS = {401: "not_signed_in", 403: "not_allowed", 404: "not_found", 429: "too_many_requests"}
TOLD = ("Retry-After", "WWW-Authenticate")
"""Headers of a refusal that say what to do about it."""
log = getLogger(__name__)


class ErrorLine(BaseModel):
    """One thing to mend and its place: a query parameter, a JSON pointer, or file, row and column."""

    model_config = ConfigDict(extra="forbid")

    code: str
    detail: str
    parameter: str = ""
    pointer: str = ""
    file: str = ""
    row: int = 0
    column: str = ""
    params: dict[str, str | int | float] = Field(default_factory=dict)


class ProblemLines(BaseModel):
    """A problem document (RFC 9457); `type` is stable, `title` and `detail` are for people."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorLine]
    request_id: str


class Refused(Exception):
    """A request that gets a problem document for an answer."""

    def __init__(
        self,
        kind: str,
        status: int,
        issues: Iterable[Issue] = (),
        *,
        headers: Mapping[str, str] | None = None,
        **params: Param,
    ) -> None:
        self.kind, self.status, self.issues, self.params = kind, status, tuple(issues), params
        self.headers = dict(headers or {})
        super().__init__(kind)


def error_line(issue: Issue, lang: str) -> ErrorLine:
    """Show an issue as one of the errors of a problem document."""
    return ErrorLine.model_validate(error_of(issue, lang))


def language() -> str:
    """Return the language asked for, Chinese when none of ours is."""
    return request.accept_languages.best_match(LANGS, "zh")


def register(api: Blueprint, prefix: str) -> None:
    """Answer every refusal under `prefix`, even of addresses that are not there, with a problem document."""

    @api.before_app_request
    def _no_such_address() -> Response | None:
        error = request.routing_exception
        if error is None or isinstance(error, RequestRedirect) or not _under(prefix):
            return None
        return _http(error)

    api.register_error_handler(Refused, _refused)
    api.register_error_handler(BadInput, _bad_input)
    api.register_error_handler(HTTPException, _http)
    api.register_error_handler(Exception, _failed)


def _under(prefix: str) -> bool:
    return request.path == prefix or request.path.startswith(f"{prefix}/")


def _refused(error: Refused) -> Response:
    details = problem_details(error.kind, error.status, language(), error.issues, **error.params)
    body = json.dumps(details | {"request_id": request_id()}, ensure_ascii=False)
    return Response(body, error.status, {"Vary": "Accept-Language", **error.headers}, MEDIA_TYPE)


def _bad_input(error: BadInput) -> Response:
    if any(issue.code == "version_moved" for issue in error.issues):
        return _refused(Refused("version_moved", 412, error.issues))
    kinds = {Unknown: ("unknown", 404), Conflict: ("conflict", 409)}
    kind, status = kinds.get(type(error), ("bad_input", 422))
    return _refused(Refused(kind, status, error.issues))


def _http(error: HTTPException) -> Response:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted({*(error.valid_methods or ()), "OPTIONS"}))
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": allowed})
        return _refused(Refused("method_not_allowed", 405, headers={"Allow": allowed}, allowed=allowed))
    code = error.code or 400
    told = {name: value for name, value in error.get_headers() if name in TOLD}
    return _refused(Refused(KINDS.get(code, "bad_request"), code, headers=told))


def _failed(error: Exception) -> Response:
    log.error("Request %s failed.", request_id(), exc_info=error)
    return _refused(Refused("failed", 500))
