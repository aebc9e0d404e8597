"""A worker: takes jobs from the queue as long as it has a free place, and has each done by a child process.

One thread does all: it hears its children, looks at the database, shows that it is there, and looks after the
jobs of workers that are gone. A database that does not answer is asked again.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from selectors import EVENT_READ, DefaultSelector
from time import monotonic

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from impact.errors import BadInput
from impact.jobs.child import THINK, Thought
from impact.jobs.kind import KINDS, Kind
from impact.jobs.near import is_gone, myself
from impact.jobs.running import Child, Running
from impact.store.database import reading, writing
from impact.store.queue import leases, workers
from impact.store.queue.jobs import Job, JobStatus
from impact.store.queue.leases import Ending, Lease, LeaseLost

LISTEN_SECONDS, LOOK_SECONDS, TELL_SECONDS, SWEEP_SECONDS = 0.05, 0.1, 1.0, 3.0
BEAT_SECONDS, STAFF_SECONDS, THINK_SECONDS = 5.0, 1.0, 2.0
PLACES = 2
log = get_logger(__name__)


class Workshop:
    """Does the jobs of one database, `places` of them at a time, and thinks ahead while there are none."""

    def __init__(
        self,
        engine: Engine,
        places: int = PLACES,
        kinds: Mapping[str, Kind] = KINDS,
        *,
        thinks_ahead: bool = True,
    ) -> None:
        self._engine = engine
        self._url = engine.url.render_as_string(hide_password=False)
        self._places = places
        self._kinds = kinds
        self._thinks_ahead = thinks_ahead
        self._me = myself()
        self._idle: list[Child] = []
        self._running: dict[Lease, Running] = {}
        self._told: dict[Lease, leases.Progress] = {}
        self._heard = DefaultSelector()
        self._duties = (
            _Duty(STAFF_SECONDS, self._staff),
            _Duty(TELL_SECONDS, self._tell),
            _Duty(BEAT_SECONDS, self._beat),
            _Duty(SWEEP_SECONDS, self._sweep),
            _Duty(LOOK_SECONDS, self._look),
            _Duty(THINK_SECONDS, self._think),
        )

    def work(self, until: Callable[[], bool]) -> None:
        """Do jobs until told otherwise; what is not done by then is left to others."""
        log.info("worker_began", worker=self._me.worker_id, places=self._places)
        self._write(lambda connection: workers.enrol(connection, self._me))
        try:
            while not until():
                self.turn()
        finally:
            self._leave()
            log.info("worker_ended", worker=self._me.worker_id)

    def turn(self) -> None:
        """Do once whatever is due."""
        for key, _ in self._heard.select(LISTEN_SECONDS):
            key.data.listen()
        try:
            for running in [*self._running.values()]:
                running.watch()
                if running.over:
                    self._end(running)
            for duty in self._duties:
                duty.do_if_due()
        except OperationalError as error:
            log.warning("database_gone", reason=str(error.orig))

    def _look(self) -> None:
        """See what is to be cancelled, what is ours no more, and what waits."""
        with reading(self._engine) as connection:
            held = leases.held(connection, self._me.worker_id)
            waits = leases.any_waits(connection, self._kinds)
        for lease, running in self._running.items():
            if lease not in held:
                running.disown()
            elif held[lease]:
                running.stop(JobStatus.CANCELLED)
        for lease in held.keys() - self._running.keys():
            self._write(partial(leases.let_go, lease=lease, lost=True))
        self._idle = [child for child in self._idle if child.lives]
        while waits and self._idle:
            waits = self._take()

    def _staff(self) -> None:
        """See to it that there is a child for every place before its job comes."""
        self._idle = [child for child in self._idle if child.lives]
        while len(self._idle) + len(self._running) < self._places:
            self._idle.append(Child())

    def _think(self) -> None:
        """Have children think of the next task, which will come to the last of them, where none is done."""
        for child in () if self._running else self._idle:
            is_next = self._thinks_ahead and child is self._idle[-1]
            child.say(THINK, asdict(Thought(self._url, is_next)))

    def _take(self) -> bool:
        """Begin the job that has waited longest; tell whether there was one."""
        with writing(self._engine) as connection:
            job = leases.claim(connection, self._me.worker_id, self._kinds)
        if job is not None:
            try:
                self._begin(job)
            except BadInput as refused:  # it was asked of another version
                ending = Ending(JobStatus.FAILED, issues=refused.issues)
                self._close(Lease(job.job_id, job.attempt), ending)
        return job is not None

    def _begin(self, job: Job) -> None:
        running = Running(self._idle[-1], self._url, job, self._kinds[job.kind])
        self._running[running.lease] = running
        self._heard.register(self._idle.pop(), EVENT_READ, running)
        log.info(
            "job_began", job_id=job.job_id, kind=job.kind, attempt=job.attempt, request_id=job.request_id
        )

    def _end(self, running: Running) -> None:
        """See to it that a job that is over has an end, or goes back to the queue."""
        lease = running.lease
        if running.retry:
            self._write(partial(leases.let_go, lease=lease, lost=True))
        elif not running.handed_in:
            self._close(lease, running.ending())
        self._heard.unregister(running.child)
        if running.child_is_fresh:
            self._idle.append(running.child)
        else:
            running.child.close()
        del self._running[lease]
        self._told.pop(lease, None)

    def _close(self, lease: Lease, ending: Ending) -> None:
        """End a job that nobody else ended."""
        with suppress(LeaseLost):
            self._write(partial(leases.end, lease=lease, ending=ending))
            why = [issue.code for issue in ending.issues]
            log.warning("job_ended_for_child", job_id=lease.job_id, status=ending.status, why=why)

    def _tell(self) -> None:
        """Say how far the jobs are, where that has changed."""
        news = {lease: one.progress for lease, one in self._running.items()}
        news = {lease: told for lease, told in news.items() if self._told.get(lease) != told}
        if news:
            with writing(self._engine) as connection:
                for lease, told in news.items():
                    leases.tell(connection, lease, told)
            self._told |= news

    def _beat(self) -> None:
        """Show that we are there; who was taken for gone begins anew."""
        with writing(self._engine) as connection:
            if not workers.beat(connection, self._me.worker_id):
                log.warning("worker_was_taken_for_gone", worker=self._me.worker_id)
                workers.enrol(connection, self._me)

    def _sweep(self) -> None:
        with writing(self._engine) as connection:
            swept = workers.sweep(connection, lambda worker: is_gone(worker, self._me))
        for lease in swept:
            log.warning("job_taken_from_gone_worker", job_id=lease.job_id, attempt=lease.attempt)

    def _leave(self) -> None:
        """End all children, and give their jobs back."""
        for child in (*self._idle, *(running.child for running in self._running.values())):
            child.close()
        with writing(self._engine) as connection:
            for lease in self._running:
                leases.let_go(connection, lease, lost=False)
            workers.leave(connection, self._me.worker_id)

    def _write(self, what: Callable[[Connection], None]) -> None:
        with writing(self._engine) as connection:
            what(connection)


class _Duty:
    """Something to be done again whenever `seconds` have passed."""

    def __init__(self, seconds: float, what: Callable[[], None]) -> None:
        self._seconds = seconds
        self._what = what
        self._next = 0.0

    def do_if_due(self) -> None:
        if monotonic() >= self._next:
            self._next = monotonic() + self._seconds
            self._what()
