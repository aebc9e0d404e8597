"""Explain somebody in a plan: what would change it, and what would be lost without them, by solving again."""

from dataclasses import replace

from impact.bundles.explanations.explanation import ExplanationDocument, subject_explained
from impact.errors import Issue, Unknown
from impact.inquiries import bundle_of
from impact.jobs.asked import ExplanationAsked
from impact.jobs.desk import Desk, Done
from impact.jobs.kinds.solving import limits_of
from impact.matching.changes.smallest import changes
from impact.matching.explain.removal import removal
from impact.matching.explain.standing import stand
from impact.reports.explained import subject_of
from impact.reports.solved import Solved
from impact.reports.why import opened
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending
from impact.store.solved.plans import PlanShelf

EXPLANATION = "explanation.json"


def run(desk: Desk, asked: ExplanationAsked) -> Done:
    """Explain; what comes of it is one document."""
    watch = desk.stopwatch(load=0.05, remove=0.15, change=0.8)
    with watch.stage("load"):
        solved = _solved(desk, asked.plan)
        subject = subject_of(
            solved, producer=asked.producer, product=asked.product, placement=asked.placement
        )
        limits = limits_of(desk, asked, solved.programme.seed)
        case = replace(opened(solved), limits=limits)
    with watch.stage("remove"):
        gone = removal(case, subject.links)
    with watch.stage("change"):
        found = changes(case, subject, asked.at_least)
    sha256 = bundle_of(solved.programme, solved.problem).sha256
    said = subject_explained(solved.problem, subject, stand(case, subject), (found, gone), sha256)
    return Done(_ending(said, dict(watch.seconds)))


def _solved(desk: Desk, plan_id: str) -> Solved:
    solved = PlanShelf(desk.engine).get(plan_id)
    if solved is None:
        raise Unknown([Issue("plan_unknown", params={"value": plan_id})])
    return solved


def _ending(said: ExplanationDocument, seconds: dict[str, float]) -> Ending:
    files = {EXPLANATION: said.model_dump_json().encode()}
    return Ending(JobStatus.SUCCEEDED, {"files": [*files]}, seconds=seconds, files=files)
