"""Jobs: what takes long, how far it is, and what came of it."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response, url_for
from pydantic import BaseModel, Field

from impact.access import Actor
from impact.api.contract.delivery import deliver, deliver_stream, stated
from impact.api.contract.operation import (
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    Limited,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.refusals import ErrorLine, Refused, error_line
from impact.api.service import Service
from impact.store.queue.jobs import Job, JobStatus, Sought

BYTES = "application/octet-stream"
AGAIN_SECONDS = 1
RESULTS = {
    "solve_bundle": "api.solved",
    "verify_bundle": "api.verified",
    "verify_plan": "api.verdict",
    "diagnose_bundle": "api.diagnosed",
    "explain_plan": "api.explanation",
    "frontier_bundle": "api.swept",
    "frontier_scenario": "api.scenario_frontier",
    "price_lock": "api.lock_price",
}
"""Where what came of a job of a kind is shown as a document."""


class JobFile(BaseModel):
    """A file that came of a job, and its address."""

    model_config = FORBID

    name: str
    href: str


class JobView(BaseModel):
    """A job. `progress` is in [0, 1]; `gap` and `bound` are those of the plan, where there is one.

    `issues` say why nothing came of it; `result` is the address of what did, null while there is nothing.
    `seconds` are by stage; times are ISO 8601, UTC. Of a file that was taken over, `import_id` names that,
    and `counts` say what it changed, by outcome; `plan_id` names the plan that was kept.
    """

    model_config = FORBID

    job_id: str
    kind: str
    status: JobStatus
    stage: str
    progress: float
    gap: float | None
    bound: float | None
    result: str | None
    files: list[JobFile]
    issues: list[ErrorLine]
    seconds: dict[str, float]
    partner: str | None
    scenario: str | None
    import_id: str | None
    plan_id: str | None
    counts: dict[str, int]
    asked_at: str
    started_at: str | None
    ended_at: str | None


class JobList(BaseModel):
    """Jobs, the newest first; `next` is the cursor of the page after, null on the last."""

    model_config = FORBID

    items: list[JobView]
    next: str | None


class OfJobs(Limited):
    """Which jobs."""

    cursor: Annotated[Plain, Field(max_length=100)] = ""
    status: JobStatus | None = None
    kind: Annotated[Plain, Field(min_length=1, max_length=100)] | None = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show jobs, and end them."""

    def jobs(asked: Asked[OfJobs, NoBody]) -> Response:
        query = asked.query
        sought = Sought(partner=asked.who.partner, status=query.status, kind=query.kind)
        found = service.queue.list(sought, past=query.cursor or None, limit=query.limit + 1)
        shown = found[: query.limit]
        rest = shown[-1].job_id if len(found) > query.limit else None
        return deliver(JobList(items=[shown_job(each, asked.lang) for each in shown], next=rest), asked.media)

    def job(asked: Asked[NoQuery, NoBody]) -> Response:
        found = wanted_job(service, asked.path["job_id"], asked.who)
        response = deliver(shown_job(found, asked.lang), asked.media)
        if not found.ended:
            response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response

    def cancel(asked: Asked[NoQuery, NoBody]) -> Response:
        found = wanted_job(service, asked.path["job_id"], asked.who)
        ended = service.queue.cancel(found.job_id, asked.who)
        return stated(shown_job(ended or found, asked.lang))

    def file(asked: Asked[NoQuery, NoBody]) -> Response:
        found = wanted_job(service, asked.path["job_id"], asked.who)
        name = asked.path["file_name"]
        content = service.queue.file(found.job_id, name) if name in _names(found) else None
        if content is None:
            raise Refused("noun_not_found", 404, name=name)
        response = deliver_stream([content], BYTES, f"{found.job_id}-{found.attempt}-{name}")
        response.headers.set("Content-Disposition", "attachment", filename=name)
        return response

    first = {"job_id": "$response.body#/items/0/job_id"}
    yield Operation(
        "jobs",
        "/jobs",
        jobs,
        OfJobs,
        {JSON: JobList},
        leads_to={"job": first, "cancel_job": first},
        is_remembered=True,
    )
    yield Operation("job", "/jobs/{job_id}", job, NoQuery, {JSON: JobView}, is_remembered=True)
    yield Operation("cancel_job", "/jobs/{job_id}/cancel", cancel, NoQuery, {JSON: JobView}, method="POST")
    yield Operation("job_file", "/jobs/{job_id}/files/{file_name}", file, NoQuery, {BYTES: None})


def wanted_job(service: Service, job_id: str, who: Actor) -> Job:
    """Return the job that an address names; one of another partner is not there."""
    found = service.queue.get(job_id)
    if found is None or (who.partner is not None and found.partner != who.partner):
        raise Refused("noun_not_found", 404, name=job_id)
    return found


def accepted(job: Job, lang: str) -> Response:
    """Answer 202: it is taken on, and here is where to look."""
    response = stated(shown_job(job, lang), 202)
    response.headers["Location"] = url_for("api.job", job_id=job.job_id)
    response.headers["Retry-After"] = str(AGAIN_SECONDS)
    return response


def shown_job(job: Job, lang: str) -> JobView:
    """Show a job as it stands."""
    names = _names(job)
    return JobView(
        job_id=job.job_id,
        kind=job.kind,
        status=job.status,
        stage=job.stage,
        progress=job.progress,
        gap=job.gap,
        bound=job.bound,
        result=_result(job),
        files=[
            JobFile(name=name, href=url_for("api.job_file", job_id=job.job_id, file_name=name))
            for name in names
        ],
        issues=[error_line(issue, lang) for issue in job.issues],
        seconds=dict(job.seconds),
        partner=job.partner,
        scenario=job.scenario,
        import_id=str(job.result["import"]) if job.result.get("import") else None,
        plan_id=_plan(job),
        counts=_counts(job),
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )


def _result(job: Job) -> str | None:
    """Return the address of what came of a job: the plan that was kept, or a document."""
    plan, told = _plan(job), RESULTS.get(job.kind) if _names(job) else None
    if plan is not None:
        return url_for("api.plan", plan_id=plan)
    return url_for(told, job_id=job.job_id) if told else None


def _plan(job: Job) -> str | None:
    return str(job.result["plan"]) if job.result.get("plan") else None


def _counts(job: Job) -> dict[str, int]:
    found = job.result.get("counts")
    return {str(name): int(count) for name, count in found.items()} if isinstance(found, dict) else {}


def _names(job: Job) -> list[str]:
    """Name the files that came of a job."""
    found = job.result.get("files", ())
    return [str(name) for name in found] if isinstance(found, list) else []
