"""Helper: another process that judges rows on another processor; `child` is what it does."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket, socketpair
from subprocess import DEVNULL, Popen

from structlog import get_logger

from impact.catalog.headers import Suggested
from impact.intake.sharing import Batch, Found, Lost
from impact.intake.wire import found_in, receive, rows_of, send, unfold

CHILD = "impact.intake.child"
log = get_logger(__name__)
MOST_GIVEN = 6
"""So many batches lie with it: it has the next at hand while what came of others is written."""


@dataclass(frozen=True)
class Awaited:
    """What the other process will say of a batch."""

    body: "Future[bytes]"

    def is_there(self) -> bool:
        return self.body.done()

    def take(self) -> Found:
        try:
            return found_in(unfold(self.body.result()))
        except (EOFError, OSError):
            raise Lost from None


class OtherProcess:
    """A process that judges rows; one thread speaks to it, another hears it, so that neither waits long."""

    def __init__(self, line: socket, headers: Sequence[Suggested], folder: Path, briefly: bool) -> None:
        self._line = line
        self._speaking, self._hearing = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._last: list[Awaited] = []
        self._speaking.submit(send, line, (tuple(headers), folder, briefly))
        self._ready = self._hearing.submit(receive, line)

    def is_free(self) -> bool:
        """Tell whether it is there, and has little to do: what it is given before it is there has to wait."""
        if not self._ready.done() or self._ready.exception():
            return False
        self._last = [each for each in self._last if not each.is_there() or each.body.exception()]
        return len(self._last) < MOST_GIVEN

    def give(self, batch: Batch) -> Awaited:
        """Have rows judged."""
        self._speaking.submit(send, self._line, rows_of(batch))
        awaited = Awaited(self._hearing.submit(receive, self._line))
        self._last.append(awaited)
        return awaited

    def close(self) -> None:
        """Let it go; nothing more comes of what it was given."""
        self._line.close()
        for each in (self._speaking, self._hearing):
            each.shutdown(cancel_futures=True)


@contextmanager
def hired(headers: Sequence[Suggested], folder: Path, briefly: bool) -> Iterator[OtherProcess | None]:
    """Start a process that judges rows of a file with these headers, and end it; None where it cannot be.

    What rows are judged by it reads from `folder`; of what it finds it tells, `briefly`, what counting takes.
    It goes when this process goes, however that ends: its line is dead then. Where it went before, that is
    logged: what it was given is judged here then, which takes longer and comes to the same.
    """
    if _num_processors() < 2:
        yield None
        return
    ours, theirs = socketpair()
    with ours, theirs:
        try:
            process = _started(theirs)
        except OSError:  # no process, or no memory for one, is to be had
            yield None
            return
        theirs.close()
        helper = OtherProcess(ours, headers, folder, briefly)
        try:
            yield helper
        finally:
            if (status := process.poll()) is not None:
                log.warning("helper_lost", status=status)
            process.kill()
            process.wait()
            helper.close()


def _started(line: socket) -> "Popen[bytes]":
    command = [sys.executable, "-m", CHILD, str(line.fileno())]
    quiet = {"stdin": DEVNULL, "stdout": DEVNULL, "stderr": DEVNULL}
    return Popen(command, pass_fds=[line.fileno()], **quiet)  # type: ignore[call-overload, no-any-return]  # noqa: S603


def _num_processors() -> int:
    """Count the processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
