"""What is known of a conflict is kept with the job that still looks into it."""

from jobs.offices import zipped

from impact.access import SYSTEM
from impact.bundles.diagnosis_document import DiagnosisDocument, Verdict
from impact.jobs.asked import BUNDLE
from impact.jobs.desk import Desk
from impact.jobs.doing import done_by
from impact.jobs.kind import KINDS
from impact.jobs.kinds.diagnose_bundle import DIAGNOSIS
from impact.jobs.queue import Queue
from impact.store.queue.leases import claim


def test_what_is_known_can_be_had_before_the_job_has_ended(engine, tmp_path):
    queue, bundle = Queue(engine), zipped("conflict")
    job_id = queue.put("diagnose_bundle", {}, SYSTEM, files={BUNDLE: bundle})
    (tmp_path / BUNDLE).write_bytes(bundle)
    with engine.begin() as connection:
        job = claim(connection, "worker", ["diagnose_bundle"])

    done = done_by(KINDS["diagnose_bundle"], Desk(job, engine, tmp_path, lambda: None, lambda _: None))

    assert not queue.get(job_id).ended
    known = DiagnosisDocument.model_validate_json(queue.file(job_id, DIAGNOSIS))
    assert known.verdict is Verdict.CONFLICT
    assert known == DiagnosisDocument.model_validate_json(done.ending.files[DIAGNOSIS])
