"""Visitors: who asks, told from a session's cookie or a token, and whether they may."""

from flask import Flask, abort, g, request
from flask_login import LoginManager, current_user
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from impact.access import NOBODY, Actor
from impact.gate.requests import request_id
from impact.gate.table import ACCESS, API, SAME_FOR_ALL
from impact.store.database import Database
from impact.store.people.hashed import hashed
from impact.store.people.sessions import Session, session_of
from impact.store.people.tokens import Token, note_use, token_of
from impact.store.people.users import User
from impact.store.unmoved import Unmoved

SAFE = ("GET", "HEAD", "OPTIONS")


class Visitor:
    """Somebody signed in, as Flask-Login knows them: by the key of their session."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User, key: str) -> None:
        self.user, self.key = user, key

    def get_id(self) -> str:
        """Return the key of the session."""
        return self.key


def actor() -> Actor:
    """Return who asks.

    Raises
    ------
    Unauthorized
        Nobody is known to.
    """
    who = visiting()
    return who if who is not None else _nobody()


def asking() -> Actor:
    """Return who asks, `NOBODY` where the address is open to all and nobody is known to."""
    return visiting() or NOBODY


def visiting() -> Actor | None:
    """Return who asks, None where nobody is known to."""
    who: Actor | None = g.get("actor")
    return who


def know_visitors(app: Flask, database: Database) -> None:
    """Find out for each request who asks."""
    login = LoginManager(app)
    login.session_protection = None

    tokens, sessions = Unmoved[Token](database), Unmoved[Session](database)

    def _load(key: str) -> Visitor | None:
        session = sessions.told(hashed(key), lambda: session_of(database, key))
        return Visitor(session.user, key) if session is not None and session.lasts() else None

    login.user_loader(_load)

    @app.before_request
    def _identify() -> None:
        g.actor = _by_token(database, tokens) if _shows_token() else _by_session()


def ask_who(app: Flask) -> None:
    """Let in whom the table admits: 401 for nobody, 403 for who is known and may not."""

    @app.before_request
    def _admit() -> None:
        if request.endpoint is None:
            return
        access, who = ACCESS[request.endpoint], visiting()
        if access.scope is None:
            return
        if who is None:
            _nobody()
        elif not access.admits(who):
            abort(403)


def _shows_token() -> bool:
    return request.blueprint == API and "Authorization" in request.headers


def _by_token(database: Database, tokens: Unmoved[Token]) -> Actor | None:
    shown = request.authorization
    if shown is None or shown.type != "bearer":
        return None
    text = shown.token or ""
    token = tokens.told(hashed(text), lambda: token_of(database, text))
    if token is None or not token.works():
        return None
    note_use(database, token)
    return token.acting(request_id())


def _by_session() -> Actor | None:
    """Return who is signed in; a cookie changes nothing over the API, where no form vouches for the wish."""
    if request.endpoint in SAME_FOR_ALL or (request.blueprint == API and request.method not in SAFE):
        return None
    return current_user.user.acting(request_id()) if current_user.is_authenticated else None


def _nobody() -> Actor:
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", {"realm": "impact"}))
