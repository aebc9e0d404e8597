"""What plans are called: found from what is kept of them, and nowhere kept itself."""

from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, func, select

from impact.reports.naming import PlanName
from impact.reports.solved import Shelf
from impact.store.database import Database, reading
from impact.store.decisions.standing import STANDINGS

KEPT = 10_000
"""So many names are kept at hand; none ever changes."""


class PlanNames:
    """What the plans of a shelf are called, those of scenarios by the standings of a database."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database = database
        self._shelf = shelf
        self._known = lru_cache(KEPT)(self._found)

    def of(self, plan_id: str) -> PlanName | None:
        """Return what a plan is called, None where there is none of that id."""
        try:
            return self._known(plan_id)
        except LookupError:
            return None

    def _found(self, plan_id: str) -> PlanName:
        """Find out what a plan is called; raises `LookupError`, which is not kept, where there is none."""
        plan = self._shelf.headlines([plan_id])[0]
        with reading(self._database) as connection:
            number = number_of(connection, plan_id)
        day = date.fromisoformat(plan.made_at[:10]) if plan.made_at else None
        return PlanName(plan.programme, number, day)


def number_of(connection: Connection, plan_id: str) -> int | None:
    """Count the plans of a plan's programme until it was made; None where it came of no scenario."""
    mine = select(STANDINGS.c.programme_id, STANDINGS.c.mark).where(STANDINGS.c.plan_id == plan_id).subquery()
    same = (STANDINGS.c.programme_id == mine.c.programme_id) & (STANDINGS.c.mark <= mine.c.mark)
    return (
        connection.execute(select(func.count()).select_from(STANDINGS.join(mine, same))).scalar_one() or None
    )
