"""Postings: news on its way to one hook, tried until it arrives or is given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select, update

from impact.access import Actor
from impact.store.audit import record
from impact.store.database import Database, reading, writing
from impact.store.webhooks.hooks import HOOKS
from impact.store.webhooks.outbox import NEWS, POSTINGS, TEST, put_out

HELD = timedelta(minutes=2)
"""Who takes a posting and does not say within it what came of it was cut off: it is taken again."""
PAUSES = tuple(
    timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long to wait after each try that failed; after the last it is given up."""


class PostingStatus(StrEnum):
    """How far a posting is."""

    WAITING = "waiting"
    ARRIVED = "arrived"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class Letter:
    """What to post where: `attempt` counts how often it was tried with this one."""

    news_id: str
    hook_id: str
    attempt: int
    address: str
    secret: str
    kind: str
    at: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class Posting:
    """How far news is on its way to one hook; `answer` is what came of the last try."""

    news_id: str
    kind: str
    at: str
    status: PostingStatus
    attempts: int
    answer: str
    tried_at: str | None
    due_at: str | None


class PostOffice:
    """The postings of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, limit: int) -> tuple[Letter, ...]:
        """Take postings that are due, the longest due first: nobody else takes them for a while.

        What waits for a hook that ended stays where it is.
        """
        now = datetime.now(UTC)
        live = POSTINGS.c.hook_id.in_(select(HOOKS.c.hook_id).where(HOOKS.c.ended_at.is_(None)))
        due = (POSTINGS.c.status == PostingStatus.WAITING) & (POSTINGS.c.due_at <= _written(now)) & live
        asked = _letters().where(due).order_by(POSTINGS.c.due_at).limit(limit)
        if not self._any(due):
            return ()
        with writing(self._database) as connection:
            rows = connection.execute(asked.with_for_update(skip_locked=True, of=POSTINGS)).all()
            for row in rows:
                held = {"due_at": _written(now + HELD), "attempts": row.attempts + 1}
                connection.execute(update(POSTINGS).where(_its(row.news_id, row.hook_id)).values(held))
        return tuple(map(_letter, rows))

    def settle(self, letter: Letter, *, arrived: bool, answer: str, gone: bool = False) -> None:
        """Say what came of trying: it arrived, or is tried again after a pause, or given up.

        `gone` says that the hook wants no more news: it is told nothing from now on.
        """
        now = datetime.now(UTC)
        over = gone or letter.attempt > len(PAUSES)
        values: dict[str, object] = {"answer": answer, "tried_at": _written(now)}
        if arrived or over:
            values["status"] = PostingStatus.ARRIVED if arrived else PostingStatus.GIVEN_UP
        else:
            values["due_at"] = _written(now + PAUSES[letter.attempt - 1])
        mine = _its(letter.news_id, letter.hook_id) & (POSTINGS.c.attempts == letter.attempt)
        with writing(self._database) as connection:
            connection.execute(update(POSTINGS).where(mine).values(values))
            if gone:
                connection.execute(
                    update(HOOKS).where(HOOKS.c.hook_id == letter.hook_id).values(ended_at=_written(now))
                )

    def try_out(self, hook_id: str, who: Actor) -> None:
        """Post to a hook that somebody tries whether it hears."""
        with writing(self._database) as connection:
            put_out(connection, TEST, {"hook_id": hook_id}, [hook_id])
            record(connection, who, "webhook.test", hook_id)

    def again(self, hook_id: str, news_id: str) -> Posting | None:
        """Post news once more, from the start; None where the hook was never told of it."""
        fresh = {"status": PostingStatus.WAITING, "attempts": 0, "due_at": _written(datetime.now(UTC))}
        with writing(self._database) as connection:
            connection.execute(update(POSTINGS).where(_its(news_id, hook_id)).values(fresh))
            return _one(connection, hook_id, news_id)

    def page(self, hook_id: str, before: str, limit: int) -> tuple[Posting, ...]:
        """Return what a hook was told, the newest first, what is before the news `before`."""
        asked = _postings().where(POSTINGS.c.hook_id == hook_id).order_by(POSTINGS.c.news_id.desc())
        if before:
            asked = asked.where(POSTINGS.c.news_id < before)
        with reading(self._database) as connection:
            return tuple(map(_posting, connection.execute(asked.limit(limit))))

    def _any(self, due: ColumnElement[bool]) -> bool:
        with reading(self._database) as connection:
            return connection.execute(select(POSTINGS.c.news_id).where(due).limit(1)).first() is not None


def _its(news_id: str, hook_id: str) -> ColumnElement[bool]:
    return (POSTINGS.c.news_id == news_id) & (POSTINGS.c.hook_id == hook_id)


def _letters() -> Select[Any]:
    joined = POSTINGS.join(NEWS, NEWS.c.news_id == POSTINGS.c.news_id)
    joined = joined.join(HOOKS, HOOKS.c.hook_id == POSTINGS.c.hook_id)
    parts = (NEWS.c.kind, NEWS.c.at, NEWS.c.data, HOOKS.c.address, HOOKS.c.secret)
    return select(POSTINGS.c.news_id, POSTINGS.c.hook_id, POSTINGS.c.attempts, *parts).select_from(joined)


def _letter(row: Row[Any]) -> Letter:
    where = (row.news_id, row.hook_id, row.attempts + 1, row.address, row.secret)
    return Letter(*where, row.kind, row.at, row.data)


def _postings() -> Select[Any]:
    joined = POSTINGS.join(NEWS, NEWS.c.news_id == POSTINGS.c.news_id)
    return select(POSTINGS, NEWS.c.kind, NEWS.c.at).select_from(joined)


def _one(connection: Connection, hook_id: str, news_id: str) -> Posting | None:
    row = connection.execute(_postings().where(_its(news_id, hook_id))).first()
    return None if row is None else _posting(row)


def _posting(row: Row[Any]) -> Posting:
    status = PostingStatus(row.status)
    due_at = row.due_at if status is PostingStatus.WAITING else None
    told = (row.news_id, row.kind, row.at, status, row.attempts, row.answer)
    return Posting(*told, row.tried_at, due_at)


def _written(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")
