"""Openness: published plans that anybody may look at, where an approver has switched that on."""

from sqlalchemy import Column, Engine, ForeignKey, Table, Text, delete, select

from impact.access import Actor
from impact.errors import Conflict, Issue
from impact.store.audit import record
from impact.store.database import insert_new, reading, writing
from impact.store.decisions.standing import STANDINGS, locked
from impact.store.decisions.steps import State
from impact.store.moments import moment
from impact.store.nouns import METADATA

PUBLIC = Table(
    "public_plans",
    METADATA,
    Column("plan_id", Text, ForeignKey("plan_standings.plan_id"), primary_key=True),
    Column("since", Text, nullable=False),
)
SWITCHED = OPENED, CLOSED = "plan.make_public", "plan.make_private"
"""What the log calls letting anybody look, and nobody."""


def make_public(engine: Engine, plan_id: str, who: Actor, *, reason: str = "") -> None:
    """Let anybody look at a plan, for as long as it is published; done again it changes nothing.

    Raises
    ------
    Unknown, Conflict
        There is no such plan, or it is not published.
    """
    with writing(engine) as connection:
        state = locked(connection, plan_id).state
        if state is not State.PUBLISHED:
            raise Conflict([Issue("plan_stands_otherwise", params={"value": plan_id, "state": state})])
        if insert_new(connection, PUBLIC, [{"plan_id": plan_id, "since": moment()}]):
            record(connection, who, OPENED, plan_id, reason=reason)


def make_private(engine: Engine, plan_id: str, who: Actor, *, reason: str = "") -> None:
    """Let nobody look at a plan who has no business with it; raises `Unknown` where there is none."""
    with writing(engine) as connection:
        locked(connection, plan_id)
        if connection.execute(delete(PUBLIC).where(PUBLIC.c.plan_id == plan_id)).rowcount:
            record(connection, who, CLOSED, plan_id, reason=reason)


def is_public(engine: Engine, plan_id: str) -> bool:
    """Tell whether anybody may look at a plan: it is switched on, and the plan is published."""
    asked = (
        select(PUBLIC.c.plan_id)
        .join(STANDINGS, STANDINGS.c.plan_id == PUBLIC.c.plan_id)
        .where(PUBLIC.c.plan_id == plan_id, STANDINGS.c.state == State.PUBLISHED)
    )
    with reading(engine) as connection:
        return connection.execute(asked).first() is not None
