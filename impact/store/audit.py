"""The audit log: who did what to what, and why. Entries are chained by hash and never change.

Each entry holds the hash of the one before, so that an entry changed, left out or put in between shows. An
end cut off does not show by itself: keep the newest hash elsewhere, and ask whether it is still there.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Engine, Index, Integer, Row, Table, Text, insert, select

from impact.access import Actor
from impact.store.database import Database, reading
from impact.store.nouns import METADATA
from impact.store.turns import Turn, take_turn

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_audit_who", "who"),
    Index("ix_audit_subject", "subject"),
)
FIRST = "0" * 64
"""What stands for the hash before the first entry."""
NOTHING = "null"
"""What stands for a state that is not there."""
READ_AT_ONCE = 1_000

State = Mapping[str, object] | None


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    `who` is an id, never a name or an address; `before` and `after` are canonical JSON; `hash` is the
    SHA-256 of all other fields.
    """

    number: int
    at: str
    who: str
    role: str
    token: str
    what: str
    subject: str
    before: str
    after: str
    reason: str
    request_id: str
    previous: str
    hash: str = ""


@dataclass(frozen=True)
class Sought:
    """Which entries are looked for; an empty field lets all pass."""

    who: str = ""
    what: str = ""
    subject: str = ""


def record(
    connection: Connection,
    who: Actor,
    what: str,
    subject: str,
    *,
    before: State = None,
    after: State = None,
    reason: str = "",
) -> None:
    """Enter in the log, in the transaction of `connection`, that `who` did `what` to `subject`.

    `before` and `after` hold ids and settings, no contacts: entries outlive what they are about.
    """
    take_turn(connection, Turn.AUDIT)
    newest = select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    number, previous = connection.execute(newest).first() or (0, FIRST)
    entry = Entry(
        number=number + 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        who=who.actor_id,
        role=who.role,
        token=who.token,
        what=what,
        subject=subject,
        before=_canonical(before),
        after=_canonical(after),
        reason=reason,
        request_id=who.request_id,
        previous=previous,
    )
    connection.execute(insert(AUDIT).values(asdict(entry) | {"hash": digest(entry)}))


def entries(
    connection: Connection,
    sought: Sought | None = None,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> tuple[Entry, ...]:
    """Return at most `limit` entries that are looked for, the newest first, those numbered below `before`.

    Those numbered above `after` come the oldest first.
    """
    asked = (
        select(AUDIT).limit(limit).order_by(AUDIT.c.number if after is not None else AUDIT.c.number.desc())
    )
    for name, value in asdict(sought or Sought()).items():
        if value:
            asked = asked.where(AUDIT.c[name] == value)
    if before is not None:
        asked = asked.where(AUDIT.c.number < before)
    if after is not None:
        asked = asked.where(AUDIT.c.number > after)
    return tuple(map(_entry, connection.execute(asked)))


def newest(database: Database, sought: Sought, before: int | None, limit: int) -> tuple[Entry, ...]:
    """Return entries as `entries` does, of one moment of a database."""
    with reading(database) as connection:
        return entries(connection, sought, before=before, limit=limit)


def verify(connection: Connection) -> Iterator[int]:
    """Follow the chain; return the number of each entry changed, or not following the one before."""
    number, previous = 0, FIRST
    asked = select(AUDIT).order_by(AUDIT.c.number).execution_options(yield_per=READ_AT_ONCE)
    for row in connection.execute(asked):
        entry = _entry(row)
        if (entry.number, entry.previous, entry.hash) != (number + 1, previous, digest(entry)):
            yield entry.number
        number, previous = entry.number, entry.hash


def holds(connection: Connection, known: str) -> bool:
    """Tell whether an entry has the hash `known`; the hash of an end that was cut off is not there."""
    return connection.execute(select(AUDIT.c.number).where(AUDIT.c.hash == known)).first() is not None


def log_page(
    engine: Engine, sought: Sought, *, before: int | None = None, after: int | None = None, limit: int = 50
) -> tuple[Entry, ...]:
    """Return one page of the log, as `entries` does."""
    with reading(engine) as connection:
        return entries(connection, sought, before=before, after=after, limit=limit)


def looked_through(engine: Engine) -> list[int]:
    """Return the numbers of all entries that `verify` objects to."""
    with reading(engine) as connection:
        return list(verify(connection))


def digest(entry: Entry) -> str:
    """Return the hash that belongs to an entry."""
    stated = {name: value for name, value in asdict(entry).items() if name != "hash"}
    return sha256(_canonical(stated).encode()).hexdigest()


def _canonical(state: State) -> str:
    return json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _entry(row: Row[Any]) -> Entry:
    return Entry(**row._asdict())
