"""Jobs as pages name them: which are there for whoever asks, and where what came of one is shown."""

from typing import Any

from flask import abort, url_for

from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store.jobs import Job, JobStatus

WHOM = ("producer", "product", "placement")
"""Who can be explained by solving again."""


def job_or_404(queue: Queue, job_id: str, kind: str | None = None) -> Job:
    """Find a job; one of another partner, or not of `kind`, is not there."""
    job, who = queue.get(job_id), actor()
    if job is None or kind not in (None, job.kind) or not (who.partner is None or job.partner == who.partner):
        abort(404)
    return job


def followed(job_id: str) -> str:
    """Return the address where a job is followed, and left for what came of it as soon as that is there."""
    return url_for("web.job", job_id=job_id, follow=1)


def outcome_of(job: Job) -> str | None:
    """Return the address of what came of a job, None where nothing did."""
    if job.kind == "import_file" and job.status is JobStatus.SUCCEEDED:
        if job.asked.get("dry"):
            return url_for("web.import_check", check_id=job.job_id)
        return url_for("web.import_receipt", receipt_id=job.job_id)
    if job.kind == "explain_plan" and job.status is JobStatus.SUCCEEDED:
        return _answer_page(job)
    if job.kind == "export_plan" and job.status is JobStatus.SUCCEEDED:
        return url_for("web.export_file", export_id=job.job_id)
    if job.kind == "run_scenario" and job.status is JobStatus.INFEASIBLE:
        return url_for("web.conflict", conflict_id=job.job_id)
    plan = job.result.get("plan")
    return url_for("web.plan", plan_id=plan) if plan else None


def asked_again(job: Job) -> str | None:
    """Return the address where what a job was to do can be asked for otherwise."""
    if job.scenario:
        return url_for("web.scenario", scenario_id=job.scenario)
    if job.kind == "export_plan":
        return url_for("web.plan", plan_id=job.asked["plan"], _anchor="away")
    return url_for("web.partner_imports", partner=job.partner) if job.kind == "import_file" else None


def _answer_page(job: Job) -> str:
    """Return the address where an explanation is shown beside what the plan itself says."""
    whom: dict[str, Any] = {name: value for name in WHOM if (value := job.asked.get(name))}
    return url_for("web.explained", plan_id=job.asked["plan"], answer=job.job_id, _anchor="again", **whom)
