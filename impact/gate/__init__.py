"""The gate: who comes in, and what they may do. Everything asked of the service passes it.

Read `cookies`, `requests` and `headers` for what every answer carries, `watching` for whoever looks on,
`passwords` for what is kept of them.
"""

from flask import Flask

from impact.config import Settings
from impact.gate.cookies import sign_cookies
from impact.gate.headers import secure
from impact.gate.requests import name_answers
from impact.gate.watching import watch
from impact.store.database import Database

__all__ = ["guard"]


def guard(app: Flask, database: Database, settings: Settings) -> None:
    """Put the gate before everything that `app` answers."""
    sign_cookies(app, database, settings)
    name_answers(app)
    watch(app, database, settings)
    secure(app)
