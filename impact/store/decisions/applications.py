"""Applications: who wants in applies, its county recommends it, the platform reviews it; every step is kept.

After a refusal one may apply anew; what was decided before stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Engine, Integer, Row, Table, Text, select

from impact.access import SYSTEM, Actor
from impact.errors import Conflict, Issue, refuse_if_any
from impact.programmes.dossier import Application, Decision, Stage
from impact.store.audit import record
from impact.store.database import insert_new, reading, writing
from impact.store.nouns import METADATA

STEPS = Table(
    "application_steps",
    METADATA,
    Column("product_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
)
AT_ONCE = 500
"""So many products are asked about in one statement."""


class Step(StrEnum):
    """What is done next of an application."""

    APPLY = "apply"
    COUNTY = "county"
    PLATFORM = "platform"


NEXT: Mapping[Stage, Step] = {
    Stage.NONE: Step.APPLY,
    Stage.WAITS_FOR_COUNTY: Step.COUNTY,
    Stage.WAITS_FOR_PLATFORM: Step.PLATFORM,
    Stage.REFUSED_BY_COUNTY: Step.APPLY,
    Stage.REFUSED_BY_PLATFORM: Step.APPLY,
}
"""An accepted application takes no further step."""


@dataclass(frozen=True)
class Move:
    """A step on a day; one that refuses says why."""

    step: Step
    on: date
    accepted: bool = True
    reason: str = ""


def applied(engine: Engine) -> Mapping[str, Application]:
    """Return the applications of products, by product id."""
    with reading(engine) as connection:
        steps = connection.execute(select(STEPS).order_by(STEPS.c.product_id, STEPS.c.number)).all()
    return {product: _application(own) for product, own in _by_product(steps).items()}


def move(engine: Engine, product_ids: Collection[str], asked: Move, who: Actor) -> None:
    """Take a step for some products, for all of them or, where one cannot take it, for none.

    Raises
    ------
    BadInput
        A refusal without a reason, or no product at all.
    Conflict
        Some of them are not at this step (any more), or whoever recommended them would review them, too.
    """
    refuse_if_any(_unclear(product_ids, asked))
    with writing(engine) as connection:
        before = _steps_of(connection, product_ids)
        against = [
            issue for name in sorted(product_ids) for issue in _against(name, before[name], asked, who)
        ]
        if against:
            raise Conflict(against)
        rows = [_row(name, len(before[name]), asked, who) for name in sorted(product_ids)]
        if len(insert_new(connection, STEPS, rows)) < len(rows):
            raise Conflict([Issue("application_moved", params={"value": rows[0]["product_id"]})])
        for name in sorted(product_ids):
            said = {"accepted": asked.accepted, "on": asked.on.isoformat()}
            record(connection, who, f"application.{asked.step}", name, after=said, reason=asked.reason)


def _unclear(product_ids: Collection[str], asked: Move) -> Iterator[Issue]:
    if not product_ids:
        yield Issue("application_of_nothing")
    if not asked.accepted and not asked.reason.strip():
        yield Issue("application_reason_missing", column="reason")


def _row(product_id: str, number: int, asked: Move, who: Actor) -> dict[str, str | int | bool]:
    return {
        "product_id": product_id,
        "number": number,
        "step": str(asked.step),
        "on_day": asked.on.isoformat(),
        "accepted": asked.accepted,
        "reason": asked.reason.strip(),
        "actor_id": who.actor_id,
    }


def _against(product_id: str, before: Sequence[Row[Any]], asked: Move, who: Actor) -> Iterator[Issue]:
    """Say what speaks against a step: another is due, or the same person would judge twice."""
    stage = _application(before).stage(asked.on)
    if NEXT.get(stage) is not asked.step:
        yield Issue("application_moved", params={"value": product_id})
    elif asked.step is Step.PLATFORM and before[-1].actor_id == who.actor_id != SYSTEM.actor_id:
        yield Issue("application_own", params={"value": product_id})


def _steps_of(connection: Connection, product_ids: Collection[str]) -> Mapping[str, list[Row[Any]]]:
    names = sorted(product_ids)
    found: list[Row[Any]] = []
    for start in range(0, len(names), AT_ONCE):
        some = STEPS.c.product_id.in_(names[start : start + AT_ONCE])
        found += connection.execute(select(STEPS).where(some).order_by(STEPS.c.product_id, STEPS.c.number))
    return _by_product(found)


def _by_product(steps: Iterable[Row[Any]]) -> Mapping[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for step in steps:
        found[step.product_id].append(step)
    return found


def _application(steps: Sequence[Row[Any]]) -> Application:
    """Make an application of what was done since it was last applied."""
    first = max((i for i, step in enumerate(steps) if step.step == Step.APPLY), default=len(steps))
    since = {step.step: step for step in steps[first:]}
    decided = {
        name: Decision(date.fromisoformat(step.on_day), step.accepted, step.reason)
        for name, step in since.items()
    }
    applied = decided.get(Step.APPLY)
    return Application(applied.on if applied else None, decided.get(Step.COUNTY), decided.get(Step.PLATFORM))
