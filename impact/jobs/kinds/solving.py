"""What kinds of jobs that solve share: how they are limited, and how they end."""

from collections.abc import Mapping
from dataclasses import replace

from impact.bundles.plan_document import PlanDocument
from impact.errors import Issue
from impact.jobs.asked import SolvingAsked
from impact.jobs.desk import Desk
from impact.matching.plan import Status
from impact.matching.solve import Limits
from impact.reports.solved import Solved
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending

ENDED = {
    Status.OPTIMAL: JobStatus.SUCCEEDED,
    Status.WITHIN_GAP: JobStatus.SUCCEEDED,
    Status.INFEASIBLE: JobStatus.INFEASIBLE,
    Status.TIME_LIMIT: JobStatus.TIMED_OUT,
    Status.FAILED: JobStatus.FAILED,
}
OUT_OF_TIME = "not_solved"


def limits_of(desk: Desk, asked: SolvingAsked, seed: int) -> Limits:
    """Return what the solver is asked for; `seed` is the input's own."""
    return Limits(
        seconds=asked.seconds,
        gap=asked.gap,
        engine=asked.engine,
        seed=seed if asked.seed is None else asked.seed,
        cancelled=desk.cancelled,
    )


def named(desk: Desk, solved: Solved) -> Solved:
    """Give a plan that was stopped a name of its own: that of the question is for the best one."""
    if solved.plan.status is not Status.TIME_LIMIT:
        return solved
    return replace(solved, plan_id=f"{solved.plan_id}-{desk.job.job_id[-8:]}")


def ending_of(
    desk: Desk, document: PlanDocument, seconds: Mapping[str, float], files: Mapping[str, bytes]
) -> Ending:
    """End a job with the plan of `document`: never as done where somebody or the clock stopped it."""
    status, issues = ENDED[document.status], _issues(document)
    if status is JobStatus.FAILED and any(issue.params["status"] == OUT_OF_TIME for issue in issues):
        status = JobStatus.TIMED_OUT
    if status in (JobStatus.FAILED, JobStatus.TIMED_OUT):
        status = desk.stopped() or status
    return Ending(
        status,
        {"status": document.status, "objective": document.objective, "files": sorted(files)},
        issues,
        gap=document.gap,
        bound=document.bound,
        seconds=dict(seconds),
        files=files,
    )


def _issues(document: PlanDocument) -> tuple[Issue, ...]:
    """Say why there is no plan; what is to be known of one that there is, it says itself."""
    if document.status is not Status.FAILED:
        return ()
    return tuple(Issue(line.code, params=line.params) for line in document.warnings)
