"""What waits: of each programme the plan moved last, and how many applications wait for whose answer."""

from collections.abc import Collection, Mapping

from sqlalchemy import Engine, func, select

from impact.store.database import reading
from impact.store.decisions.applications import STEPS, ApplicationStep
from impact.store.decisions.standing import STANDINGS, Standing, standing_of

AFTER = {
    (ApplicationStep.APPLY, True): ApplicationStep.COUNTY,
    (ApplicationStep.COUNTY, True): ApplicationStep.PLATFORM,
}
"""Which step is due after the last one, as it was decided; after any other nobody waits."""


def standings_of(engine: Engine, plan_ids: Collection[str]) -> Mapping[str, Standing]:
    """Say how plans stand, by name; those made from no scenario are left out."""
    asked = select(STANDINGS).where(STANDINGS.c.plan_id.in_(plan_ids))
    with reading(engine) as connection:
        return {row.plan_id: standing_of(row) for row in connection.execute(asked)}


def moved_last(engine: Engine, programme_ids: Collection[str]) -> Mapping[str, Standing]:
    """Return of each programme the plan to which something happened last; those without one are left out."""
    newest = func.row_number().over(
        partition_by=STANDINGS.c.programme_id,
        order_by=(STANDINGS.c.changed_at.desc(), STANDINGS.c.mark.desc()),
    )
    ranked = (
        select(STANDINGS, newest.label("place")).where(STANDINGS.c.programme_id.in_(programme_ids)).subquery()
    )
    with reading(engine) as connection:
        rows = connection.execute(select(ranked).where(ranked.c.place == 1)).all()
    return {row.programme_id: standing_of(row) for row in rows}


def applications_due(engine: Engine) -> Mapping[ApplicationStep, int]:
    """Count the applications that wait, by the step that is due."""
    last = select(STEPS.c.product_id, func.max(STEPS.c.number).label("number")).group_by(STEPS.c.product_id)
    ends = last.subquery()
    asked = (
        select(STEPS.c.step, STEPS.c.accepted, func.count())
        .join(ends, (STEPS.c.product_id == ends.c.product_id) & (STEPS.c.number == ends.c.number))
        .group_by(STEPS.c.step, STEPS.c.accepted)
    )
    with reading(engine) as connection:
        counted = {
            (ApplicationStep(step), bool(accepted)): count
            for step, accepted, count in connection.execute(asked)
        }
    return {due: counted[ended] for ended, due in AFTER.items() if ended in counted}
