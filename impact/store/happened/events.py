"""Events: what people did, each told once under an id of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Engine, Float, Index, Row, Table, Text, select

from impact.access import Actor
from impact.store.database import reading
from impact.store.happened.receiving import Received, receive
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of

EVENTS = Table(
    "events",
    METADATA,
    Column("day", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("placement_id", Text),
    Column("plan_id", Text),
    Column("amount", Float, nullable=False),
    Column("received_at", Text, nullable=False),
    Index("ix_events_event_id", "event_id"),
    Index("ix_events_product_id", "product_id", "day"),
    Index("ix_events_plan_id", "plan_id", "day"),
)
"""The day leads the key, so that a large table can be cut by time."""


@dataclass(frozen=True)
class Event:
    """Something that people did with a product: `amount` of `kind`, in the unit of the kind.

    It holds no word about who they are.
    """

    event_id: str
    at: datetime
    kind: str
    product_id: str
    placement_id: str | None = None
    plan_id: str | None = None
    amount: float = 1.0

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"Expected a time with its zone, got {self.at}.")


def put(engine: Engine, events: Sequence[Event], who: Actor) -> Received:
    """Add events whose id is not there yet, all or none; the order they come in changes nothing."""
    return receive(engine, EVENTS, {event.event_id: _row(event) for event in reversed(events)}, who)


def listed(engine: Engine, first: str, last: str, part: Part) -> Page[Event]:
    """Return the events of days (ISO, in UTC) from first to last, by day and id."""
    asked = select(EVENTS).where(EVENTS.c.day >= first, EVENTS.c.day <= last)
    with reading(engine) as connection:
        return page_of(connection, asked, EVENTS.c.day + "/" + EVENTS.c.event_id, part, _event)


def _row(event: Event) -> dict[str, object]:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {**vars(event), "at": at, "day": at[:10]}


def _event(row: Row[Any]) -> Event:
    told = {name: getattr(row, name) for name in Event.__dataclass_fields__}
    return Event(**told | {"at": datetime.fromisoformat(row.at)})
