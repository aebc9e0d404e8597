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
from impact.store.versions import expect

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


class ApplicationStep(StrEnum):
    """What is done next of an application."""

    APPLY = "apply"
    COUNTY = "county"
    PLATFORM = "platform"


NEXT: Mapping[Stage, ApplicationStep] = {
    Stage.NONE: ApplicationStep.APPLY,
    Stage.WAITS_FOR_COUNTY: ApplicationStep.COUNTY,
    Stage.WAITS_FOR_PLATFORM: ApplicationStep.PLATFORM,
    Stage.REFUSED_BY_COUNTY: ApplicationStep.APPLY,
    Stage.REFUSED_BY_PLATFORM: ApplicationStep.APPLY,
}
"""An accepted application takes no further step."""


@dataclass(frozen=True)
class Move:
    """A step on a day; one that refuses says why."""

    step: ApplicationStep
    on: date
    accepted: bool = True
    reason: str = ""


@dataclass(frozen=True)
class Taken(Move):
    """A step that was taken, and by whom (an id)."""

    actor_id: str = ""


def applied(engine: Engine) -> Mapping[str, Application]:
    """Return the applications of products, by product id."""
    return {product: application_of(own) for product, own in steps_taken(engine).items()}


def steps_taken(engine: Engine, product_id: str | None = None) -> dict[str, list[Taken]]:
    """Return the steps of all products that applied, or of one, in their order."""
    asked = select(STEPS).order_by(STEPS.c.product_id, STEPS.c.number)
    if product_id is not None:
        asked = asked.where(STEPS.c.product_id == product_id)
    with reading(engine) as connection:
        return _by_product(connection.execute(asked))


def application_of(steps: Sequence[Taken]) -> Application:
    """Make an application of what was done since it was last applied."""
    first = max(
        (i for i, taken in enumerate(steps) if taken.step is ApplicationStep.APPLY), default=len(steps)
    )
    since = {taken.step: Decision(taken.on, taken.accepted, taken.reason) for taken in steps[first:]}
    last = since.get(ApplicationStep.APPLY)
    return Application(
        last.on if last else None, since.get(ApplicationStep.COUNTY), since.get(ApplicationStep.PLATFORM)
    )


def move(
    engine: Engine, product_ids: Collection[str], asked: Move, who: Actor, *, expected: int | None = None
) -> None:
    """Take a step for some products, for all of them or, where one cannot take it, for none.

    `expected` is the number of steps that were seen to be taken of each; None says that any number will do.

    Raises
    ------
    BadInput
        A refusal without a reason, or no product at all.
    Conflict
        Some of them are not at this step (any more), another step was taken since, or whoever recommended
        them would review them, too.
    """
    refuse_if_any(_unclear(product_ids, asked))
    with writing(engine) as connection:
        before = _steps_of(connection, product_ids)
        for name in sorted(product_ids):
            expect(name, len(before[name]), expected)
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


def _against(product_id: str, before: Sequence[Taken], asked: Move, who: Actor) -> Iterator[Issue]:
    """Say what speaks against a step: another is due, or the same person would judge twice."""
    stage = application_of(before).stage(asked.on)
    if NEXT.get(stage) is not asked.step:
        yield Issue("application_moved", params={"value": product_id})
    elif asked.step is ApplicationStep.PLATFORM and before[-1].actor_id == who.actor_id != SYSTEM.actor_id:
        yield Issue("application_own", params={"value": product_id})


def _steps_of(connection: Connection, product_ids: Collection[str]) -> Mapping[str, list[Taken]]:
    names = sorted(product_ids)
    found: list[Row[Any]] = []
    for start in range(0, len(names), AT_ONCE):
        some = STEPS.c.product_id.in_(names[start : start + AT_ONCE])
        found += connection.execute(select(STEPS).where(some).order_by(STEPS.c.product_id, STEPS.c.number))
    return _by_product(found)


def _by_product(steps: Iterable[Row[Any]]) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = defaultdict(list)
    for row in steps:
        on = date.fromisoformat(row.on_day)
        found[row.product_id].append(
            Taken(ApplicationStep(row.step), on, row.accepted, row.reason, row.actor_id)
        )
    return found
