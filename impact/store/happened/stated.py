"""Stated: readings of milestones that nothing here counts, as people state them, each with where it is from.

What was stated stays; of one day the last that was stated counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Engine, Float, Integer, Row, Table, Text, insert, select

from impact.access import Actor
from impact.errors import refuse_if_any
from impact.programmes.document import MilestoneDocument
from impact.programmes.milestones import Reading
from impact.programmes.promises import misread
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.moments import moment
from impact.store.nouns import METADATA

STATED = Table(
    "milestone_readings",
    METADATA,
    Column("programme_id", Text, primary_key=True),
    Column("milestone_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("metric", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("source", Text, nullable=False),
    Column("stated_at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
)


@dataclass(frozen=True)
class Stated(Reading):
    """A reading, when it was stated and by whom (an id); `counts` until another of its day is stated."""

    stated_at: str = ""
    actor_id: str = ""
    counts: bool = True


def state(
    engine: Engine, programme_id: str, milestone: MilestoneDocument, said: Reading, *, who: Actor, on: date
) -> None:
    """Keep what somebody says, on a day, that a milestone's metric was.

    Raises
    ------
    BadInput
        It is of a day outside the milestone or yet to come, no figure of its metric, or from nowhere.
    """
    refuse_if_any(misread(milestone, said, on))
    with writing(engine) as connection:
        number = len(_rows(connection, programme_id, milestone.milestone_id)) + 1
        row = {"metric": milestone.metric, "on_day": said.on.isoformat(), "value": said.value}
        key = {"programme_id": programme_id, "milestone_id": milestone.milestone_id, "number": number}
        told = {"source": said.source, "stated_at": moment(), "actor_id": who.actor_id}
        connection.execute(insert(STATED).values(key | row | told))
        after = {"milestone": milestone.milestone_id, **row, "source": said.source}
        record(connection, who, "milestone.read", programme_id, after=after)


def all_stated(engine: Engine, programme_id: str, milestone: MilestoneDocument) -> tuple[Stated, ...]:
    """Return all that was stated of a milestone's metric, the newest day first."""
    with reading(engine) as connection:
        found = list(_stated(connection, programme_id, milestone))
    return tuple(sorted(reversed(found), key=lambda each: each.on, reverse=True))


def stated(connection: Connection, programme_id: str, milestone: MilestoneDocument) -> Iterator[Stated]:
    """Return what counts of it."""
    return (each for each in _stated(connection, programme_id, milestone) if each.counts)


def _stated(connection: Connection, programme_id: str, milestone: MilestoneDocument) -> Iterator[Stated]:
    """Return what was stated, in order; not what another metric was that the milestone had before."""
    rows = _rows(connection, programme_id, milestone.milestone_id)
    own = [row for row in rows if row.metric == milestone.metric]
    last = {row.on_day: row.number for row in own}
    for row in own:
        day, counts = date.fromisoformat(row.on_day), last[row.on_day] == row.number
        yield Stated(day, row.value, row.source, row.stated_at, row.actor_id, counts)


def _rows(connection: Connection, programme_id: str, milestone_id: str) -> list[Row[Any]]:
    mine = (STATED.c.programme_id == programme_id, STATED.c.milestone_id == milestone_id)
    return list(connection.execute(select(STATED).where(*mine).order_by(STATED.c.number)))
