"""Whoever watches: each request is counted and logged, and three addresses tell how the service is.

``/healthz`` says that this process lives, ``/readyz`` whether it can do what it is for, ``/metrics`` what it
does: to who comes from this machine without a proxy between, or has the token of the settings.
"""

from dataclasses import asdict
from hmac import compare_digest
from time import perf_counter

from flask import Blueprint, Flask, Response, abort, g, jsonify, request
from structlog import get_logger
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.exceptions import NotFound

from impact.config import Settings
from impact.gate.requests import request_id
from impact.store.database import Database
from impact.watch.metrics import MEDIA_TYPE, Metrics
from impact.watch.readiness import readiness

NEAR = ("127.0.0.1", "::1")
NOWHERE = "nowhere"
"""The endpoint of what is asked at an address that there is not."""
log = get_logger(__name__)


def watch(app: Flask, database: Database, settings: Settings) -> None:
    """Count and log what `app` answers, and tell those who watch."""
    metrics = Metrics(database)
    app.register_blueprint(_addresses(database, metrics, settings))

    @app.before_request
    def _begin() -> None:
        g.began = perf_counter()
        clear_contextvars()
        bind_contextvars(request_id=request_id())

    @app.after_request
    def _end(response: Response) -> Response:
        endpoint, seconds = request.endpoint or NOWHERE, perf_counter() - g.get("began", perf_counter())
        metrics.count(endpoint, request.method, response.status_code, seconds)
        told = {"endpoint": endpoint, "method": request.method, "status": response.status_code}
        log.info("request", **told, seconds=round(seconds, 4))
        return response


def _addresses(database: Database, metrics: Metrics, settings: Settings) -> Blueprint:
    addresses = Blueprint("watching", __name__)

    @addresses.get("/healthz")
    def health() -> Response:
        return jsonify(alive=True)

    @addresses.get("/readyz")
    def ready() -> tuple[Response, int]:
        found = readiness(database)
        return jsonify(ready=found.whole, **asdict(found)), 200 if found.whole else 503

    @addresses.get("/metrics")
    def figures() -> Response:
        if not _may_watch(settings.metrics_token):
            abort(NotFound.code)
        return Response(metrics.told(), content_type=MEDIA_TYPE)

    return addresses


def _may_watch(token: str | None) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return compare_digest(given.encode(), token.encode())
    return request.remote_addr in NEAR and not {"X-Forwarded-For", "Forwarded"} & {*request.headers.keys()}
