"""What came of a scenario, beside its sentences: figures, what they were before, how each rule stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.jobs.queue import Queue
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.store.decisions import standing
from impact.store.decisions.scenario import Scenario
from impact.store.decisions.standing import Sought as SoughtPlan
from impact.store.decisions.standing import Standing
from impact.store.queue.jobs import Job, Sought
from impact.web.language import spoken
from impact.web.plans import Overview, RuleLine, overview_of, rule_lines


@dataclass(frozen=True)
class Result:
    """What came of a scenario, and of the one it was branched from; None where nothing did.

    `run` is the job that solves, or last tried to, a scenario that has no plan; `rules` say by id how each
    rule of the plan stands.
    """

    plan: Standing | None
    now: Overview | None
    before: Overview | None
    run: Job | None
    rules: Mapping[str, RuleLine]


def result_of(database: Database, shelf: Shelf, queue: Queue, scenario: Scenario) -> Result:
    """Find what came of a scenario: its newest plan, else its newest run."""
    plan = standing.newest(database, SoughtPlan(scenario_id=scenario.scenario_id))
    before = standing.newest(database, SoughtPlan(scenario_id=scenario.parent)) if scenario.parent else None
    solved = shelf.get(plan.plan_id) if plan else None
    earlier = shelf.get(before.plan_id) if before else None
    lines = rule_lines(solved, spoken()) if solved else []
    return Result(
        plan,
        overview_of(solved) if solved else None,
        overview_of(earlier) if earlier else None,
        None if plan else _newest_run(queue, scenario.scenario_id),
        {line.rule_id: line for line in lines},
    )


def _newest_run(queue: Queue, scenario_id: str) -> Job | None:
    found = queue.list(Sought(kind="run_scenario", scenario=scenario_id), limit=1)
    return found[0] if found else None
