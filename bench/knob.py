"""How long it takes from moving one number of a scenario to the page of its plan."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, process_time

from flask.testing import FlaskClient
from sqlalchemy import Engine

from impact.access import SYSTEM, Role
from impact.catalog.sample.load import load_sample
from impact.config import DATA, ROOT
from impact.jobs.doing import do
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.jobs.workshop import Workshop
from impact.pipeline import with_belts
from impact.programmes.reading import read_programme
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs, Scenario
from impact.store.decisions.scenarios import Origin
from impact.store.leases import Lease, claim

sys.path.append(str(ROOT / "tests"))
from services import database, send, service, signed_in

PROGRAMME = DATA / "demo" / "programme.json"
KNOB, START = "priority-counties", 28.0
STEPS = (0.2, 0.4, 0.6, 0.8, 1.0)
READY_SECONDS = 8.0
"""So long children may take to be ready before anything is measured."""


def rows() -> list[dict[str, object]]:
    """Measure the job alone, from nothing and from a plan on; then what a browser waits for."""
    kept = database()
    first = _scenario(kept)
    cold = [_done(kept, _moved(kept, first, step)) for step in STEPS[:3]]
    _done(kept, first)
    warm = [_done(kept, _moved(kept, first, step + 0.05)) for step in STEPS]
    waited = _waited(kept, first)
    seconds, ours = median(all_of for all_of, _ in waited), median(cpu for _, cpu in waited)
    return [
        _row("the job, from nothing", None, median(cold)),
        _row("the job, from the plan of its parent on", None, median(warm)),
        _row("form, worker and page, while a process does the job", seconds, ours),
    ]


def _row(what: str, seconds: float | None, cpu_seconds: float) -> dict[str, object]:
    return {
        "what": what,
        "seconds": None if seconds is None else round(seconds, 2),
        "CPU seconds": round(cpu_seconds, 2),
    }


def _scenario(kept: Engine) -> Scenario:
    catalog, programme = with_belts(load_sample(DATA)), read_programme(PROGRAMME)
    asked = Asked(programme, "2026-10")
    return scenarios.create(kept, Origin(programme.programme_id, 1), asked, Inputs(catalog), SYSTEM)


def _moved(kept: Engine, first: Scenario, step: float) -> Scenario:
    """Branch a scenario whose floor is `step` points higher."""
    programme = first.asked.programme
    rules = tuple(
        {**rule, "share": (START + step) / 100} if rule["id"] == KNOB else rule for rule in programme.rules
    )
    asked = replace(first.asked, programme=replace(programme, rules=rules))
    return scenarios.branch(kept, first.scenario_id, asked, SYSTEM)


def _done(kept: Engine, scenario: Scenario) -> float:
    """Do the job of a scenario here; return its CPU seconds."""
    Queue(kept).put("run_scenario", {}, SYSTEM, scenario=scenario.scenario_id)
    with kept.begin() as connection:
        job = claim(connection, "bench", KINDS)
    assert job is not None
    before = process_time()
    do(kept, Lease(job.job_id, job.attempt), lambda: None, lambda _: None)
    return process_time() - before


def _waited(kept: Engine, first: Scenario) -> list[tuple[float, float]]:
    app = service(kept=kept)
    client = signed_in(app, Role.COORDINATOR)
    with _worker(kept):
        Event().wait(READY_SECONDS)
        return [_pressed(client, f"/zh/scenarios/{first.scenario_id}", START + 0.1 + step) for step in STEPS]


def _pressed(client: FlaskClient, page: str, per_cent: float) -> tuple[float, float]:
    """Move the number on a page and run it; follow it to its plan, and say how long that took."""
    client.get(page)
    before, cpu_before = perf_counter(), process_time()
    answer = send(client, page, do="run", **{f"{KNOB}.share": str(per_cent)})
    while "/plans/" not in (answer.location or ""):
        answer = client.get(answer.location or answer.request.path + "?follow=1")
    assert client.get(answer.location).status_code == 200
    return perf_counter() - before, process_time() - cpu_before


@contextmanager
def _worker(kept: Engine) -> Iterator[None]:
    over = Event()
    working = Thread(target=Workshop(kept).work, args=(over.is_set,))
    working.start()
    try:
        yield
    finally:
        over.set()
        working.join(20)


if __name__ == "__main__":
    print(Path(__file__).name, *rows(), sep="\n")
