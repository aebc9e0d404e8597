"""A process that does jobs for a worker, one after the other, bounded in memory. `running` starts it.

Tasks, the word to stop, and the word to think of the next task come as lines of JSON on standard input; how
far a job is and how it ended goes as such to standard output. Where standard input ends the worker is gone,
and so is this process.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from queue import Full, Queue, SimpleQueue
from threading import Thread
from typing import TextIO

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from structlog import get_logger
from structlog.contextvars import bind_contextvars, clear_contextvars

from impact.jobs.doing import do, lacked_memory
from impact.jobs.kind import KINDS
from impact.logs import log_to_stderr
from impact.store.database import connect
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Lease, LeaseLost

FAILED, OUT_OF_MEMORY, NO_DATABASE, ORPHANED = 1, 71, 75, 76
"""How this process ends where it cannot end the job itself."""
THINK, TASK, STOP, PROGRESS, ENDED = "think", "task", "stop", "progress", "ended"
LIKELY = KINDS["run_scenario"]
DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
log = get_logger(__name__)


@dataclass(frozen=True)
class Task:
    """Which job to do, in which database, with how much memory."""

    url: str
    job_id: str
    attempt: int
    memory_mb: int


@dataclass(frozen=True)
class Thought:
    """In which database to think of the next task, and whether that will come to this process."""

    url: str
    is_next: bool


class Ear:
    """Hears the worker: tasks, the word to stop or to think, or that it is gone."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[Task] = SimpleQueue()
        self._thoughts: Queue[Thought] = Queue(1)
        self._stopped: JobStatus | None = None
        self._waits = False

    def next(self) -> Task:
        """Wait for a task; a word to stop that was said before does not concern it."""
        self._waits = True
        task = self._tasks.get()
        self._stopped = None
        return task

    def thought(self) -> Thought:
        """Wait until there is something to think of."""
        return self._thoughts.get()

    def called(self) -> bool:
        """Tell whether there is a task, waiting or being done."""
        return not self._waits

    def stopped(self) -> JobStatus | None:
        """Say how the job is to end where it is to stop."""
        return self._stopped

    def listen(self, worker: TextIO) -> None:
        """Hear the worker until it is gone."""
        for line in worker:
            said = json.loads(line)
            if TASK in said:
                self._waits = False
                self._tasks.put(Task(**said[TASK]))
            elif THINK in said:
                with suppress(Full):  # one that waits is as good
                    self._thoughts.put_nowait(Thought(**said[THINK]))
            else:
                self._stopped = JobStatus(said[STOP])
        os._exit(ORPHANED)


def main() -> None:
    """Do what comes on standard input."""
    out, ear = _private_output(), Ear()
    log_to_stderr()
    _leave_signals_to_the_worker()
    _bound_memory(LIKELY.memory_mb)
    Thread(target=ear.listen, args=(sys.stdin,), daemon=True).start()
    Thread(target=_think, args=(ear,), daemon=True).start()
    while True:
        task = ear.next()
        clear_contextvars()
        bind_contextvars(job_id=task.job_id)
        _say(out, ENDED, _done(task, ear, out))


def _think(ear: Ear) -> None:
    """Have at hand what a task is likely to need, as far as one comes until there is one.

    What stands in the way stands there when the task is done, too, and is told then: there is no more
    thinking.
    """
    try:
        while thought := ear.thought():
            if not ear.called():
                module = import_module(LIKELY.module)
                module.think_ahead(_database(thought.url), ear.called, is_next=thought.is_next)
    except Exception as error:
        log.warning("not_thought_ahead", error=type(error).__name__)


def _done(task: Task, ear: Ear, out: TextIO) -> JobStatus | None:
    """Do a job; return how it ended, None where it was another's by then."""
    _bound_memory(task.memory_mb)
    try:
        return do(
            _database(task.url),
            Lease(task.job_id, task.attempt),
            ear.stopped,
            lambda progress: _say(out, PROGRESS, asdict(progress)),
        )
    except LeaseLost:
        log.warning("lease_lost")
        return None
    except Exception as error:
        os._exit(_status(error))


def _status(error: Exception) -> int:
    """Say how this process ends where it cannot go on."""
    if lacked_memory(error):
        return OUT_OF_MEMORY
    log.error("job_not_ended", exc_info=error)
    return NO_DATABASE if isinstance(error, OperationalError) else FAILED


@cache
def _database(url: str) -> Engine:
    return connect(url)


def _say(out: TextIO, what: str, content: object) -> None:
    print(json.dumps({what: content}), file=out, flush=True)


def _private_output() -> TextIO:
    """Keep standard output for the worker: whatever else is printed goes to standard error."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return out


def _leave_signals_to_the_worker() -> None:
    """Hear no Ctrl-C; have the kernel end this process with its worker, where it can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)


def _bound_memory(memory_mb: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * 2**20, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
