"""Sessions: who is signed in where; what ends them ends them everywhere at once."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
)

from impact.access import Actor
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.nouns import METADATA
from impact.store.people.hashed import fresh, hashed, moment
from impact.store.people.users import USERS, User, keep_password, set_disabled, user_of

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("users.user_id"), nullable=False),
    Column("expires_at", Text, nullable=False),
    Index("ix_sessions_user_id", "user_id"),
)
_ONE = (
    select(USERS, SESSIONS.c.expires_at)
    .join(SESSIONS, SESSIONS.c.user_id == USERS.c.user_id)
    .where(SESSIONS.c.hash == bindparam("one"))
)
"""Asked of every request of a browser, and so composed once."""
LASTS = timedelta(hours=12)
"""A day's work."""


@dataclass(frozen=True)
class Session:
    """Who is signed in, and until when."""

    user: User
    expires_at: str

    def lasts(self) -> bool:
        """Tell whether it is not over, and its user not shut out."""
        return self.expires_at > moment() and self.user.disabled_at is None


def open_session(engine: Engine, user: User, *, who: Actor, how: str) -> str:
    """Sign `user` in; return the text by which their browser is known. `how` names what let them in."""
    key = fresh()
    with writing(engine) as connection:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at < moment()))
        row = {"hash": hashed(key), "user_id": user.user_id, "expires_at": moment(LASTS)}
        connection.execute(insert(SESSIONS).values(row))
        record(connection, who, "session.open", user.user_id, after={"how": how})
    return key


def session_of(engine: Engine, key: str) -> Session | None:
    """Return the session known by `key`, if it is not over and its user not shut out."""
    with reading(engine) as connection:
        row = connection.execute(_ONE, {"one": hashed(key)}).first()
    session = None if row is None else Session(user_of(row), row._mapping[SESSIONS.c.expires_at])
    return session if session is not None and session.lasts() else None


def close_session(engine: Engine, key: str, *, who: Actor) -> None:
    """Sign out; what the browser was known by means nothing any more."""
    with writing(engine) as connection:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.hash == hashed(key)))
        record(connection, who, "session.close", who.actor_id)


def shut_out(engine: Engine, user_id: str, *, who: Actor, reason: str = "") -> None:
    """Let a user in no longer, for a `reason`, and end what they have open; their tokens stop with them.

    Raises
    ------
    BadInput
        There is no such user, or nobody would be left to administer.
    """
    with writing(engine) as connection:
        _end_all(connection, user_id)
        set_disabled(connection, user_id, True, who=who, reason=reason)


def let_in(engine: Engine, user_id: str, *, who: Actor, reason: str = "") -> None:
    """Let in a user who was shut out; they sign in anew."""
    with writing(engine) as connection:
        set_disabled(connection, user_id, False, who=who, reason=reason)


def set_password(engine: Engine, user_id: str, password: str, *, who: Actor) -> None:
    """Keep the hash of a user's new password, and end all their sessions."""
    with writing(engine) as connection:
        _end_all(connection, user_id)
        keep_password(connection, user_id, password, who=who)


def _end_all(connection: Connection, user_id: str) -> None:
    connection.execute(delete(SESSIONS).where(SESSIONS.c.user_id == user_id))
