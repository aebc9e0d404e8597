"""The gate: who comes in, and what they may do. Everything asked of the service passes it.

Read `table` for who may use which address, `visitors` for how it is told who asks, `signing`, `passwords`
and `outside` for how people come in; then `limits`, `cookies`, `requests`, `headers`, and `watching` for
whoever looks on.
"""

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from impact.config import Settings
from impact.gate.cookies import sign_cookies
from impact.gate.headers import secure
from impact.gate.limits import limit
from impact.gate.outside import know_provider
from impact.gate.requests import name_answers
from impact.gate.table import API, undeclared
from impact.gate.visitors import actor, ask_who, asking, know_visitors, visiting
from impact.gate.watching import watch
from impact.store.database import Database

__all__ = ["actor", "asking", "guard", "visiting"]


def guard(app: Flask, database: Database, settings: Settings) -> None:
    """Put the gate before everything that `app` answers; the order is that in which a request passes.

    Raises
    ------
    ValueError
        Of some address nobody said who may use it.
    """
    if near := settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]
    sign_cookies(app, database, settings)
    name_answers(app)
    watch(app, database, settings)
    secure(app)
    know_visitors(app, database)
    know_provider(app, database, settings)
    limit(app, settings.requests_a_minute)
    ask_who(app)
    _believe_forms(app)
    open_to_nobody = undeclared(app.view_functions)
    if open_to_nobody:
        raise ValueError(f"Expected all endpoints in gate/table.py, missing: {', '.join(open_to_nobody)}.")


def _believe_forms(app: Flask) -> None:
    """Take from a form only what came from a page of ours; programs come without forms, by token."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    forms = CSRFProtect(app)

    @app.before_request
    def _vouched() -> None:
        if request.endpoint is not None and request.blueprint != API:
            forms.protect()
