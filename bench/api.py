"""Load on the served API: 16 clients at once read small things, and one takes a large allocation.

Small things are read as fast as the service answers, which keeps a core of it busy, and then by each client
ten times a second; what is read first is read once before. Then each client reads another page each time, and
the same page while somebody writes.

``python -m bench.api`` serves a database of its own in a process of its own, and prints a table. CPU seconds
are of the serving process: what else the machine does shows in the times alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep
from uuid import uuid4

import numpy as np

from bench.clients import request, seconds_taken
from bench.table import table
from impact.access import SYSTEM, Role, Scope
from impact.arrays import floats
from impact.commands.demo import solve_sample
from impact.matching.solve import Limits
from impact.store.catalogs import TABLES
from impact.store.database import open_database, reading
from impact.store.people.tokens import Grant, add_token
from impact.store.people.users import Post, add_user
from impact.store.queue.workers import Worker, enrol
from impact.store.solved.plans import PlanShelf
from impact.timing import Stopwatch

CLIENTS, EACH, EACH_PACED = 16, 100, 50
PAUSE_SECONDS = 0.1
SMALL = ("/health", "/plans?limit=1", "/producers?limit=20", "/regions/530923", "/jobs?limit=5")
ROWS = 100_000
CSV = {"Accept": "text/csv"}
Taken = Sequence[float]
Headers = dict[str, str]
Served = tuple[int, int]
"""The port of the service, and the process."""


def rows() -> Iterator[dict[str, object]]:
    """Measure: what is read, how long it took, and what it cost the serving process."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'impact.sqlite3'}"
        plan, token = _filled(url)
        known = {"Authorization": f"Bearer {token}"}
        with _served(url) as served:
            for address in SMALL:
                yield _small(served, address, [address] * CLIENTS * EACH, known)
            yield _small(served, "/producers?limit=20, other pages each time", _pages(url), known)
            with _writing(url):
                address = "/producers?limit=20"
                told = [address] * CLIENTS * EACH
                yield _small(served, f"{address} while somebody writes", told, known)
            yield _row(f"allocation of {ROWS:,} rows, CSV, by one", *_streamed(*served, plan, known | CSV))


def _small(served: Served, told: str, addresses: Sequence[str], known: Headers) -> dict[str, object]:
    """Read small things as fast as they are answered, and then ten times a second."""
    (port, pid), asked = served, [request(f"/api/v1{each}", known) for each in addresses]
    _get(HTTPConnection("127.0.0.1", port), addresses[0], known)
    before = _cpu_seconds(pid)
    fast = _row(told, seconds_taken(port, asked, CLIENTS), _cpu_seconds(pid) - before)
    paced = seconds_taken(port, asked[: CLIENTS * EACH_PACED], CLIENTS, PAUSE_SECONDS)
    return {**fast, "p99 ms, 10 a second each": f"{np.quantile(paced, 0.99) * 1e3:.1f}"}


def _pages(url: str) -> list[str]:
    """Name as many pages of producers as there are reads, no two of them alike."""
    with reading(open_database(url)) as connection:
        producers = TABLES["producers"].some(connection, {}, "", ("", CLIENTS * EACH))
    return [f"/producers?limit=20&cursor={each.producer_id}" for each in producers]


@contextmanager
def _writing(url: str) -> Iterator[None]:
    """Commit ten times a second as long as the block lasts."""
    kept, over = open_database(url), Event()

    def write() -> None:
        while not over.wait(PAUSE_SECONDS):
            with kept.begin() as connection:
                enrol(connection, Worker(uuid4().hex, "bench", 0))

    writer = Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


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
    solved = solve_sample(engine, Limits(), Stopwatch())
    shelf.keep(solved)
    links = solved.problem.num_links
    given = floats(np.where(np.arange(links) < ROWS, 1.25, 0.0))
    large = replace(solved, plan_id="large", plan=replace(solved.plan, exposure=given))
    shelf.keep(large)
    reader = add_user(engine, "reader", Post(Role.VIEWER), who=SYSTEM)
    grant = Grant("bench", frozenset({Scope.READ}))
    return large.plan_id, add_token(engine, reader.user_id, grant, who=SYSTEM)


@contextmanager
def _served(url: str) -> Iterator[Served]:
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
