"""Readings: what a programme's metrics came to day by day, as what is kept measures them or people state."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate

from sqlalchemy import Connection, Engine, func, select

from impact.programmes.document import MilestoneDocument
from impact.programmes.milestones import Progress, Reading, progress
from impact.store.database import reading
from impact.store.decisions.standing import STANDINGS
from impact.store.happened.deliveries import DELIVERIES
from impact.store.happened.stated import stated

MEASURED = "exposures"
"""The one metric that deliveries measure."""


def progresses(
    engine: Engine, programme_id: str, milestones: Iterable[MilestoneDocument], on: date
) -> tuple[Progress, ...]:
    """Say how each milestone of a programme stands on a day, by what is kept."""
    with reading(engine) as connection:
        return tuple(progress(each, readings(connection, programme_id, each), on) for each in milestones)


def readings(connection: Connection, programme_id: str, milestone: MilestoneDocument) -> Iterator[Reading]:
    """Give the readings of a milestone's metric: its baseline, with what came since its first day.

    A metric that nothing kept measures has those that people state.
    """
    if milestone.metric != MEASURED:
        yield from stated(connection, programme_id, milestone)
        return
    plans = select(STANDINGS.c.plan_id).where(STANDINGS.c.programme_id == programme_id)
    given = (
        select(DELIVERIES.c.day, func.sum(DELIVERIES.c.exposure).label("given"))
        .where(DELIVERIES.c.plan_id.in_(plans), DELIVERIES.c.day >= milestone.first.isoformat())
        .group_by(DELIVERIES.c.day)
        .order_by(DELIVERIES.c.day)
    )
    rows = connection.execute(given).all()
    for row, total in zip(rows, accumulate(row.given for row in rows), strict=True):
        yield Reading(date.fromisoformat(row.day), milestone.baseline + total)
