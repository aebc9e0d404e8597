"""Doing a job: it is taken up, done by its kind, and ended in the transaction that keeps what came of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from errno import ENOMEM
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from structlog import get_logger
from structlog.contextvars import bind_contextvars

from impact.errors import BadInput, Issue, SolverFailed
from impact.jobs.desk import Desk, Done, Overtaken, Stopped
from impact.jobs.kind import Kind, kind_of
from impact.store.database import writing
from impact.store.queue.job_files import files_of
from impact.store.queue.jobs import Job, JobStatus, get
from impact.store.queue.leases import Ending, Lease, LeaseLost, Progress, demand, end

MOST_OVERTAKEN = 3
"""So often a job is done again because what it stands on has moved."""
NO_MEMORY_LEFT = "OutOfMemoryException"
"""What DuckDB says for `MemoryError`, known by name where DuckDB is not loaded."""
log = get_logger(__name__)


def do(
    engine: Engine, lease: Lease, stopped: Callable[[], JobStatus | None], tell: Callable[[Progress], None]
) -> JobStatus:
    """Do a job, again where it was overtaken, and end it; return how.

    Raises
    ------
    LeaseLost
        Nothing of it was kept: the job is another's, or has ended.
    """
    with TemporaryDirectory(prefix="impact-") as folder:
        desk = Desk(_taken_up(engine, lease, Path(folder)), engine, Path(folder), stopped, tell)
        kind = kind_of(desk.job.kind)
        for _ in range(MOST_OVERTAKEN):
            with suppress(Overtaken):
                return _end(engine, lease, done_by(kind, desk))
        return _end(engine, lease, Done(Ending(JobStatus.FAILED, issues=(Issue("job_overtaken"),))))


def done_by(kind: Kind, desk: Desk) -> Done:
    """Do what a kind does; whatever it cannot do is an ending too."""
    try:
        done: Done = import_module(kind.module).run(desk, kind.read(desk.job.asked))
    except BadInput as refused:
        return Done(Ending(JobStatus.FAILED, issues=refused.issues))
    except SolverFailed as gave_up:
        issue = Issue("solver_failed", params={"status": gave_up.status})
        return Done(Ending(desk.stopped() or JobStatus.FAILED, issues=(issue,)))
    except Stopped:
        return Done(_stopped(kind, desk))
    except (MemoryError, OperationalError):
        raise
    except Exception as error:
        if lacked_memory(error):
            raise MemoryError from error
        log.exception("job_crashed")
        issue = Issue("job_crashed", params={"error": type(error).__name__})
        return Done(Ending(JobStatus.FAILED, issues=(issue,)))
    return done


def _stopped(kind: Kind, desk: Desk) -> Ending:
    """End a job that has nothing to hand in; say why, where nobody asked for its end."""
    status = desk.stopped() or JobStatus.CANCELLED
    late = Issue("job_out_of_time", params={"seconds": kind.seconds_of(desk.job.asked)})
    return Ending(status, issues=(late,) if status is JobStatus.TIMED_OUT else ())


def lacked_memory(error: BaseException) -> bool:
    """Tell whether an error, or one behind it, says that no more memory was to be had."""
    refused = isinstance(error, OSError) and error.errno == ENOMEM
    if refused or isinstance(error, MemoryError) or type(error).__name__ == NO_MEMORY_LEFT:
        return True
    before = error.__cause__ or error.__context__
    return before is not None and lacked_memory(before)


def _taken_up(engine: Engine, lease: Lease, folder: Path) -> Job:
    """Read the job, and lay its files out."""
    with writing(engine) as connection:
        demand(connection, lease)
        job, files = get(connection, lease.job_id), files_of(connection, lease.job_id)
    if job is None:
        raise LeaseLost(lease.job_id)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    bind_contextvars(kind=job.kind, scenario=job.scenario, request_id=job.request_id)
    return job


def _end(engine: Engine, lease: Lease, done: Done) -> JobStatus:
    with writing(engine) as connection:
        demand(connection, lease)
        kept = done.keep(connection)
        end(connection, lease, replace(done.ending, result={**done.ending.result, **kept}))
    log.info("job_done", status=done.ending.status)
    return done.ending.status
