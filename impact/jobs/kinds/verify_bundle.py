"""Check every claim of a plan against its bundle, with no code of the solver."""

from impact.bundles.plan_document import IssueLine
from impact.bundles.plans import read_plan
from impact.bundles.read import read_bundle
from impact.bundles.whole.documents import VerdictDocument
from impact.jobs.asked import BUNDLE, PLAN, Asked
from impact.jobs.desk import Desk, Done
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending
from impact.timing import Stopwatch
from impact.verify import false_claims

VERDICT = "verdict.json"


def run(desk: Desk, _: Asked) -> Done:
    """Verify what came with the job."""
    return verified(desk, desk.stopwatch(read=0.5, check=0.5))


def verified(desk: Desk, watch: Stopwatch) -> Done:
    """Verify the plan that lies at the desk; that a claim does not hold is an answer as well."""
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
        plan = read_plan(desk.folder / PLAN, given.problem)
    with watch.stage("check"):
        against = tuple(
            IssueLine(code=issue.code, params=dict(issue.params)) for issue in false_claims(given, plan)
        )
    verdict = VerdictDocument(holds=not against, against=against)
    files = {VERDICT: verdict.model_dump_json().encode()}
    result = {"holds": verdict.holds, "files": [*files]}
    return Done(Ending(JobStatus.SUCCEEDED, result, seconds=dict(watch.seconds), files=files))
