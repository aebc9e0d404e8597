"""The outbox: news is put into it in the transaction of what happened: neither is without the other."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from secrets import token_hex
from time import time_ns

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, Integer, Table, Text, insert, or_, select

from impact.store.nouns import METADATA
from impact.store.webhooks.hooks import HOOKS, News

NEWS = Table(
    "news",
    METADATA,
    Column("news_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("partner", Text),
    Column("at", Text, nullable=False),
    Column("data", JSON, nullable=False),
)
POSTINGS = Table(
    "postings",
    METADATA,
    Column("news_id", Text, ForeignKey("news.news_id"), primary_key=True),
    Column("hook_id", Text, ForeignKey("webhooks.hook_id"), primary_key=True),
    Column("status", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("tried_at", Text),
    Index("ix_postings_due", "status", "due_at"),
    Index("ix_postings_hook", "hook_id", "news_id"),
)
WAITING = "waiting"
TEST = "hook.test"
"""Told to one hook when somebody tries whether it hears."""


def announce(
    connection: Connection, kind: News, data: Mapping[str, object], partner: str | None = None
) -> None:
    """Put news into the outbox for every hook that wants it; `data` holds ids and states, nothing personal.

    `partner` is whose news it is: hooks of other partners do not hear of it.
    """
    live = select(HOOKS.c.hook_id, HOOKS.c.kinds).where(
        HOOKS.c.ended_at.is_(None), or_(HOOKS.c.partner.is_(None), HOOKS.c.partner == partner)
    )
    wanting = [row.hook_id for row in connection.execute(live) if kind in row.kinds]
    if wanting:
        put_out(connection, kind, data, wanting, partner)


def put_out(
    connection: Connection,
    kind: str,
    data: Mapping[str, object],
    hooks: Sequence[str],
    partner: str | None = None,
) -> None:
    """Put news into the outbox for some hooks, by id, at least one."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    news_id = f"{time_ns():016x}{token_hex(4)}"
    told = {"news_id": news_id, "kind": kind, "partner": partner, "at": now, "data": dict(data)}
    connection.execute(insert(NEWS).values(told))
    waiting = {"news_id": news_id, "status": WAITING, "due_at": now, "attempts": 0, "answer": ""}
    connection.execute(insert(POSTINGS), [{**waiting, "hook_id": hook_id} for hook_id in hooks])
