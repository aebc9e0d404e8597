"""The threads that answer requests: one hears and answers all while none takes long; then the next goes on.

An interpreter runs one thread at a time. Where several answer at once, or one hears for another, each call
of SQLite or a socket hands it over, across cores, which costs more than what a small read itself does.
"""

from collections.abc import Callable
from functools import cache
from math import inf
from threading import Event, Lock
from time import monotonic
from typing import Any, TypeVar

from waitress.task import ThreadedTaskDispatcher

Read = TypeVar("Read")
PATIENCE_SECONDS = 0.02
"""So long a request is waited for; then it counts as slow, and another thread takes on what is next."""


class Relay(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress states no types
    """Has the thread that leads answer what was asked, and hear what more is; another leads where it is kept.

    `hear` waits a moment for what clients send, and adds a task for each request; only who leads calls it.
    """

    def __init__(self, hear: Callable[[], None], patience_seconds: float = PATIENCE_SECONDS) -> None:
        super().__init__()
        self._hear, self._patience_seconds = hear, patience_seconds
        self._leader: int | None = None
        self._busy_since, self._num_watching = inf, 0

    def run(self, num_threads: int, ready: Callable[[], None]) -> None:
        """Answer by so many threads, until this one, which only waits, is interrupted or told to end.

        `ready` hears when they are there; who is told to end by then ends as well.
        """
        self.set_thread_count(num_threads)
        try:
            ready()
            Event().wait()
        except (SystemExit, KeyboardInterrupt):
            self.shutdown()

    def add_task(self, task: Any) -> None:
        """Have a request answered, once what was asked before is."""
        self.queue.append(task)

    def handler_thread(self, thread_no: int) -> None:
        """Answer requests, and hear of more where none is left, until told to stop."""
        while (do := self._next(thread_no)) is not None:
            try:
                do()
            except BaseException:
                self.logger.exception("Exception in %r", do)

    def _next(self, thread_no: int) -> Callable[[], None] | None:
        """Wait for the lead, and return what is to be done then; None where it is time to stop."""
        with self.lock:
            while not (self.stop_count or self._is_free(thread_no)):
                self._wait()
            if self.stop_count:
                self._stop(thread_no)
                return None
            self._leader = thread_no
            if not self.queue:
                self._busy_since = inf
                return self._hear
            self._busy_since = monotonic()
            if not self._num_watching:
                self.queue_cv.notify()
            do: Callable[[], None] = self.queue.popleft().service
            return do

    def _is_free(self, thread_no: int) -> bool:
        """Tell whether a thread may lead: nobody else does, or has been over one request for too long."""
        return self._leader in (None, thread_no) or monotonic() - self._busy_since >= self._patience_seconds

    def _wait(self) -> None:
        """Sleep while who leads hears; else look again when its time is up."""
        self.active_count -= 1
        if self._busy_since == inf:
            self.queue_cv.wait()
        else:
            self._num_watching += 1
            self.queue_cv.wait(self._patience_seconds)
            self._num_watching -= 1
        self.active_count += 1

    def _stop(self, thread_no: int) -> None:
        self.active_count -= 1
        self.stop_count -= 1
        self.threads.discard(thread_no)
        self.thread_exit_cv.notify()


def once(read: Callable[[], Read]) -> Callable[[], Read]:
    """Have something read by the first who wants it; threads that want it meanwhile wait for that."""
    one, known = Lock(), cache(read)

    def told() -> Read:
        with one:
            return known()

    return told
