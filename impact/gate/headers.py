"""Headers for every answer: nothing runs, loads or frames but what we serve, and nobody else keeps it."""

from flask import Flask, Response, request

from impact.gate.table import SAME_FOR_ALL

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
HTTPS_ONLY = "max-age=31536000"
"""Browsers that came by https once come by nothing else for a year."""


def secure(app: Flask) -> None:
    """Put the headers on every answer of `app` that has not set its own."""

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        stated = {name for name, _ in headers}
        wanted = HEADERS | {"Strict-Transport-Security": HTTPS_ONLY} if request.is_secure else HEADERS
        for name, value in wanted.items():
            if name not in stated:
                headers.add(name, value)
        if request.endpoint != "static":
            kept = headers.get("Cache-Control", "no-store")
            is_private = request.endpoint not in SAME_FOR_ALL
            headers["Cache-Control"] = f"{kept}, private" if is_private else kept
        return response
