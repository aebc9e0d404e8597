"""Retention: what personal data there is, how long it is kept, and what becomes of it then.

The table of docs/operations.md says the same. What was decided or delivered is not touched: it names people
by id.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Table, Update, delete, select, update

from impact.access import Actor
from impact.store.audit import record
from impact.store.database import writing
from impact.store.partners import CONTACTS
from impact.store.people.attempts import ATTEMPTS
from impact.store.people.links import LINKS
from impact.store.people.sessions import SESSIONS
from impact.store.people.users import USERS
from impact.store.queue.job_files import FILES
from impact.store.queue.jobs import JOBS
from impact.store.replays import REPLAYS

FILES_KEPT = timedelta(days=90)
CONTACTS_KEPT = timedelta(days=3 * 365)
NAMES_KEPT = timedelta(days=2 * 365)
ATTEMPTS_KEPT = timedelta(days=1)


def retain(engine: Engine, now: datetime, who: Actor, *, dry_run: bool = False) -> Mapping[str, int]:
    """Forget what is past its time; return how many rows of each kind.

    A dry run counts in the same way, and leaves everything as it was.
    """
    with writing(engine) as connection:
        done = {kind: forget(connection, now.astimezone(UTC)) for kind, forget in KINDS.items()}
        if dry_run:
            connection.rollback()
        elif any(done.values()):
            record(connection, who, "retention.apply", "personal-data", after=done)
    return done


def _sessions(connection: Connection, now: datetime) -> int:
    return _gone(connection, SESSIONS, SESSIONS.c.expires_at < _told(now))


def _links(connection: Connection, now: datetime) -> int:
    return _gone(connection, LINKS, LINKS.c.expires_at < _told(now))


def _attempts(connection: Connection, now: datetime) -> int:
    return _gone(connection, ATTEMPTS, ATTEMPTS.c.last_at < _told(now - ATTEMPTS_KEPT))


def _replays(connection: Connection, now: datetime) -> int:
    return _gone(connection, REPLAYS, REPLAYS.c.held_until < _told(now))


def _files(connection: Connection, now: datetime) -> int:
    ended = select(JOBS.c.job_id).where(JOBS.c.ended_at < _told(now - FILES_KEPT))
    return _gone(connection, FILES, FILES.c.job_id.in_(ended))


def _contacts(connection: Connection, now: datetime) -> int:
    return _gone(connection, CONTACTS, CONTACTS.c.changed_at < _told(now - CONTACTS_KEPT))


def _names(connection: Connection, now: datetime) -> int:
    """Let who left long ago be known by their id alone."""
    nameless = "former-" + USERS.c.user_id
    former = (USERS.c.disabled_at < _told(now - NAMES_KEPT)) & (USERS.c.name != nameless)
    forgotten: Update = update(USERS).where(former).values(name=nameless, identity=None, password=None)
    return connection.execute(forgotten).rowcount


def _gone(connection: Connection, table: Table, past: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(past)).rowcount


def _told(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


KINDS: Mapping[str, Callable[[Connection, datetime], int]] = {
    "sessions": _sessions,
    "links": _links,
    "attempts": _attempts,
    "replays": _replays,
    "files": _files,
    "contacts": _contacts,
    "names": _names,
}
"""What is forgotten, in an order that breaks no reference."""
