"""The pages of jobs: which there are, and how far one is; it goes on when the page is closed."""

from threading import BoundedSemaphore

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from impact.gate import actor
from impact.i18n.issues import say_placed
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.store.queue.jobs import Job, JobStatus, Sought
from impact.web.jobs.outcomes import asked_again, job_or_404, known_so_far, outcome_of
from impact.web.language import spoken
from impact.web.lists import ORDERS, order_asked
from impact.web.plans import LANG

AT_ONCE = 50
SOON_SECONDS = 1.0
_waiting = BoundedSemaphore(2)
BY_SCRIPT = "HX-Request"
"""Stands on what a script asks for; it is sent elsewhere by a header, since it does not see redirects."""


def register(pages: Blueprint, queue: Queue) -> None:
    """Add the addresses of jobs to `pages`."""

    @pages.get(f"{LANG}/jobs", endpoint="jobs")
    def _jobs() -> str:
        sought, order = _sought(), order_asked()
        found = queue.list(
            sought, past=order.past or None, limit=AT_ONCE + 1, oldest_first=order.is_oldest_first
        )
        shown = found[:AT_ONCE]
        rest = shown[-1].job_id if len(found) > AT_ONCE else None
        return render_template(
            "jobs/list.html",
            jobs=shown,
            rest=rest,
            outcome_of=outcome_of,
            sought=sought,
            order=order,
            orders=ORDERS,
            kinds=KINDS,
            statuses=tuple(JobStatus),
        )

    @pages.get(f"{LANG}/jobs/<job_id>", endpoint="job")
    def _job(job_id: str) -> AnyResponse | str:
        job = job_or_404(queue, job_id)
        if "follow" not in request.args:
            return _page(job, outcome_of(job) or known_so_far(queue, job))
        if BY_SCRIPT not in request.headers:
            job = _soon(queue, job)
        outcome = outcome_of(job) or known_so_far(queue, job)
        return _sent(outcome) if outcome else _page(job, outcome)

    @pages.post(f"{LANG}/jobs/<job_id>/cancel", endpoint="job_cancelled")
    def _job_cancelled(job_id: str) -> AnyResponse:
        queue.cancel(job_or_404(queue, job_id).job_id, actor())
        return redirect(url_for("web.job", job_id=job_id), 303)


def _sought() -> Sought:
    """Read from the address which jobs are looked for; what the form does not offer is refused."""
    kind, status = (request.args.get(name) or None for name in ("kind", "status"))
    if (kind and kind not in KINDS) or (status and status not in tuple(JobStatus)):
        abort(400)
    mine = actor().actor_id if request.args.get("mine") else None
    return Sought(mine, actor().partner, status=JobStatus(status) if status else None, kind=kind)


def _soon(queue: Queue, job: Job) -> Job:
    """Wait a moment for a job that may end soon, where only few wait: then nobody sees its progress."""
    if not _waiting.acquire(blocking=False):
        return job
    try:
        return queue.awaited(job, SOON_SECONDS)
    finally:
        _waiting.release()


def _page(job: Job, outcome: str | None) -> str:
    return render_template(
        "jobs/job.html",
        job=job,
        wrong=[say_placed(issue, spoken()) for issue in job.issues],
        outcome=outcome,
        again=asked_again(job),
    )


def _sent(outcome: str) -> AnyResponse:
    if BY_SCRIPT in request.headers:
        return Response(headers={"HX-Redirect": outcome})
    return redirect(outcome, 303)
