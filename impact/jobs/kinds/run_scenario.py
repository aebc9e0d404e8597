"""Solve a scenario: its inputs as they were frozen, with what is asked of them; the plan is kept with it."""

from functools import partial

from sqlalchemy import Connection

from impact.bundles.plan_document import document_of, document_of_conflict
from impact.jobs.asked import SolvingAsked
from impact.jobs.desk import Desk, Done, Kept
from impact.jobs.kinds.solving import ending_of, limits_of, named
from impact.matching.plan import Infeasible
from impact.pipeline import run as solved_of
from impact.reports.measures import measure
from impact.reports.solved import Solved
from impact.store.decisions import plans
from impact.store.decisions.scenarios import published_before, question

CONFLICT = "conflict.json"


def run(desk: Desk, asked: SolvingAsked) -> Done:
    """Solve; where the rules conflict, which and the ways out come as a file."""
    watch = desk.stopwatch(load=0.1, match=0.4, build=0.1, solve=0.3, check=0.1)
    with watch.stage("load"):
        scenario = desk.job.scenario or ""
        catalog, programme = question(desk.engine, scenario)
        published = published_before(desk.engine, scenario)
    limits = limits_of(desk, asked, programme.seed)
    try:
        solved = named(desk, solved_of(catalog, programme, limits, watch, published=published))
    except Infeasible as error:
        conflict = document_of_conflict(error.conflict, limits, "")
        files = {CONFLICT: conflict.model_dump_json(indent=1).encode()}
        return Done(ending_of(desk, conflict, watch.seconds, files))
    figures = measure(solved.problem, solved.plan.exposure).figures()
    document = document_of(solved.plan, limits, "", figures)
    return Done(ending_of(desk, document, watch.seconds, {}), partial(_keep, desk, solved))


def _keep(desk: Desk, solved: Solved, connection: Connection) -> Kept:
    kept = plans.keep(connection, desk.job.scenario or "", solved, desk.job.asker)
    return {"plan": kept.plan_id}
