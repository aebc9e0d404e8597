"""What has to be true afterwards, whatever was killed when: each line says what is not."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bench.crash.work import PARTNERS, ROWS, Work
from impact.bundles.plans import read_plan
from impact.bundles.read import read_bundle
from impact.jobs.queue import Queue
from impact.store.audit import verify
from impact.store.database import reading
from impact.store.lists.imports import changes_of, history
from impact.store.lists.listings import Listings
from impact.store.queue.jobs import Job, JobStatus
from impact.verify import false_claims


def untruths(engine: Engine, work: Work) -> Iterator[str]:
    """Say what is not as it has to be."""
    queue = Queue(engine)
    jobs = [queue.get(job_id) for job_id in work.job_ids]
    yield from (f"{job.job_id} has not ended: {job.status}" for job in jobs if not job.ended)
    yield from (
        f"{job.job_id} failed without a reason" for job in jobs if job.status == "failed" and not job.issues
    )
    yield from (f"{job.job_id} crashed: {job.issues}" for job in jobs if _crashed(job))
    yield from _imports(engine, jobs, work)
    yield from _listings(engine)
    yield from _plans(queue, [job for job in jobs if job.kind == "solve_bundle"])
    with reading(engine) as connection:
        yield from (f"entry {number} of the log is broken" for number in verify(connection))


def _crashed(job: Job) -> bool:
    return any(issue.code != "job_abandoned" for issue in job.issues)


def _imports(engine: Engine, jobs: list[Job], work: Work) -> Iterator[str]:
    """A file is in the history once where its job succeeded, and not at all where it did not."""
    kept = Counter(each.arrival.sha256 for partner in PARTNERS for each in history(engine, partner))
    for job in jobs:
        if job.kind == "import_file":
            found = kept.pop(sha256(work.files[job.job_id]).hexdigest(), 0)
            if found != (job.status is JobStatus.SUCCEEDED):
                yield f"{job.job_id} is {job.status}, its file was taken over {found} times"
    yield from (f"a file nobody sent: {name}" for name in kept)


def _listings(engine: Engine) -> Iterator[str]:
    """What a partner lists is all of its last file, and every import holds all of its rows."""
    for partner in PARTNERS:
        imports = history(engine, partner)
        with reading(engine) as connection:
            listed = Listings(connection, partner).every().values()
        prices = Counter(str(listing.values["price"]) for listing in listed)
        if imports and (len(prices) != 1 or len(listed) != ROWS):
            yield f"{partner} lists a mixture: {prices}"
        for each in imports:
            if (found := sum(1 for _ in changes_of(engine, str(each.import_id)))) != ROWS:
                yield f"{each.import_id} holds {found} of {ROWS} rows"


def _plans(queue: Queue, jobs: list[Job]) -> Iterator[str]:
    """A plan is there, and every claim of it holds, where its job succeeded; else there is none."""
    for job in jobs:
        plan = queue.file(job.job_id, "plan.zip")
        if (plan is not None) != (
            job.status is JobStatus.SUCCEEDED
        ) and job.status is not JobStatus.CANCELLED:
            yield f"{job.job_id} is {job.status}, and its plan is {'there' if plan else 'not there'}"
        if plan and job.status is JobStatus.SUCCEEDED:
            yield from _claims(queue.file(job.job_id, "bundle.zip") or b"", plan, job)


def _claims(bundle: bytes, plan: bytes, job: Job) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        paths = Path(folder) / "bundle.zip", Path(folder) / "plan.zip"
        for path, body in zip(paths, (bundle, plan), strict=True):
            path.write_bytes(body)
        given = read_bundle(paths[0])
        for issue in false_claims(given, read_plan(paths[1], given.problem)):
            yield f"{job.job_id} claims what is not so: {issue}"
