"""What was decided on the ground of an import."""

from sqlalchemy import Connection, select

from impact.store.decisions.scenario_rows import TAKEN
from impact.store.decisions.standing import STANDINGS
from impact.store.decisions.steps import State
from impact.store.lists.imports import Import

OPEN = (State.SOLVED, State.REJECTED)
"""A plan that nobody proposed, or that was turned down, holds nothing fast."""


def stands_on(connection: Connection, done: Import) -> str | None:
    """Name a plan that was proposed, and whose inputs came from an import; None where there is none."""
    asked = (
        select(STANDINGS.c.plan_id)
        .join(TAKEN, TAKEN.c.scenario_id == STANDINGS.c.scenario_id)
        .where(TAKEN.c.import_id == done.import_id, STANDINGS.c.state.not_in(OPEN))
        .order_by(STANDINGS.c.mark)
    )
    return connection.execute(asked.limit(1)).scalar_one_or_none()
