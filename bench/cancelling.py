"""How long it takes until a job that somebody cancels has ended, and what is kept of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic

from sqlalchemy import Engine

from bench.catalogs import catalog_of
from bench.engine.instances import instance_of
from bench.partner_rows import write_csv
from bench.store import solved_plan
from impact.access import SYSTEM
from impact.bundles.document import ProblemDocument
from impact.bundles.read import Bundle
from impact.bundles.write import write_bundle
from impact.jobs.queue import Queue
from impact.jobs.workshop import Workshop
from impact.programmes.document import Names
from impact.programmes.templates import blank
from impact.store.database import open_database
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs
from impact.store.decisions.scenarios import Origin
from impact.store.partners import Partner, create
from impact.store.queue.jobs import Job
from impact.store.solved.plans import PlanShelf

NUM_ROWS, NUM_LINKS, NUM_PRODUCTS = 100_000, 100_000, 100_000
WAITED_SECONDS = 1.0
"""So long a job is let be from the stage on that is waited for."""
LOOK_SECONDS, LONGEST_SECONDS = 0.02, 600.0
Asking = Callable[[Queue], str]


def rows() -> Iterator[dict[str, object]]:
    """Cancel a job of each kind at each of its long stages, on SQLite, with one worker."""
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/bench.sqlite3")
        with _worker(engine):
            for each in _asked(engine, Path(folder)):
                yield _cancelled(Queue(engine), *each)


def _asked(engine: Engine, folder: Path) -> Iterator[tuple[str, str, Asking]]:
    bundle = _bundle(folder)
    for kind, stage in (("solve_bundle", "build"), ("solve_bundle", "solve"), ("diagnose_bundle", "")):
        yield kind, stage, lambda queue, kind=kind: queue.put(kind, {}, SYSTEM, files=bundle)
    moved = {"rule": "household"}
    yield "frontier_bundle", "", lambda queue: queue.put("frontier_bundle", moved, SYSTEM, files=bundle)
    create(engine, Partner("anji", "安吉", "Anji"), SYSTEM)
    write_csv(folder / "list.csv", NUM_ROWS)
    files = {"file": (folder / "list.csv").read_bytes()}
    for stage in ("read", "check"):
        yield (
            "import_file",
            stage,
            lambda queue: queue.put("import_file", {"file": "1.csv"}, SYSTEM, partner="anji", files=files),
        )
    for stage in ("load", "match", "solve", "check"):
        yield "solve_sample", stage, lambda queue: queue.put("solve_sample", {}, SYSTEM)
    scenario = _scenario(engine)
    for stage in ("match", "build", "solve"):
        yield "run_scenario", stage, lambda queue: queue.put("run_scenario", {}, SYSTEM, scenario=scenario)
    PlanShelf(engine).keep(solved_plan())
    for form in ("workbook", "run"):
        told = {"plan": "bench", "form": form}
        yield (
            f"export_plan ({form})",
            "write",
            lambda queue, told=told: queue.put("export_plan", told, SYSTEM),
        )


def _bundle(folder: Path) -> dict[str, bytes]:
    made = instance_of(NUM_LINKS)
    document = ProblemDocument(format="impact-problem/1", rules=made.rules, seed=0)
    write_bundle(Bundle(made.problem, document, "parquet"), folder / "bundle.zip")
    return {"bundle.zip": (folder / "bundle.zip").read_bytes()}


def _scenario(engine: Engine) -> str:
    programme = blank("bench", Names(zh="量", en="Bench"), date(2026, 10, 1)).programme
    asked, inputs = Asked(programme, "2026-10"), Inputs(catalog_of(NUM_PRODUCTS))
    return scenarios.create(engine, Origin("bench", 1), asked, inputs, SYSTEM).scenario_id


def _cancelled(queue: Queue, kind: str, stage: str, ask: Asking) -> dict[str, object]:
    """Cancel a job once it has been at a stage for a while, and wait for its end."""
    job_id = ask(queue)
    at = _until(
        queue, job_id, lambda job: job.status == "running" and job.stage == (stage or job.stage) != ""
    )
    Event().wait(WAITED_SECONDS)
    at = queue.get(job_id)
    assert at is not None
    began = monotonic()
    queue.cancel(job_id, SYSTEM)
    job = _until(queue, job_id, lambda job: False)
    return {
        "job": kind,
        "cancelled at": at.stage,
        "ended as": str(job.status),
        "seconds until it had": None if at.ended else round(monotonic() - began, 2),
        "kept": str(job.result.get("status") or "nothing"),
    }


def _until(queue: Queue, job_id: str, holds: Callable[[Job], bool]) -> Job:
    """Look at a job until something holds of it, or it has ended."""
    late = monotonic() + LONGEST_SECONDS
    while monotonic() < late:
        job = queue.get(job_id)
        assert job is not None
        if job.ended or holds(job):
            return job
        Event().wait(LOOK_SECONDS)
    raise TimeoutError(job_id)


@contextmanager
def _worker(engine: Engine) -> Iterator[None]:
    over = Event()
    working = Thread(target=Workshop(engine, places=1).work, args=(over.is_set,))
    working.start()
    try:
        yield
    finally:
        over.set()
        working.join(20)


if __name__ == "__main__":
    for row in rows():
        print(row, flush=True)
