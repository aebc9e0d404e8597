"""A whole service over a database of its own, and clients that are let in."""

import re
from weakref import WeakSet

from databases import of_its_own
from flask import Flask
from flask.testing import FlaskClient

from impact.access import SCOPES_OF, SYSTEM, Role, Scope
from impact.app import create_app
from impact.config import Settings
from impact.jobs.doing import do
from impact.jobs.kind import KINDS
from impact.reports.solved import Shelf
from impact.store.database import Database, open_database
from impact.store.partners import Partner, create, get
from impact.store.people.sessions import open_session
from impact.store.people.tokens import Grant, add_token
from impact.store.people.users import Post, User, add_user, user_named
from impact.store.queue.leases import Lease, claim

OPENED: WeakSet[Database] = WeakSet()
"""The databases of services that anything still holds, if only until it is swept up."""
VOUCHER = re.compile(r'name="csrf_token" value="([^"]+)"')


def database() -> Database:
    """An empty database of its own.

    Those opened before let go of connections that are idle, of which a server has few; they open others
    when they are asked again.
    """
    for before in OPENED:
        before.dispose()
    opened = open_database(of_its_own())
    OPENED.add(opened)
    return opened


def service(shelf: Shelf | None = None, kept: Database | None = None, **settings: object) -> Flask:
    """A service over `kept`, or a database of its own, that counts no requests unless told to."""
    known = Settings("", **{"requests_a_minute": 1_000_000_000, **settings})
    kept = kept or database()
    app = create_app(kept, known, shelf)
    app.extensions["database"] = kept
    return app


def do_jobs(app: Flask) -> None:
    """Do all that waits in the queue of `app`, in this process."""
    kept = app.extensions["database"]
    while True:
        with kept.begin() as connection:
            job = claim(connection, "near", KINDS)
        if job is None:
            return
        do(kept, Lease(job.job_id, job.attempt), lambda: None, lambda progress: None)


def partner_of(kept: Database, partner_id: str = "anji") -> Partner:
    """The partner of an id that `kept` has, or one kept for it."""
    return get(kept, partner_id) or create(kept, Partner(partner_id, partner_id, partner_id), SYSTEM)


def user_of(app: Flask, role: Role = Role.VIEWER, partner: str | None = None) -> User:
    """The user of a role (and partner) whom the database of `app` has, or one made for it."""
    kept, name = app.extensions["database"], f"{role}-{partner}" if partner else str(role)
    if partner:
        partner_of(kept, partner)
    return user_named(kept, name) or add_user(kept, name, Post(role, partner), who=SYSTEM)


def signed_in(app: Flask, role: Role = Role.VIEWER, partner: str | None = None) -> FlaskClient:
    """A client whose user is in."""
    client, user = app.test_client(), user_of(app, role, partner)
    with client.session_transaction() as session:
        session["_user_id"] = open_session(app.extensions["database"], user, who=user.acting(), how="tests")
    return client


def send(client: FlaskClient, page: str, to: str = "", **fields: object):
    """Fill in the form that stands on `page`, and send it there, or to another address."""
    voucher = VOUCHER.search(client.get(page).text)
    form = {**fields, "csrf_token": voucher[1] if voucher else ""}
    return client.post((to or page).partition("?")[0], data=form)


def token_of(app: Flask, role: Role = Role.VIEWER, *scopes: Scope, partner: str | None = None) -> str:
    """A token of a role's user: for `scopes`, or all that the role may do."""
    user = user_of(app, role, partner)
    grant = Grant("tests", frozenset(scopes) or SCOPES_OF[role])
    return add_token(app.extensions["database"], user.user_id, grant, who=SYSTEM)


def bearing(app: Flask, token: str) -> FlaskClient:
    """A client that shows a token with every request."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client
