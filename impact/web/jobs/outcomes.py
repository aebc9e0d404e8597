"""Jobs as pages name them: which are there for whoever asks, and where what came of one is shown."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, url_for

from impact.gate import actor
from impact.jobs.kinds.run_scenario import CONFLICT
from impact.jobs.queue import Queue
from impact.store.queue.jobs import Job, JobStatus

CONFLICT_STAGE = "diagnose"
WHOM = ("producer", "product", "placement")
"""Who can be explained by solving again."""


def job_or_404(queue: Queue, job_id: str, *kinds: str) -> Job:
    """Find a job; one of another partner, or of none of `kinds` where there are some, is not there."""
    job, who = queue.get(job_id), actor()
    if (
        job is None
        or (kinds and job.kind not in kinds)
        or not (who.partner is None or job.partner == who.partner)
    ):
        abort(404)
    return job


def followed(job_id: str) -> str:
    """Return the address where a job is followed, and left for what came of it as soon as that is there."""
    return url_for("web.job", job_id=job_id, follow=1)


def outcome_of(job: Job) -> str | None:
    """Return the address of what came of a job, None where nothing did."""
    shown = SHOWN.get((job.kind, job.status))
    if shown:
        return shown(job)
    plan = job.result.get("plan")
    if plan and job.scenario:
        return url_for("web.scenario", scenario_id=job.scenario)
    return url_for("web.plan", plan_id=plan) if plan else None


def known_so_far(queue: Queue, job: Job) -> str | None:
    """Return the address of what has come of a job that is still being done, None where nothing has."""
    if job.ended or job.stage != CONFLICT_STAGE or queue.file(job.job_id, CONFLICT) is None:
        return None
    return url_for("web.conflict", conflict_id=job.job_id)


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


def _import_page(job: Job) -> str:
    if job.asked.get("dry"):
        return url_for("web.import_check", check_id=job.job_id)
    return url_for("web.import_receipt", receipt_id=job.job_id)


def _under_id(endpoint: str, name: str) -> Callable[[Job], str]:
    """Return where a job is shown whose id stands in the address under `name`."""

    def shown(job: Job) -> str:
        named: dict[str, Any] = {name: job.job_id}
        return url_for(endpoint, **named)

    return shown


SHOWN: Mapping[tuple[str, JobStatus], Callable[[Job], str]] = {
    ("import_file", JobStatus.SUCCEEDED): _import_page,
    ("explain_plan", JobStatus.SUCCEEDED): _answer_page,
    ("export_plan", JobStatus.SUCCEEDED): _under_id("web.export_file", "export_id"),
    ("price_lock", JobStatus.SUCCEEDED): _under_id("web.lock_price", "price_id"),
    ("price_lock", JobStatus.INFEASIBLE): _under_id("web.lock_price", "price_id"),
    ("frontier_scenario", JobStatus.SUCCEEDED): _under_id("web.frontier", "frontier_id"),
    ("frontier_scenario", JobStatus.INFEASIBLE): _under_id("web.conflict", "conflict_id"),
    ("run_scenario", JobStatus.INFEASIBLE): _under_id("web.conflict", "conflict_id"),
}
"""Where what came of a job is shown, by its kind and how it ended; elsewhere it is a plan, or nothing.

The plan of a scenario is shown beside its sentences, where the next number can be turned.
"""
