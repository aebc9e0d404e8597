"""Deliveries: exposures that were given, by plan, link and day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Engine, Float, Index, Row, Table, Text, func, select

from impact.access import Actor
from impact.store.database import reading
from impact.store.happened.receiving import Received, parts, receive
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("day", Text, primary_key=True),
    Column("delivery_id", Text, primary_key=True),
    Column("plan_id", Text, nullable=False),
    Column("product_id", Text, nullable=False),
    Column("placement_id", Text, nullable=False),
    Column("exposure", Float, nullable=False),
    Column("received_at", Text, nullable=False),
    Index("ix_deliveries_delivery_id", "delivery_id"),
    Index("ix_deliveries_plan_id", "plan_id", "product_id", "placement_id"),
)


@dataclass(frozen=True)
class Delivery:
    """Exposures given to a product in a placement on a day (ISO), as whoever gives them counted."""

    delivery_id: str
    day: str
    plan_id: str
    product_id: str
    placement_id: str
    exposure: float

    def __post_init__(self) -> None:
        if not 0 <= self.exposure < float("inf"):
            raise ValueError(f"Expected a finite exposure of at least 0, got {self.exposure}.")


def put(engine: Engine, deliveries: Sequence[Delivery], who: Actor) -> Received:
    """Add deliveries whose id is not there yet, all or none; the order they come in changes nothing."""
    rows = {delivery.delivery_id: vars(delivery) for delivery in reversed(deliveries)}
    return receive(engine, DELIVERIES, rows, who)


def listed(engine: Engine, plan_id: str, part: Part) -> Page[Delivery]:
    """Return what was delivered of a plan, by the ids of deliveries."""
    asked = select(DELIVERIES).where(DELIVERIES.c.plan_id == plan_id)
    with reading(engine) as connection:
        return page_of(connection, asked, DELIVERIES.c.delivery_id, part, _delivery)


def delivered(engine: Engine, plan_id: str) -> Mapping[tuple[str, str], float]:
    """Return the exposures given of a plan so far, by product and placement."""
    link = (DELIVERIES.c.product_id, DELIVERIES.c.placement_id)
    asked = select(*link, func.sum(DELIVERIES.c.exposure).label("given"))
    with reading(engine) as connection:
        rows = connection.execute(asked.where(DELIVERIES.c.plan_id == plan_id).group_by(*link))
        return {(row.product_id, row.placement_id): row.given for row in rows}


def delivered_of(engine: Engine, plan_id: str, products: Sequence[str]) -> Mapping[str, float]:
    """Return the exposures given of a plan so far to some products, by product."""
    given: dict[str, float] = {}
    asked = select(DELIVERIES.c.product_id, func.sum(DELIVERIES.c.exposure).label("given"))
    with reading(engine) as connection:
        for some in parts(products):
            mine = (DELIVERIES.c.plan_id == plan_id) & DELIVERIES.c.product_id.in_(some)
            rows = connection.execute(asked.where(mine).group_by(DELIVERIES.c.product_id))
            given |= {row.product_id: row.given for row in rows}
    return given


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})
