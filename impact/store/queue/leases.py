"""Leases: who does which job. What is done for a job counts only while its lease holds.

A worker claims a job, and ends it in the transaction that keeps what came of it. Where the worker is gone
(see `workers`) the job goes back to the queue; whatever is still done for it finds the lease lost.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import ColumnElement, Connection, Select, select, update

from impact.errors import Issue
from impact.store.queue.job_files import keep_files
from impact.store.queue.jobs import JOBS, Job, JobStatus, announce_end, get, now
from impact.store.queue.tallies import add

MOST_LOST = 3
"""A job whose workers were gone so often before its end is to blame itself."""


class LeaseLost(Exception):
    """The job was cancelled, ended, or given to another: what was done for it does not count."""


@dataclass(frozen=True)
class Lease:
    """The right to do a job: the `attempt` tells it from who had the job before or has it later."""

    job_id: str
    attempt: int


@dataclass(frozen=True)
class Progress:
    """How far a job is: its stage, a share of all there is to do, and what is known of its plan by now."""

    stage: str
    progress: float
    gap: float | None = None
    bound: float | None = None


@dataclass(frozen=True)
class Ending:
    """How a job ended, and what came of it."""

    status: JobStatus
    result: Mapping[str, object] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    gap: float | None = None
    bound: float | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def claim(connection: Connection, worker_id: str, kinds: Collection[str]) -> Job | None:
    """Take the job of one of `kinds` that has waited longest, or None where none waits."""
    first = _waiting(kinds).order_by(JOBS.c.job_id).with_for_update(skip_locked=True)
    job_id = connection.execute(first).scalar()
    if job_id is None:
        return None
    taken = {
        "status": JobStatus.RUNNING,
        "stage": "",
        "progress": 0.0,
        "worker": worker_id,
        "attempt": JOBS.c.attempt + 1,
        "started_at": now(connection),
    }
    connection.execute(update(JOBS).where(JOBS.c.job_id == job_id).values(taken))
    return get(connection, job_id)


def any_waits(connection: Connection, kinds: Collection[str]) -> bool:
    """Tell whether there is a job to claim."""
    return connection.execute(_waiting(kinds)).first() is not None


def held(connection: Connection, worker_id: str) -> dict[Lease, bool]:
    """Return the leases a worker holds, each with whether its job is to be cancelled."""
    mine = (JOBS.c.worker == worker_id) & (JOBS.c.status == JobStatus.RUNNING)
    asked = select(JOBS.c.job_id, JOBS.c.attempt, JOBS.c.cancel_asked_at).where(mine)
    return {
        Lease(row.job_id, row.attempt): row.cancel_asked_at is not None for row in connection.execute(asked)
    }


def tell(connection: Connection, lease: Lease, progress: Progress) -> None:
    """Say how far a job is; who lost its lease, or is just ending the job, is not heard."""
    if connection.execute(
        select(JOBS.c.job_id).where(_held(lease)).with_for_update(skip_locked=True)
    ).first():
        connection.execute(update(JOBS).where(_held(lease)).values(asdict(progress)))


def demand(connection: Connection, lease: Lease) -> None:
    """Make sure that a lease holds to the end of the transaction.

    Raises
    ------
    LeaseLost
        It does not.
    """
    if connection.execute(select(JOBS.c.job_id).where(_held(lease)).with_for_update()).first() is None:
        raise LeaseLost(lease.job_id)


def end(connection: Connection, lease: Lease, ending: Ending) -> None:
    """End a job, in the transaction that keeps what came of it.

    Raises
    ------
    LeaseLost
        The lease does not hold: the transaction has to be given up.
    """
    _close(connection, lease, ending)
    keep_files(connection, lease.job_id, ending.files)
    kind = connection.execute(select(JOBS.c.kind).where(JOBS.c.job_id == lease.job_id)).scalar_one()
    add(connection, kind, _amounts(ending))


def let_go(connection: Connection, lease: Lease, *, lost: bool) -> None:
    """Put a job back where it was in the queue, for another to do; one to be cancelled is.

    `lost` tells whether whoever did the job is gone: a job to which that happens `MOST_LOST` times fails. Who
    holds the lease no longer changes nothing.
    """
    row = connection.execute(select(JOBS).where(_held(lease)).with_for_update()).first()
    if row is None:
        return
    count = row.lost + lost
    if row.cancel_asked_at is not None:
        _close(connection, lease, Ending(JobStatus.CANCELLED), lost=count)
    elif count >= MOST_LOST:
        issue = Issue("job_abandoned", params={"count": count})
        _close(connection, lease, Ending(JobStatus.FAILED, issues=(issue,)), lost=count)
    else:
        queued = {"status": JobStatus.QUEUED, "stage": "", "progress": 0.0, "worker": None, "lost": count}
        connection.execute(update(JOBS).where(_held(lease)).values(queued))


def _close(connection: Connection, lease: Lease, ending: Ending, **also: int) -> None:
    values = {
        "status": ending.status,
        "progress": 1.0 if ending.status is JobStatus.SUCCEEDED else JOBS.c.progress,
        "result": dict(ending.result),
        "issues": [asdict(issue) for issue in ending.issues],
        "gap": ending.gap,
        "bound": ending.bound,
        "seconds": dict(ending.seconds),
        "ended_at": now(connection),
        **also,
    }
    if not connection.execute(update(JOBS).where(_held(lease)).values(values)).rowcount:
        raise LeaseLost(lease.job_id)
    announce_end(connection, lease.job_id)


def _amounts(ending: Ending) -> dict[str, float]:
    """Return what is added up over jobs: seconds by stage, the plan's gap, rows by outcome."""
    amounts = {f"seconds.{stage}": seconds for stage, seconds in ending.seconds.items()}
    if ending.gap is not None:
        amounts["gap"] = ending.gap
    counts = ending.result.get("counts")
    if isinstance(counts, Mapping):
        amounts |= {f"rows.{outcome}": float(count) for outcome, count in counts.items()}
    return amounts


def _waiting(kinds: Collection[str]) -> Select[str]:
    queued = (JOBS.c.status == JobStatus.QUEUED) & JOBS.c.kind.in_(kinds)
    return select(JOBS.c.job_id).where(queued).limit(1)


def _held(lease: Lease) -> ColumnElement[bool]:
    its = (JOBS.c.job_id == lease.job_id) & (JOBS.c.attempt == lease.attempt)
    return its & (JOBS.c.status == JobStatus.RUNNING)
