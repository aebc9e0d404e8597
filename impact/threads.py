"""The threads that answer requests: one answers all as long as none takes long; then the next goes on.

An interpreter runs one thread at a time. Where several answer at once, each call of SQLite or a socket hands
it from one to another, across cores, which costs more than what a small read itself does.
"""

from collections.abc import Callable
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from waitress.task import ThreadedTaskDispatcher

Read = TypeVar("Read")
PATIENCE_SECONDS = 0.02
"""So long a request is waited for; then it counts as slow, and another thread takes on what is next."""


class Relay(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress states no types
    """Hands requests to the thread that leads, and the lead to another one where it is kept too long."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        super().__init__()
        self._patience_seconds = patience_seconds
        self._leader: int | None = None
        self._led_since, self._num_watching = 0.0, 0

    def add_task(self, task: Any) -> None:
        """Have a request answered."""
        with self.lock:
            self.queue.append(task)
            if self._leader is None:
                self.queue_cv.notify()

    def handler_thread(self, thread_no: int) -> None:
        """Answer requests until told to stop."""
        while (task := self._next(thread_no)) is not None:
            try:
                task.service()
            except BaseException:
                self.logger.exception("Exception when servicing %r", task)

    def _next(self, thread_no: int) -> Any:
        """Wait for a request and lead; None where it is time to stop."""
        with self.lock:
            if self._leader == thread_no:
                self._leader = None
            while not (self.stop_count or (self.queue and self._is_free())):
                self._wait()
            if self.stop_count:
                self._stop(thread_no)
                return None
            self._leader, self._led_since = thread_no, monotonic()
            if not self._num_watching:
                self.queue_cv.notify()
            return self.queue.popleft()

    def _is_free(self) -> bool:
        return self._leader is None or monotonic() - self._led_since >= self._patience_seconds

    def _wait(self) -> None:
        """Sleep while nobody leads; else look again when the leader's time is up."""
        self.active_count -= 1
        if self._leader is None:
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
