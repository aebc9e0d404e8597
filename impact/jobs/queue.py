"""The queue: where jobs are asked for, looked at and cancelled; who does them is no business of the asker."""

from collections.abc import Mapping, Sequence
from time import monotonic, sleep

from sqlalchemy import Connection, Engine

from impact.access import Actor
from impact.jobs.kind import kind_of, refuse_other
from impact.store.database import reading, writing
from impact.store.partners import demand_active
from impact.store.queue import job_files, jobs
from impact.store.queue.jobs import Job, Sought, Wanted

AT_ONCE, LOOK_SECONDS = 50, 0.05


class Queue:
    """The jobs of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(
        self,
        kind: str,
        asked: Mapping[str, object],
        who: Actor,
        *,
        partner: str | None = None,
        scenario: str | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> str:
        """Ask for a job, and return its id.

        Raises
        ------
        BadInput
            There is no such kind, it is asked otherwise, or its partner is none, or none any more.
        """
        wanted = Wanted(kind, asked, partner, scenario, files or {})
        with writing(self._engine) as connection:
            return put_within(connection, wanted, who)

    def get(self, job_id: str) -> Job | None:
        """Return a job as it stands, or None where there is none of that id."""
        with reading(self._engine) as connection:
            return jobs.get(connection, job_id)

    def awaited(self, job: Job, seconds: float) -> Job:
        """Return a job as it stands once it has ended, or after so many seconds."""
        until = monotonic() + seconds
        while not job.ended and monotonic() < until:
            sleep(LOOK_SECONDS)
            job = self.get(job.job_id) or job
        return job

    def list(
        self,
        sought: Sought | None = None,
        *,
        past: str | None = None,
        limit: int = AT_ONCE,
        oldest_first: bool = False,
    ) -> Sequence[Job]:
        """Return jobs, the newest first unless told; `past` is the last of the page before."""
        with reading(self._engine) as connection:
            return jobs.listed(
                connection, sought or Sought(), past=past, limit=limit, oldest_first=oldest_first
            )

    def cancel(self, job_id: str, who: Actor) -> Job | None:
        """Ask for the end of a job: at once where it waits, within two seconds where it runs.

        A job that has ended stays as it ended. Returns the job as it stands then.
        """
        with writing(self._engine) as connection:
            jobs.ask_to_cancel(connection, job_id, who)
            return jobs.get(connection, job_id)

    def file(self, job_id: str, name: str) -> bytes | None:
        """Return a file that came with a job or came of it, or None where there is none of that name."""
        with reading(self._engine) as connection:
            return job_files.file_of(connection, job_id, name)


def put_within(connection: Connection, wanted: Wanted, who: Actor) -> str:
    """Ask for a job in a transaction with whatever else it goes with, see `Queue.put`."""
    kind = kind_of(wanted.kind)
    refuse_other(kind, wanted)
    kind.read(wanted.asked)
    if kind.of_partner:
        demand_active(connection, wanted.partner or "")
    return jobs.put(connection, wanted, who)
