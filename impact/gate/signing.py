"""Signing in and out. Who may not come in learns nothing of why, nor from how long it took."""

from enum import StrEnum

from flask import request, session
from flask_login import current_user, login_user, logout_user

from impact.gate.passwords import hash_password, is_right
from impact.gate.requests import request_id
from impact.gate.visitors import Visitor, actor
from impact.store.database import Database
from impact.store.people.attempts import forget_attempts, may_try
from impact.store.people.links import Purpose, use_link
from impact.store.people.sessions import close_session, open_session, set_password
from impact.store.people.users import User, user_named, user_with_id


class Outcome(StrEnum):
    """How an attempt to sign in ended."""

    IN = "in"
    WRONG = "wrong"
    WAIT = "wait"


def sign_in(database: Database, name: str, password: str) -> Outcome:
    """Sign in by name and password, unless too much was tried before."""
    address = request.remote_addr or ""
    if not may_try(database, name, address):
        return Outcome.WAIT
    user = user_named(database, name)
    right = is_right(password, user.password if user else None)
    if user is None or not right or user.disabled_at:
        return Outcome.WRONG
    forget_attempts(database, name, address)
    begin(database, user, "password")
    return Outcome.IN


def enter(database: Database, key: str) -> bool:
    """Sign in by a link that is good once; tell whether it was."""
    user = use_link(database, key, Purpose.ENTER)
    if user is not None:
        begin(database, user, "link")
    return user is not None


def begin(database: Database, user: User, how: str) -> None:
    """Begin a session under a new key: what a browser held before means nothing from here on."""
    session.clear()
    key = open_session(database, user, who=user.acting(request_id()), how=how)
    login_user(Visitor(user, key))


def sign_out(database: Database) -> None:
    """End the session, here and in the database."""
    close_session(database, current_user.key, who=actor())
    logout_user()
    session.clear()


def set_by_link(database: Database, key: str, password: str) -> bool:
    """Set a password by a link that is good once, and sign in; tell whether it was."""
    user = use_link(database, key, Purpose.PASSWORD)
    if user is not None:
        set_password(database, user.user_id, hash_password(password), who=user.acting(request_id()))
        begin(database, user, "link")
    return user is not None


def change_password(database: Database, old: str, new: str) -> bool:
    """Change one's own password, which ends one's sessions elsewhere; tell whether the old one was right."""
    who = actor()
    if not may_try(database, who.name, request.remote_addr or ""):
        return False
    user = user_with_id(database, who.actor_id)
    if user is None or not is_right(old, user.password):
        return False
    forget_attempts(database, who.name, request.remote_addr or "")
    set_password(database, user.user_id, hash_password(new), who=who)
    begin(database, user, "password")
    return True
