"""Workers: who is there to do jobs; the jobs of one that is gone are taken from it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Integer, Table, Text, delete, insert, select, update

from impact.store.nouns import METADATA
from impact.store.queue.jobs import JOBS, JobStatus, now
from impact.store.queue.leases import Lease, let_go

WORKERS = Table(
    "workers",
    METADATA,
    Column("worker_id", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)
UNSEEN = timedelta(seconds=30)
"""A worker that did not show itself for so long is gone."""


@dataclass(frozen=True)
class Worker:
    """A process that does jobs, on a `host` where `pid` names it."""

    worker_id: str
    host: str
    pid: int


def enrol(connection: Connection, worker: Worker) -> None:
    """Say that a worker is there from now on."""
    at = now(connection)
    connection.execute(insert(WORKERS).values(asdict(worker) | {"started_at": at, "seen_at": at}))


def leave(connection: Connection, worker_id: str) -> None:
    """Say that a worker is there no more."""
    connection.execute(delete(WORKERS).where(WORKERS.c.worker_id == worker_id))


def beat(connection: Connection, worker_id: str) -> bool:
    """Show that a worker is there; tell whether it still counts as such."""
    mine = update(WORKERS).where(WORKERS.c.worker_id == worker_id)
    return bool(connection.execute(mine.values(seen_at=now(connection))).rowcount)


def any_there(connection: Connection) -> bool:
    """Tell whether a worker was seen lately."""
    return len(_unseen(connection, lambda _: False)) < len(connection.execute(select(WORKERS)).all())


def sweep(connection: Connection, is_gone: Callable[[Worker], bool]) -> tuple[Lease, ...]:
    """Take the jobs of workers that are gone from them; return the leases that ended thereby.

    `is_gone` knows of workers near by; those far away are gone when they were not seen for long.
    """
    for worker in _unseen(connection, is_gone):
        leave(connection, worker.worker_id)
    there = select(WORKERS.c.worker_id)
    orphans = (JOBS.c.status == JobStatus.RUNNING) & JOBS.c.worker.not_in(there)
    found = select(JOBS.c.job_id, JOBS.c.attempt).where(orphans).with_for_update(skip_locked=True)
    leases = tuple(Lease(row.job_id, row.attempt) for row in connection.execute(found))
    for lease in leases:
        let_go(connection, lease, lost=True)
    return leases


def _unseen(connection: Connection, is_gone: Callable[[Worker], bool]) -> tuple[Worker, ...]:
    at = datetime.fromisoformat(now(connection))
    found = {
        Worker(row.worker_id, row.host, row.pid): at - datetime.fromisoformat(row.seen_at)
        for row in connection.execute(select(WORKERS))
    }
    return tuple(worker for worker, silent in found.items() if silent > UNSEEN or is_gone(worker))
