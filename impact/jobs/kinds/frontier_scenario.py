"""Sweep one rule of a scenario from where it costs nothing to the most that can hold; no plan is kept."""

from impact.bundles.plan_document import document_of_conflict
from impact.inquiries import bundle_of
from impact.jobs.asked import FrontierAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.of_scenario import question_of
from impact.jobs.kinds.run_scenario import CONFLICT
from impact.jobs.kinds.solving import ending_of, limits_of
from impact.jobs.kinds.sweeping import sweep
from impact.matching.plan import Infeasible


def run(desk: Desk, asked: FrontierAsked) -> Done:
    """Sweep; where the other rules conflict, which and the ways out come as a file."""
    watch = desk.stopwatch(load=0.05, match=0.15, build=0.1, solve=0.6, check=0.1)
    question = question_of(desk.engine, desk.job.scenario or "", watch)
    given = bundle_of(question.programme, question.problem)
    try:
        return sweep(desk, asked, given, watch)
    except Infeasible as error:
        limits = limits_of(desk, asked, given.document.seed)
        conflict = document_of_conflict(error.conflict, limits, given.sha256)
        files = {CONFLICT: conflict.model_dump_json(indent=1).encode()}
        return Done(ending_of(desk, conflict, watch.seconds, files))
