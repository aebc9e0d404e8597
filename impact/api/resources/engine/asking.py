"""Ask the engine by a job, and wait for its answer where the client would rather: 200 in time, else 202."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Any

from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import stated
from impact.api.contract.operation import Asked, Upload
from impact.api.contract.refusals import Refused
from impact.api.resources.jobs import accepted
from impact.api.service import Service
from impact.bundles.whole.documents import BundleDocument
from impact.bundles.whole.packing import pack_bundle, within_document
from impact.errors import BadInput
from impact.i18n.problems import WHOLE
from impact.store.queue.jobs import Job, JobStatus

ZIP = "application/zip"
LOOK_SECONDS = 0.05
MOST_WAITING = 3
"""So many requests wait at once; others are told to look again, so that small answers need not wait."""
_waiting = BoundedSemaphore(MOST_WAITING)

Files = Mapping[str, bytes]
Shown = Callable[[bytes], BaseModel]


def bundle_of(body: BundleDocument | Upload) -> bytes:
    """Return a bundle that was sent as a .zip or as one document, as a .zip."""
    if isinstance(body, Upload):
        return body.path.read_bytes()
    return packed(lambda out: pack_bundle(body, out))


def packed(pack: Callable[[Path], None]) -> bytes:
    """Return the .zip that `pack` writes."""
    with TemporaryDirectory(prefix="impact-") as folder:
        out = Path(folder) / "packed.zip"
        try:
            pack(out)
        except BadInput as error:
            raise Refused(
                "bad_input", 422, [within_document(issue, WHOLE) for issue in error.issues]
            ) from error
        return out.read_bytes()


def ask(service: Service, kind: str, files: Files, asked: Asked[Any, Any]) -> Response:
    """Ask for a job of `kind`, and answer with it."""
    options = asked.query.model_dump(exclude_none=True)
    job_id = service.queue.put(kind, options, asked.who, partner=asked.who.partner, files=files)
    return accepted(_known(service, job_id), asked.lang)


def wait(service: Service, shown: Shown, asked: Asked[Any, Any], response: Response) -> Response:
    """Answer with what came of the job of `response` in time, else with the job.

    Raises
    ------
    Refused
        422 the bundle cannot be used, 409 the job came to nothing.
    """
    if not asked.wait_seconds:
        return response
    job = _waited(service, response.get_json()["job_id"], asked.wait_seconds)
    if not job.ended:
        return accepted(job, asked.lang)
    response = stated(answer_of(service, job, shown, is_json=not isinstance(asked.body, Upload)))
    response.headers["Preference-Applied"] = f"wait={asked.wait_seconds:.0f}"
    return response


def answer_of(service: Service, job: Job, shown: Shown, *, is_json: bool = True) -> BaseModel:
    """Return what came of a job as a document.

    Raises
    ------
    Refused
        409 it has not ended, or came to nothing; 422 its input cannot be used.
    """
    if not job.ended:
        raise Refused("under_way", 409, headers={"Retry-After": "1"})
    names = job.result.get("files")
    name = names[0] if isinstance(names, list) and names else None
    content = service.queue.file(job.job_id, str(name)) if name else None
    if content is not None:
        return shown(content)
    if job.status is JobStatus.FAILED and any(issue.file for issue in job.issues):
        issues = [within_document(issue, WHOLE) for issue in job.issues] if is_json else job.issues
        raise Refused("bad_input", 422, issues)
    raise Refused("job_came_to_nothing", 409, job.issues, ended=str(job.status))


def _waited(service: Service, job_id: str, seconds: float) -> Job:
    """Wait for the end of a job, so long and no longer, where there is room to."""
    until = monotonic() + seconds
    if _waiting.acquire(blocking=False):
        try:
            while monotonic() < until:
                job = _known(service, job_id)
                if job.ended:
                    return job
                sleep(LOOK_SECONDS)
        finally:
            _waiting.release()
    return _known(service, job_id)


def _known(service: Service, job_id: str) -> Job:
    job = service.queue.get(job_id)
    assert job is not None
    return job
