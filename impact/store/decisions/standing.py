"""How plans stand: the state of each, and every step that led to it, by whom and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from impact.access import Actor
from impact.errors import Issue, Unknown
from impact.store.audit import record
from impact.store.database import reading
from impact.store.decisions.steps import State, Step
from impact.store.moments import fresh_id, moment
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of
from impact.store.webhooks.hooks import News
from impact.store.webhooks.outbox import announce

STANDINGS = Table(
    "plan_standings",
    METADATA,
    Column("plan_id", Text, ForeignKey("plans.plan_id"), primary_key=True),
    Column("scenario_id", Text, ForeignKey("scenarios.scenario_id"), nullable=False),
    Column("programme_id", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("mark", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("uq_plan_standings_mark", "mark", unique=True),
    Index("ix_plan_standings_scenario_id", "scenario_id"),
    Index("ix_plan_standings_programme_id", "programme_id", "period"),
)
ONE_PUBLISHED = Index(
    "uq_plan_standings_published",
    STANDINGS.c.programme_id,
    STANDINGS.c.period,
    unique=True,
    sqlite_where=STANDINGS.c.state == State.PUBLISHED.value,
    postgresql_where=STANDINGS.c.state == State.PUBLISHED.value,
)
"""Of a programme and a period at most one plan is published, whoever else publishes now."""
STEPS = Table(
    "approvals",
    METADATA,
    Column("plan_id", Text, ForeignKey("plans.plan_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
)


TOLD = {Step.PUBLISH: News.PLAN_PUBLISHED, Step.WITHDRAW: News.PLAN_WITHDRAWN}
"""Steps of which others are told."""


@dataclass(frozen=True)
class Standing:
    """How a plan stands: of which scenario, programme and period, and in which state since when."""

    plan_id: str
    scenario_id: str
    programme_id: str
    period: str
    state: State
    version: int
    changed_at: str


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the state it led to, by whom and why."""

    step: Step
    state: State
    who: str
    role: str
    at: str
    reason: str


@dataclass(frozen=True)
class Sought:
    """Which plans are looked for; an empty field lets all pass."""

    programme_id: str = ""
    scenario_id: str = ""
    period: str = ""
    state: str = ""


def get(engine: Engine, plan_id: str) -> Standing | None:
    """Say how a plan stands, None where it was made from no scenario or is none."""
    with reading(engine) as connection:
        row = connection.execute(select(STANDINGS).where(STANDINGS.c.plan_id == plan_id)).first()
    return None if row is None else standing_of(row)


def steps_of(engine: Engine, plan_id: str) -> tuple[Taken, ...]:
    """Return the steps of a plan, the first one first."""
    asked = select(STEPS).where(STEPS.c.plan_id == plan_id).order_by(STEPS.c.number)
    with reading(engine) as connection:
        return tuple(_taken(row) for row in connection.execute(asked))


def listed(engine: Engine, part: Part, sought: Sought = Sought()) -> Page[Standing]:  # frozen
    """Return plans that are looked for, the newest first."""
    asked = select(STANDINGS)
    for name, value in vars(sought).items():
        if value:
            asked = asked.where(STANDINGS.c[name] == value)
    with reading(engine) as connection:
        return page_of(connection, asked, STANDINGS.c.mark, part, standing_of, newest_first=True)


def newest(engine: Engine, sought: Sought = Sought()) -> Standing | None:  # frozen
    """Return the newest plan that is looked for, None where there is none."""
    found = listed(engine, Part(1), sought).items
    return found[0] if found else None


def published(engine: Engine, programme_id: str, period: str | None = None) -> str | None:
    """Name the plan of a programme that is published (in a period; else the latest), None where none is."""
    with reading(engine) as connection:
        return published_within(connection, programme_id, period)


def published_within(connection: Connection, programme_id: str, period: str | None = None) -> str | None:
    """Name the published plan as a transaction sees it, see `published`."""
    asked = select(STANDINGS.c.plan_id).where(
        STANDINGS.c.programme_id == programme_id, STANDINGS.c.state == State.PUBLISHED
    )
    if period is not None:
        asked = asked.where(STANDINGS.c.period == period)
    return connection.execute(asked.order_by(STANDINGS.c.period.desc()).limit(1)).scalar_one_or_none()


def baseline(engine: Engine, plan_id: str) -> str | None:
    """Name the published plan that one is held against: of its programme, of its period before others.

    None where none is published but itself, or it was made from no scenario.
    """
    mine = get(engine, plan_id)
    if mine is None:
        return None
    with reading(engine) as connection:
        same = published_within(connection, mine.programme_id, mine.period)
        found = same or published_within(connection, mine.programme_id)
    return None if found == plan_id else found


def locked(connection: Connection, plan_id: str) -> Standing:
    """Say how a plan stands, and let nobody else change that until the transaction ends."""
    asked = select(STANDINGS).where(STANDINGS.c.plan_id == plan_id).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        raise Unknown([Issue("plan_unknown", params={"value": plan_id})])
    return standing_of(row)


def begin(connection: Connection, standing: Standing) -> None:
    """Let a plan stand for the first time."""
    connection.execute(insert(STANDINGS).values(vars(standing) | {"mark": fresh_id()}))


def enter(
    connection: Connection, before: Standing, step: Step, state: State, who: Actor, *, reason: str = ""
) -> Standing:
    """Take a step, and write it down beside those before it and in the log."""
    after = Standing(**vars(before) | {"state": state, "version": before.version + 1, "changed_at": moment()})
    mine = STANDINGS.c.plan_id == before.plan_id
    connection.execute(update(STANDINGS).where(mine).values(vars(after)))
    last = select(func.max(STEPS.c.number)).where(STEPS.c.plan_id == before.plan_id)
    number = (connection.execute(last).scalar_one() or 0) + 1
    taken = Taken(step, state, who.actor_id, who.role, after.changed_at, reason)
    connection.execute(insert(STEPS).values(vars(taken) | {"plan_id": before.plan_id, "number": number}))
    told = {"before": {"state": before.state}, "after": {"state": state}}
    record(connection, who, f"plan.{step}", before.plan_id, **told, reason=reason)
    if step in TOLD:
        news = {"plan_id": after.plan_id, "programme_id": after.programme_id, "period": after.period}
        announce(connection, TOLD[step], news)
    return after


def makers(connection: Connection, plan_id: str, steps: tuple[Step, ...]) -> frozenset[str]:
    """Name who took one of `steps`."""
    asked = select(STEPS.c.who).where(STEPS.c.plan_id == plan_id, STEPS.c.step.in_(steps))
    return frozenset(connection.execute(asked).scalars())


def standing_of(row: Row[Any]) -> Standing:
    """Read how a plan stands from its row."""
    told = {name: getattr(row, name) for name in Standing.__dataclass_fields__}
    return Standing(**told | {"state": State(row.state)})


def _taken(row: Row[Any]) -> Taken:
    return Taken(Step(row.step), State(row.state), row.who, row.role, row.at, row.reason)
