"""What was answered to a request that bears a key, so that asking again does nothing again.

A key belongs to who used it. The first request that brings it holds it until that ends; the answer is kept
for a day, and in the transaction of what was done.
"""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    delete,
    select,
    update,
)

from impact.store.database import Database, insert_new, whole, writing
from impact.store.nouns import METADATA

REPLAYS = Table(
    "replays",
    METADATA,
    Column("who", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("held_until", Text, nullable=False),
    Column("status", Integer),
    Column("headers", JSON(none_as_null=True)),
    Column("body", LargeBinary),
    Index("ix_replays_held_until", "held_until"),
)
KEPT = timedelta(hours=24)
HELD = timedelta(minutes=5)
"""No request takes longer; one that did not end by then was cut off."""


@dataclass(frozen=True)
class Answer:
    """An answer as it was given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Replay:
    """What is known of a key: what was asked (a hash) and what was answered, None while that is under way."""

    asked: str
    answer: Answer | None


@dataclass(frozen=True)
class Held:
    """A key in the hand of the request that took it; whoever takes it after `until` holds another."""

    who: str
    key: str
    until: str


class Replays:
    """The answers kept in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, who: str, key: str, asked: str) -> Held | Replay:
        """Take `key` for what is `asked` where it is free, else tell what is known of it."""
        now = datetime.now(UTC)
        held = Held(who, key, (now + HELD).isoformat())
        row = {"who": who, "key": key, "asked": asked, "held_until": held.until}
        with writing(self._database) as connection:
            connection.execute(delete(REPLAYS).where(REPLAYS.c.held_until < now.isoformat()))
            if insert_new(connection, REPLAYS, [row]):
                return held
            mine = (REPLAYS.c.who == who) & (REPLAYS.c.key == key)
            known = connection.execute(select(REPLAYS).where(mine)).one()
        if known.status is None:
            return Replay(known.asked, None)
        return Replay(known.asked, Answer(known.status, known.headers, zlib.decompress(known.body)))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Have what is done in the block, and the answer kept in it, be one transaction."""
        with whole(self._database):
            yield

    def keep(self, held: Held, answer: Answer) -> Held | None:
        """Keep what was answered under a key that is held, and hold it on; None where another holds it."""
        after = replace(held, until=(datetime.now(UTC) + KEPT).isoformat())
        values = {
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": zlib.compress(answer.body),
            "held_until": after.until,
        }
        with writing(self._database) as connection:
            kept = connection.execute(update(REPLAYS).where(_of(held)).values(values))
        return after if kept.rowcount else None

    def release(self, held: Held) -> None:
        """Let go of a key under which nothing was done."""
        with writing(self._database) as connection:
            connection.execute(delete(REPLAYS).where(_of(held)))


def _of(held: Held) -> ColumnElement[bool]:
    return (REPLAYS.c.who == held.who) & (REPLAYS.c.key == held.key) & (REPLAYS.c.held_until == held.until)
