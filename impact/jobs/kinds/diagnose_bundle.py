"""Say whether the rules of a bundle can hold together."""

from functools import partial

from impact.bundles.diagnosis_document import Verdict
from impact.bundles.read import read_bundle
from impact.inquiries import diagnosed
from impact.jobs.asked import BUNDLE, DiagnosisAsked
from impact.jobs.desk import Desk, Done
from impact.matching.solve import Limits, solve
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending

DIAGNOSIS = "diagnosis.json"


def run(desk: Desk, asked: DiagnosisAsked) -> Done:
    """Diagnose; that rules conflict is an answer, that nothing is proved in time is none."""
    watch = desk.stopwatch(read=0.2, solve=0.8)
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
    limits = Limits(seconds=asked.seconds, seed=given.document.seed, cancelled=desk.cancelled)
    found = diagnosed(given, limits, partial(solve, watch=watch))
    told = found.verdict is not Verdict.UNPROVED
    status = JobStatus.SUCCEEDED if told else desk.stopped() or JobStatus.TIMED_OUT
    files = {DIAGNOSIS: found.model_dump_json().encode()}
    result = {"verdict": found.verdict, "files": [*files]}
    return Done(Ending(status, result, seconds=dict(watch.seconds), files=files))
