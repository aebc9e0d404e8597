"""How often one may ask: so many times a minute for whoever is known, else for an address."""

from flask import Flask, Response, request
from flask_limiter import HeaderNames, Limiter

from impact.gate.visitors import visiting

TRIES_A_MINUTE = 30
"""So often an address may try what lets somebody in, whoever it says it is."""
GUESSED = frozenset({"web.sign_in", "web.enter", "web.password"})

WAIT = "X-RateLimit-Retry-After"
"""Kept apart: an answer that is no refusal says by itself when to come again."""


def limit(app: Flask, requests_a_minute: int) -> None:
    """Answer 429 to who asks too often. Each process counts for itself."""

    @app.after_request
    def _when(response: Response) -> Response:
        wait = response.headers.pop(WAIT, None)
        if response.status_code == 429 and wait:
            response.headers["Retry-After"] = wait
        return response

    limiter = Limiter(
        _asker,
        application_limits=[f"{requests_a_minute}/minute"],
        application_limits_exempt_when=lambda: request.endpoint == "static",
        default_limits=[f"{min(TRIES_A_MINUTE, requests_a_minute)}/minute"],
        default_limits_exempt_when=lambda: request.endpoint not in GUESSED or request.method != "POST",
        headers_enabled=True,
        header_name_mapping={HeaderNames.RETRY_AFTER: WAIT},
        storage_uri="memory://",
    )
    limiter.init_app(app)


def _asker() -> str:
    who = visiting()
    if who is None:
        return f"address {request.remote_addr}"
    return f"token {who.token}" if who.token else f"user {who.actor_id}"
