"""What was answered to a request that bears a key, so that asking again does nothing again.

A key belongs to who used it. The first request that brings it holds it until that ends; the answer is kept
for a day.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
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

from impact.store.database import Database, insert_new
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


class Replays:
    """The answers kept in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, who: str, key: str, asked: str) -> Replay | None:
        """Take `key` for what is `asked`: None where it was free, else what is known of it."""
        now = datetime.now(UTC)
        row = {"who": who, "key": key, "asked": asked, "held_until": (now + HELD).isoformat()}
        with self._database.begin() as connection:
            connection.execute(delete(REPLAYS).where(REPLAYS.c.held_until < now.isoformat()))
            if insert_new(connection, REPLAYS, [row]):
                return None
            known = connection.execute(select(REPLAYS).where(*_named(who, key))).one()
        if known.status is None:
            return Replay(known.asked, None)
        return Replay(known.asked, Answer(known.status, known.headers, zlib.decompress(known.body)))

    def keep(self, who: str, key: str, answer: Answer) -> None:
        """Keep what was answered under a key that is held."""
        values = {
            "status": answer.status,
            "headers": dict(answer.headers),
            "body": zlib.compress(answer.body),
            "held_until": (datetime.now(UTC) + KEPT).isoformat(),
        }
        with self._database.begin() as connection:
            connection.execute(update(REPLAYS).where(*_named(who, key)).values(values))

    def release(self, who: str, key: str) -> None:
        """Let go of a key under which nothing was done."""
        with self._database.begin() as connection:
            connection.execute(delete(REPLAYS).where(*_named(who, key)))


def _named(who: str, key: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return REPLAYS.c.who == who, REPLAYS.c.key == key
