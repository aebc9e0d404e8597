"""The service as one tree of processes: the web, and beside it a worker that begins again where it ends."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Event, Thread, current_thread, main_thread
from time import monotonic

from structlog import get_logger

from impact.config import Settings
from impact.logs import log_to_stderr
from impact.store.database import open_database

WORKER = (sys.executable, "-m", "impact.commands.working", "--tied")
ENDING_SECONDS = 4.0
"""How long a worker is waited for once it is told to end."""
WELL_SECONDS, MOST_SECONDS = 10.0, 30.0
"""A worker that lasted so long is begun again at once; others after ever longer, up to so long."""
log = get_logger(__name__)


@dataclass(frozen=True)
class Address:
    """Where the web is served; port 0 takes any that is free."""

    host: str
    port: int


def serve_tree(settings: Settings, address: Address, ready: Callable[[str], None], *, working: bool) -> None:
    """Serve the database of `settings` until interrupted or told to end, with a worker where `working`.

    Raises
    ------
    OSError
        If the address is taken.
    """
    log_to_stderr()
    database = open_database(settings.database_url)
    with _ends_by_signal(), tended_worker() if working else nullcontext():
        from impact.app import create_app, serve  # noqa: PLC0415  # the worker begins while the web is loaded

        serve(create_app(database, settings), address.host, address.port, ready)


@contextmanager
def tended_worker() -> Iterator[None]:
    """Keep a worker beside this process: it is begun again where it ends, and ends with the block.

    It holds one end of a pipe and this process the other, so that it ends with it however that ends.
    """
    tended = _Tended()
    tending = Thread(target=tended.tend, daemon=True)
    tending.start()
    try:
        yield
    finally:
        tended.end()
        tending.join(ENDING_SECONDS + 1)


class _Tended:
    """A worker, and the next where one ended."""

    def __init__(self) -> None:
        self._over = Event()
        self._pause_seconds = 0.0

    def tend(self) -> None:
        while not self._over.wait(self._pause_seconds):
            began = monotonic()
            worker = subprocess.Popen(WORKER, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603  our own command
            while worker.poll() is None and not self._over.wait(0.2):
                pass
            if worker.poll() is None:
                self._end(worker)
                return
            worker.communicate()
            self._pause(monotonic() - began)
            log.warning("worker_gone", status=worker.returncode, again_in=self._pause_seconds)

    def end(self) -> None:
        self._over.set()

    def _pause(self, lasted_seconds: float) -> None:
        longer = min(max(2 * self._pause_seconds, 0.5), MOST_SECONDS)
        self._pause_seconds = 0.0 if lasted_seconds >= WELL_SECONDS else longer

    @staticmethod
    def _end(worker: "subprocess.Popen[bytes]") -> None:
        assert worker.stdin is not None
        worker.stdin.close()
        try:
            worker.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


@contextmanager
def _ends_by_signal() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, where this is the thread that hears signals."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
