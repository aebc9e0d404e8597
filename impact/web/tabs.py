"""The tabs of a plan that no other page is: its flows, its spread, what its rules cost, and its locks."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from impact.i18n.sentences import asked, price, standing
from impact.jobs.queue import Queue
from impact.reports.measures import measure
from impact.reports.solved import Shelf, Solved
from impact.reports.standing import standings
from impact.store.database import Database
from impact.store.decisions import scenarios
from impact.store.decisions import standing as standing_of
from impact.store.decisions.scenario import Lock, Scenario
from impact.store.queue.jobs import Job, JobStatus, Sought
from impact.web.figures import DIMENSIONS, FIGURES
from impact.web.language import spoken
from impact.web.plans import LANG, solved_or_404
from impact.web.scenarios.filled import STEPS_OFFERED, sweepable

FLOWS, SPREAD = ("flows-channel", "flows-interest"), (*DIMENSIONS, "lorenz")
NUM_SWEEPS = 20
"""So many sweeps of a scenario are listed, the newest."""


@dataclass(frozen=True)
class LockLine:
    """A lock as it was made, and how it stands in the plan, empty where it is not in it."""

    said: str
    lock: Lock
    standing: str
    price: str


def register(pages: Blueprint, shelf: Shelf, database: Database, queue: Queue) -> None:
    """Add the tabs of a plan to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/flow", endpoint="flows")
    def _flows(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        return render_template("plan/flow.html", solved=solved, figures=_figures(solved, FLOWS))

    @pages.get(f"{LANG}/plans/<plan_id>/spread", endpoint="spread")
    def _spread(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        return render_template(
            "plan/spread.html",
            solved=solved,
            measures=measure(solved.problem, solved.plan.exposure),
            figures=_figures(solved, SPREAD),
            dimensions=DIMENSIONS,
        )

    @pages.get(f"{LANG}/plans/<plan_id>/frontier", endpoint="frontiers")
    def _frontiers(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        scenario = _scenario(database, solved)
        rules = sweepable(scenario.asked) if scenario else {}
        return render_template(
            "plan/frontier.html",
            solved=solved,
            scenario=scenario,
            sweepable=[(name, asked(rule, solved.graph.catalog, spoken())) for name, rule in rules.items()],
            steps_offered=STEPS_OFFERED,
            swept=_swept(queue, scenario) if scenario else [],
        )

    @pages.get(f"{LANG}/plans/<plan_id>/locks", endpoint="locks")
    def _locks(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        scenario = _scenario(database, solved)
        lines = _lock_lines(solved, scenario) if scenario else []
        return render_template("plan/locks.html", solved=solved, scenario=scenario, locks=lines)


def _figures(solved: Solved, names: tuple[str, ...]) -> dict[str, object]:
    return {name: FIGURES[name](solved, spoken()) for name in names}


def _scenario(database: Database, solved: Solved) -> Scenario | None:
    """Return the scenario that a plan was made from, None where it was made from none."""
    kept = standing_of.get(database, solved.plan_id)
    return scenarios.get(database, kept.scenario_id) if kept else None


def _swept(queue: Queue, scenario: Scenario) -> list[Job]:
    sought = Sought(kind="frontier_scenario", scenario=scenario.scenario_id, status=JobStatus.SUCCEEDED)
    return list(queue.list(sought, limit=NUM_SWEEPS))


def _lock_lines(solved: Solved, scenario: Scenario) -> list[LockLine]:
    catalog, lang = solved.graph.catalog, spoken()
    stands = {str(one.spec["id"]): one for one in standings(solved)}
    lines = []
    for lock in scenario.asked.locks:
        one = stands.get(str(lock.rule["id"]))
        told = (standing(one, lang), price(one, lang)) if one else ("", "")
        lines.append(LockLine(asked(lock.rule, catalog, lang), lock, *told))
    return lines
