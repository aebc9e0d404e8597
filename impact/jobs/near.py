"""The machine this process runs on, and which processes of it are there."""

import os
import socket
from pathlib import Path
from uuid import uuid4

from impact.store.queue.workers import Worker

DEAD = "ZX"


def myself() -> Worker:
    """Name this process as a worker."""
    return Worker(uuid4().hex, host(), os.getpid())


def host() -> str:
    """Name what process ids are unique in: this machine, or a part of it with processes of its own."""
    names = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()}/{names.readlink()}" if names.exists() else socket.gethostname()


def is_gone(worker: Worker, me: Worker) -> bool:
    """Tell whether a worker of this machine is surely there no more."""
    if worker.host != me.host or worker == me:
        return False
    return worker.pid == me.pid or not _lives(worker.pid)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text("utf-8").rpartition(")")[2].split()[0] not in DEAD
