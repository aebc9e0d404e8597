"""A job that is being done, as its worker sees it: a child that tells how far it is, and can be stopped."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from time import monotonic

from impact.errors import Issue
from impact.jobs.child import ENDED, NO_DATABASE, OUT_OF_MEMORY, PROGRESS, STOP, TASK, Task
from impact.jobs.kind import Kind
from impact.store.queue.jobs import Job, JobStatus
from impact.store.queue.leases import Ending, Lease, Progress

CHILD = (sys.executable, "-m", "impact.jobs.child")
STOPPING_SECONDS, KEEPING_SECONDS = 1.25, 10.0
"""How long a child may take to end once told to stop; and then, where its time was up, to keep what it has.

Who cancels waits for it: what cannot be kept at once is not kept.
"""
PARTING_SECONDS = 1.0
"""How long a child may take to say that it has ended a job that is open no more."""
WELL = (JobStatus.SUCCEEDED, JobStatus.INFEASIBLE)
"""After such an end nothing of a job is still under way in the child; a solver that gave up may be."""
NO_ROOM_FOR_A_THREAD = 127
"""How glibc ends a process that has no memory left for what a thread keeps to itself."""
OUT_OF_MEMORY_STATUSES = (OUT_OF_MEMORY, NO_ROOM_FOR_A_THREAD, -signal.SIGABRT)


class Child:
    """A process that does one job after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own module
        self._rest = b""
        self._doomed = False
        os.set_blocking(self.fileno(), False)

    def fileno(self) -> int:
        """Where it is heard."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    @property
    def status(self) -> int | None:
        """How the process ended, None while it lives."""
        return self._process.poll()

    @property
    def lives(self) -> bool:
        """Whether it is there to stay: one that was killed is not, even while it is not yet gone."""
        return not self._doomed and self.status is None

    def say(self, what: str, content: object) -> None:
        """Tell it something; that it is gone is noticed elsewhere."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps({what: content}).encode() + b"\n")
            self._process.stdin.flush()

    def told(self) -> Iterator[Mapping[str, object]]:
        """Hear what it told since."""
        assert self._process.stdout is not None
        *lines, self._rest = (self._rest + (self._process.stdout.read() or b"")).split(b"\n")
        yield from map(json.loads, lines)

    def kill(self) -> None:
        """End it here and now."""
        self._doomed = True
        self._process.kill()

    def close(self) -> None:
        """End it, and let go of its pipes."""
        self.kill()
        self._process.communicate()


class Running:
    """A job given to a child."""

    def __init__(self, child: Child, url: str, job: Job, kind: Kind) -> None:
        self.child = child
        self.lease = Lease(job.job_id, job.attempt)
        self.progress = Progress("", 0.0)
        self._kind = kind
        self._seconds = kind.seconds_of(job.asked)
        self._until = monotonic() + self._seconds
        self._stopped: JobStatus | None = None
        self._stage_then = ""
        self._begun = False
        self._disowned = False
        self._handed_in = False
        self._ended_well = False
        child.say(TASK, asdict(Task(url, job.job_id, job.attempt, kind.memory_mb)))

    def listen(self) -> None:
        """Hear what the child told since."""
        for said in self.child.told():
            self._begun = True
            if PROGRESS in said:
                self.progress = Progress(**said[PROGRESS])  # type: ignore[arg-type]
            else:
                self._handed_in, self._ended_well = True, said[ENDED] in WELL

    def stop(self, status: JobStatus) -> None:
        """Tell the child to stop with what it has, and that the job then ends with `status`."""
        if self._stopped is None:
            self._stopped, self._stage_then = status, self.progress.stage
            self._until = monotonic() + STOPPING_SECONDS
            self.child.say(STOP, status)

    def disown(self) -> None:
        """Take note that the job is ours no more: the child has just ended it, or it is another's."""
        if not self._disowned:
            self._disowned = True
            self._until = monotonic() + PARTING_SECONDS

    def watch(self) -> None:
        """Stop the job where its time is up; end the child where it does not stop."""
        if monotonic() < self._until:
            return
        if self._disowned:
            self.child.kill()
        elif self._stopped is None:
            self.stop(JobStatus.TIMED_OUT)
        elif self._stopped is JobStatus.TIMED_OUT and self.progress.stage != self._stage_then:
            self._stage_then = self.progress.stage
            self._until += KEEPING_SECONDS
        else:
            self.child.kill()

    @property
    def over(self) -> bool:
        """Whether nothing more is to come: the job was handed in, or the child is gone, or about to be.

        One that was killed goes slowly where it held much; what it might still commit its lease refuses.
        """
        return self._handed_in or not self.child.lives

    @property
    def handed_in(self) -> bool:
        """Whether the child has seen to the end of the job."""
        return self._handed_in

    @property
    def child_is_fresh(self) -> bool:
        """Whether the child may be given another job."""
        return self._ended_well and self._stopped is None and self.child.lives

    @property
    def retry(self) -> bool:
        """Whether the child could not do the job for a reason that is not the job's.

        The database was gone, or the child was killed before it had begun.
        """
        if self._stopped is not None:
            return False
        return self.child.status == NO_DATABASE or (not self._begun and self.child.status == -signal.SIGKILL)

    def ending(self) -> Ending:
        """Say how the job ended, where the child is gone and could not say so itself."""
        if self._stopped is JobStatus.CANCELLED:
            return Ending(JobStatus.CANCELLED)
        if self._stopped is JobStatus.TIMED_OUT:
            issue = Issue("job_out_of_time", params={"seconds": self._seconds})
            return Ending(JobStatus.TIMED_OUT, issues=(issue,))
        return Ending(JobStatus.FAILED, issues=(self._cause(),))

    def _cause(self) -> Issue:
        status = self.child.status or 0
        if status in OUT_OF_MEMORY_STATUSES:
            return Issue("job_out_of_memory", params={"megabytes": self._kind.memory_mb})
        if status < 0:
            return Issue("job_killed", params={"signal": signal.Signals(-status).name})
        return Issue("job_crashed", params={"error": f"exit {status}"})
