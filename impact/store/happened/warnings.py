"""Warnings: a milestone at risk is announced once, whoever looks and however often."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Engine, Table, Text, select

from impact.access import SYSTEM
from impact.programmes.document import MilestoneDocument
from impact.programmes.milestones import Standing, progress
from impact.store.audit import record
from impact.store.database import insert_new, reading, writing
from impact.store.decisions.programmes import ProgrammeVersion, newest
from impact.store.happened.readings import readings
from impact.store.moments import moment
from impact.store.nouns import METADATA
from impact.store.webhooks.hooks import News
from impact.store.webhooks.outbox import announce

WARNINGS = Table(
    "milestone_warnings",
    METADATA,
    Column("programme_id", Text, primary_key=True),
    Column("milestone_id", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("warned_at", Text, nullable=False),
)
_MILESTONES = TypeAdapter(tuple[MilestoneDocument, ...])


@dataclass(frozen=True)
class AtRisk:
    """A milestone of a programme that is at risk, and why (a code)."""

    programme_id: str
    milestone_id: str
    code: str


def warn(engine: Engine, on: date) -> tuple[AtRisk, ...]:
    """Announce the milestones that are at risk on a day and were never said to be; return them."""
    with reading(engine) as connection:
        warned = {tuple(row) for row in connection.execute(select(*WARNINGS.primary_key))}
        found = tuple(_found(connection, on))
    new = [each for each in found if (each.programme_id, each.milestone_id) not in warned]
    return tuple(each for each in new if _announced(engine, each))


def at_risk(engine: Engine, on: date) -> tuple[AtRisk, ...]:
    """Return the milestones that are at risk on a day, whoever was told."""
    with reading(engine) as connection:
        return tuple(_found(connection, on))


def _found(connection: Connection, on: date) -> Iterator[AtRisk]:
    for programme in newest(connection):
        for milestone in _milestones(programme):
            stands = progress(milestone, readings(connection, programme.programme_id, milestone), on)
            if stands.standing is Standing.AT_RISK:
                yield AtRisk(programme.programme_id, milestone.milestone_id, stands.code)


def _announced(engine: Engine, warning: AtRisk) -> bool:
    """Announce a warning, unless somebody did meanwhile; tell whether it was announced now."""
    with writing(engine) as connection:
        if not insert_new(connection, WARNINGS, [{**vars(warning), "warned_at": moment()}]):
            return False
        announce(connection, News.MILESTONE_AT_RISK, vars(warning))
        after = {"milestone": warning.milestone_id, "code": warning.code}
        record(connection, SYSTEM, "milestone.warn", warning.programme_id, after=after)
    return True


def _milestones(programme: ProgrammeVersion) -> tuple[MilestoneDocument, ...]:
    return _MILESTONES.validate_json(json.dumps(programme.document.get("milestones", ())))
