"""The desk at which a job is done: what is asked, where to look, whom to tell, and what to hand in."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, Engine

from impact.store.database import writing
from impact.store.queue.job_files import keep_files
from impact.store.queue.jobs import Job, JobStatus
from impact.store.queue.leases import Ending, Lease, LeaseLost, Progress, demand
from impact.timing import Stopwatch

Kept = Mapping[str, object]
HANDING_IN = {"check", "write", "keep"}
"""From these stages on there is something that may be handed in."""


class Stopped(Exception):
    """Somebody said stop, and there is nothing to hand in."""


class Overtaken(Exception):
    """What the job stands on has moved while it was done: it has to be done again."""


@dataclass(frozen=True)
class Desk:
    """What whoever does a job is given.

    The job's files lie in `folder`, which is gone afterwards; `stopped` says how the job is to end where
    somebody said stop, None while nobody did.
    """

    job: Job
    engine: Engine
    folder: Path
    stopped: Callable[[], JobStatus | None]
    tell: Callable[[Progress], None]

    def show(self, files: Mapping[str, bytes]) -> None:
        """Let people see what has come of the job so far, unless it is another's by now."""
        with suppress(LeaseLost), writing(self.engine) as connection:
            demand(connection, Lease(self.job.job_id, self.job.attempt))
            keep_files(connection, self.job.job_id, files)

    def cancelled(self) -> bool:
        """Tell whether somebody said stop."""
        return self.stopped() is not None

    def stopwatch(self, **shares: float) -> Stopwatch:
        """Time the stages of the job, and tell how far it is as each begins.

        `shares` say, in their order, how much of all there is to do each stage is. A stage that would begin
        after somebody said stop raises `Stopped`, where none before it found anything.
        """
        before = dict(zip(shares, accumulate(shares.values(), initial=0.0), strict=False))

        def begun(stage: str) -> None:
            self.tell(Progress(stage, before.get(stage, 0.0)))
            if self.cancelled() and not HANDING_IN & {stage, *watch.seconds}:
                raise Stopped

        watch = Stopwatch(begun=begun)
        return watch


def nothing(_: Connection) -> Kept:
    """Keep nothing beside the job."""
    return {}


@dataclass(frozen=True)
class Done:
    """What is handed in: how the job ended, and what is kept in the same transaction.

    `keep` changes what has to be changed, and returns what the result says of it.
    """

    ending: Ending
    keep: Callable[[Connection], Kept] = nothing
