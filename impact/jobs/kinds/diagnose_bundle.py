"""Say whether the rules of a bundle can hold together."""

from collections.abc import Mapping
from functools import partial

from impact.bundles.diagnosis_document import DiagnosisDocument, Verdict
from impact.bundles.read import read_bundle
from impact.inquiries import diagnosed
from impact.jobs.asked import BUNDLE, DiagnosisAsked
from impact.jobs.desk import Desk, Done
from impact.matching.solve import Limits, solve
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending

DIAGNOSIS = "diagnosis.json"


def run(desk: Desk, asked: DiagnosisAsked) -> Done:
    """Diagnose; that rules conflict is an answer, that nothing is proved in time is none.

    The file of what is known of a conflict is there as soon as it is proved, and grows with each way out.
    """
    watch = desk.stopwatch(read=0.2, solve=0.8)
    with watch.stage("read"):
        given = read_bundle(desk.folder / BUNDLE)
    limits = Limits(seconds=asked.seconds, seed=given.document.seed, cancelled=desk.cancelled)
    found = diagnosed(given, limits, partial(solve, watch=watch), lambda known: desk.show(_file(known)))
    told = found.verdict is not Verdict.UNPROVED
    status = JobStatus.SUCCEEDED if told else desk.stopped() or JobStatus.TIMED_OUT
    files = _file(found)
    result = {"verdict": found.verdict, "files": [*files]}
    return Done(Ending(status, result, seconds=dict(watch.seconds), files=files))


def _file(found: DiagnosisDocument) -> Mapping[str, bytes]:
    return {DIAGNOSIS: found.model_dump_json().encode()}
