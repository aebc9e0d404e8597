"""Jobs: what was asked for that takes long, how far it is, and how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from secrets import token_hex
from time import time_ns
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from impact.access import Actor, Role
from impact.errors import Issue
from impact.store.audit import record
from impact.store.nouns import METADATA
from impact.store.queue.job_files import keep_files
from impact.store.webhooks.hooks import News
from impact.store.webhooks.outbox import announce

JOBS = Table(
    "jobs",
    METADATA,
    Column("job_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("partner", Text),
    Column("scenario", Text),
    Column("request_id", Text, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("stage", Text, nullable=False, default=""),
    Column("progress", Float, nullable=False, default=0.0),
    Column("gap", Float),
    Column("bound", Float),
    Column("result", JSON, nullable=False, default=dict),
    Column("issues", JSON, nullable=False, default=list),
    Column("seconds", JSON, nullable=False, default=dict),
    Column("attempt", Integer, nullable=False, default=0),
    Column("lost", Integer, nullable=False, default=0),
    Column("worker", Text),
    Column("started_at", Text),
    Column("cancel_asked_at", Text),
    Column("ended_at", Text),
    Index("ix_jobs_status", "status", "job_id"),
    Index("ix_jobs_owner", "owner", "job_id"),
    Index("ix_jobs_partner", "partner", "job_id"),
    Index("ix_jobs_scenario", "scenario", "job_id"),
)
ISSUES = TypeAdapter(tuple[Issue, ...])


class JobStatus(StrEnum):
    """Where a job stands; all but the first two are for ever."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"


OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


@dataclass(frozen=True)
class Wanted:
    """Something that takes long: its kind, what is asked of it, and whose it is.

    `partner` and `scenario` say whom and what it concerns, where it concerns one; `files` are by name.
    """

    kind: str
    asked: Mapping[str, object] = field(default_factory=dict)
    partner: str | None = None
    scenario: str | None = None
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Job:
    """A job as it stands.

    `progress` is in [0, 1]; `gap` and `bound` are those of the plan, where there is one; `result` says where
    to find what came of it, `issues` why nothing did; `seconds` are by stage. `attempt` counts how often it
    was begun, `lost` how often whoever did it was gone before its end.
    """

    job_id: str
    kind: str
    owner: str
    role: Role
    partner: str | None
    scenario: str | None
    request_id: str
    asked: Mapping[str, object]
    asked_at: str
    status: JobStatus
    stage: str
    progress: float
    gap: float | None
    bound: float | None
    result: Mapping[str, object]
    issues: tuple[Issue, ...]
    seconds: Mapping[str, float]
    attempt: int
    lost: int
    worker: str | None
    started_at: str | None
    cancel_asked_at: str | None
    ended_at: str | None

    @property
    def asker(self) -> Actor:
        """Whoever asked for the job, as whom it acts."""
        return Actor(self.owner, "", self.role, self.partner, request_id=self.request_id)

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.status not in OPEN


@dataclass(frozen=True)
class Sought:
    """Which jobs are looked for; None lets all pass."""

    owner: str | None = None
    partner: str | None = None
    scenario: str | None = None
    status: JobStatus | None = None
    kind: str | None = None


def put(connection: Connection, wanted: Wanted, who: Actor) -> str:
    """Add a job to the end of the queue, and return its id: ids are in the order of asking."""
    job_id = f"{time_ns():016x}{token_hex(8)}"
    row = {
        "job_id": job_id,
        "kind": wanted.kind,
        "owner": who.actor_id,
        "role": who.role,
        "partner": wanted.partner or who.partner,
        "scenario": wanted.scenario,
        "request_id": who.request_id,
        "asked": dict(wanted.asked),
        "asked_at": now(connection),
        "status": JobStatus.QUEUED,
    }
    connection.execute(insert(JOBS).values(row))
    keep_files(connection, job_id, wanted.files)
    subject = {"kind": wanted.kind, "partner": wanted.partner, "scenario": wanted.scenario}
    record(connection, who, "job.ask", job_id, after=subject)
    return job_id


def get(connection: Connection, job_id: str) -> Job | None:
    """Return a job, or None where there is none of that id."""
    row = connection.execute(select(JOBS).where(JOBS.c.job_id == job_id)).first()
    return None if row is None else _job(row)


def listed(
    connection: Connection, sought: Sought, *, past: str | None, limit: int, oldest_first: bool = False
) -> Sequence[Job]:
    """Return at most `limit` jobs that are looked for, the newest first unless told, those `past` a job."""
    stated = {name: value for name, value in vars(sought).items() if value is not None}
    asked = _those_of(tuple(stated), oldest_first=oldest_first)
    if past is not None:
        asked = asked.where(JOBS.c.job_id > past if oldest_first else JOBS.c.job_id < past)
    return tuple(map(_job, connection.execute(asked, {**stated, "most": limit})))


@cache
def _those_of(names: tuple[str, ...], *, oldest_first: bool) -> Select[Any]:
    """Compose what looks for jobs whose fields of those `names` are stated."""
    order = JOBS.c.job_id if oldest_first else JOBS.c.job_id.desc()
    asked = select(JOBS).order_by(order).limit(bindparam("most"))
    for name in names:
        asked = asked.where(JOBS.c[name] == bindparam(name))
    return asked


def census(connection: Connection) -> dict[tuple[str, JobStatus], tuple[int, str]]:
    """Count jobs by kind and status, and say when the oldest of each was asked for."""
    asked = select(JOBS.c.kind, JOBS.c.status, func.count(), func.min(JOBS.c.asked_at))
    rows = connection.execute(asked.group_by(JOBS.c.kind, JOBS.c.status))
    return {(kind, JobStatus(status)): (count, since) for kind, status, count, since in rows}


def ask_to_cancel(connection: Connection, job_id: str, who: Actor) -> None:
    """End a job that waits; let whoever does one that runs know. One that has ended stays as it is."""
    job = JOBS.c.job_id == job_id
    asked = job & JOBS.c.status.in_(OPEN) & JOBS.c.cancel_asked_at.is_(None)
    at = now(connection)
    if connection.execute(update(JOBS).where(asked).values(cancel_asked_at=at)).rowcount:
        waiting = job & (JOBS.c.status == JobStatus.QUEUED)
        if connection.execute(
            update(JOBS).where(waiting).values(status=JobStatus.CANCELLED, ended_at=at)
        ).rowcount:
            announce_end(connection, job_id)
        record(connection, who, "job.cancel", job_id)


def announce_end(connection: Connection, job_id: str) -> None:
    """Tell whoever wants to know that a job has ended, in the transaction in which it has."""
    job = connection.execute(select(JOBS).where(JOBS.c.job_id == job_id)).one()
    told = {name: getattr(job, name) for name in ("job_id", "kind", "status", "partner", "scenario")}
    announce(connection, News.JOB_ENDED, told, job.partner)


def now(connection: Connection) -> str:
    """Tell the time: of the database where several machines use it."""
    if connection.dialect.name == "postgresql":
        told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    else:
        told = datetime.now(UTC)
    return told.astimezone(UTC).isoformat(timespec="microseconds")


def _job(row: Row[Any]) -> Job:
    told = dict(row._mapping)
    read = {"role": Role(row.role), "status": JobStatus(row.status)}
    return Job(**told | read | {"issues": ISSUES.validate_python(row.issues)})
