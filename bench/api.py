"""Load on the served API: 16 clients at once read small things, and one takes a large allocation.

Small things are read as fast as the service answers, which keeps a core of it busy, and then by each client
ten times a second.

``python -m bench.api`` serves a database of its own in a process of its own, and prints a table. CPU seconds
are of the serving process: what else the machine does shows in the times alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from random import random
from socket import create_server
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import numpy as np

from bench.table import table
from impact.access import SYSTEM, Role, Scope
from impact.arrays import floats
from impact.commands.demo import solve_sample
from impact.matching.solve import Limits
from impact.store.database import open_database
from impact.store.people.tokens import Grant, add_token
from impact.store.people.users import Post, add_user
from impact.store.plans import PlanShelf
from impact.timing import Stopwatch

CLIENTS, EACH = 16, 100
PAUSE_SECONDS = 0.1
SMALL = ("/health", "/plans?limit=1", "/producers?limit=20", "/regions/530923", "/jobs?limit=5")
ROWS = 100_000
CSV = {"Accept": "text/csv"}
Taken = list[float]
Headers = dict[str, str]


def rows() -> Iterator[dict[str, object]]:
    """Measure: what is read, how long it took, and what it cost the serving process."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'impact.sqlite3'}"
        plan, token = _filled(url)
        known = {"Authorization": f"Bearer {token}"}
        with _served(url) as (port, pid):
            for address in SMALL:
                fast = _row(address, *_loaded(port, pid, address, known))
                paced, _ = _loaded(port, pid, address, known, PAUSE_SECONDS)
                yield {**fast, "p99 ms, 10 a second each": f"{np.quantile(paced, 0.99) * 1e3:.1f}"}
            told = _streamed(port, pid, plan, known | CSV)
            yield _row(f"allocation of {ROWS:,} rows, CSV, by one", *told)


def _row(read: str, taken: Taken, cpu_seconds: float) -> dict[str, object]:
    return {
        "read": read,
        "median ms": f"{np.median(taken) * 1e3:.1f}",
        "p99 ms": f"{np.quantile(taken, 0.99) * 1e3:.1f}",
        "CPU ms each": f"{cpu_seconds / len(taken) * 1e3:.2f}",
        "p99 ms, 10 a second each": None,
    }


def _filled(url: str) -> tuple[str, str]:
    """Keep the sample's plan, with something given on 100,000 links; return its name and a token."""
    engine = open_database(url)
    shelf = PlanShelf(engine)
    solved = solve_sample(shelf, Limits(), Stopwatch())
    links = solved.problem.num_links
    given = floats(np.where(np.arange(links) < ROWS, 1.25, 0.0))
    large = replace(solved, plan_id="large", plan=replace(solved.plan, exposure=given))
    shelf.keep(large)
    reader = add_user(engine, "reader", Post(Role.VIEWER), who=SYSTEM)
    grant = Grant("bench", frozenset({Scope.READ}))
    return large.plan_id, add_token(engine, reader.user_id, grant, who=SYSTEM)


@contextmanager
def _served(url: str) -> Iterator[tuple[int, int]]:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "impact", "serve", "--no-worker", "--port", str(port))
    known = os.environ | {"IMPACT_DATABASE_URL": url, "IMPACT_REQUESTS_A_MINUTE": "1000000"}
    served = subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, served.pid
    finally:
        served.terminate()
        served.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            _get(HTTPConnection("127.0.0.1", port), "/health")
        except OSError:
            sleep(0.1)
        else:
            return
    raise TimeoutError("The service did not come up.")


def _loaded(port: int, pid: int, address: str, known: Headers, pause: float = 0.0) -> tuple[Taken, float]:
    before = _cpu_seconds(pid)
    with ThreadPoolExecutor(CLIENTS) as pool:
        each = pool.map(lambda _: _reading(port, address, known, pause), range(CLIENTS))
        taken = [seconds for some in each for seconds in some]
    return taken, _cpu_seconds(pid) - before


def _reading(port: int, address: str, known: Headers, pause: float) -> list[float]:
    connection = HTTPConnection("127.0.0.1", port)
    taken = []
    sleep(pause * random())
    for _ in range(EACH):
        began = perf_counter()
        _get(connection, address, known)
        taken.append(perf_counter() - began)
        sleep(max(pause - taken[-1], 0.0))
    return taken


def _streamed(port: int, pid: int, plan: str, headers: Headers) -> tuple[Taken, float]:
    address, connection = f"/plans/{plan}/allocation", HTTPConnection("127.0.0.1", port)
    _get(connection, address, headers)  # the plan is read once
    before, taken = _cpu_seconds(pid), []
    for _ in range(5):
        began = perf_counter()
        body = _get(connection, address, headers)
        taken.append(perf_counter() - began)
    assert body.count(b"\n") == ROWS + 1
    return taken, _cpu_seconds(pid) - before


def _get(connection: HTTPConnection, address: str, headers: Headers | None = None) -> bytes:
    connection.request("GET", f"/api/v1{address}", headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (address, answer.status, body)
    return body


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(table(list(rows())))
