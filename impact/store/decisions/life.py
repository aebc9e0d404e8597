"""The lives of the plans of one database: how each stands, and the steps it takes."""

from impact.access import Actor
from impact.store.database import Database
from impact.store.decisions import plans, standing
from impact.store.decisions.standing import Standing, Taken
from impact.store.decisions.steps import Step


class PlanLife:
    """How plans stand, and the steps that people take with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, plan_id: str) -> Standing | None:
        """Say how a plan stands, None where it was made from no scenario or is none."""
        return standing.get(self._database, plan_id)

    def baseline(self, plan_id: str) -> str | None:
        """Name the published plan that one is held against, see `standing.baseline`."""
        return standing.baseline(self._database, plan_id)

    def steps(self, plan_id: str) -> tuple[Taken, ...]:
        """Return the steps of a plan, the first one first."""
        return standing.steps_of(self._database, plan_id)

    def take(self, plan_id: str, step: Step, who: Actor, reason: str, expected: int | None) -> Standing:
        """Take a step of the `expected` version; raises as `plans.approve` does."""
        return plans.take_step(self._database, plan_id, step, who, reason, expected=expected)
