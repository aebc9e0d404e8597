"""The service as processes that can be killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

WORKER = b"impact.commands.working"
PATIENCE_SECONDS = 300.0


class Tree:
    """``serve`` with its worker, begun again when asked."""

    def __init__(self, url: str, log: Path) -> None:
        self._environment = {**os.environ, "IMPACT_DATABASE_URL": url}
        self._log = log.open("ab")
        self.begin()

    def begin(self) -> None:
        """Begin the web, and with it a worker."""
        self._web = subprocess.Popen(
            [sys.executable, "-m", "impact", "serve", "--port", "0"],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
        )

    def kill(self, target: str) -> None:
        """Kill the worker, the web or both, as it stands; the web is begun again."""
        pids = below(self._web.pid, WORKER) if target != "web" else []
        pids += [self._web.pid] if target != "worker" else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if target != "worker":
            self._web.wait()
            self.begin()

    def end(self) -> float:
        """Tell the service to end; return the seconds it took."""
        began = monotonic()
        self._web.terminate()
        self._web.wait()
        return monotonic() - began

    def __enter__(self) -> "Tree":
        return self

    def __exit__(self, *_: object) -> None:
        self._web.kill()
        self._web.wait()
        self._log.close()


def below(pid: int, word: bytes) -> list[int]:
    """Return the processes below `pid` whose command holds `word`."""
    found, known = [], {pid}
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda entry: int(entry.name)):
        with suppress(OSError):
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) in known and state != "Z":
                known.add(int(entry.name))
                if word in (entry / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def soon(asked, seconds: float = PATIENCE_SECONDS):
    """Wait until what is asked has an answer, and return it."""
    late = monotonic() + seconds
    while not (answer := asked()):
        if monotonic() > late:
            raise TimeoutError(asked)
        sleep(0.1)
    return answer
