"""Check every claim of a plan that is kept: it is written as anybody would take it away, and read back."""

from impact.errors import Issue, Unknown
from impact.exports.runs import asked_of, write_parts
from impact.jobs.asked import BUNDLE, PLAN, PlanAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.verify_bundle import verified
from impact.store.solved.plans import PlanShelf


def run(desk: Desk, asked: PlanAsked) -> Done:
    """Write the plan with its question, and verify that."""
    watch = desk.stopwatch(load=0.1, write=0.3, read=0.3, check=0.3)
    with watch.stage("load"):
        solved = PlanShelf(desk.engine).get(asked.plan)
    if solved is None:
        raise Unknown([Issue("plan_unknown", params={"value": asked.plan})])
    with watch.stage("write"):
        write_parts(solved, asked_of(solved), desk.folder / BUNDLE, desk.folder / PLAN)
    return verified(desk, watch)
