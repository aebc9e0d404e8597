"""How long it takes from moving a number of a scenario until what comes of it stands beside it.

At once, and after a while in which what may be asked next is answered (`impact.jobs.kinds.ahead`).
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, process_time

from flask.testing import FlaskClient
from sqlalchemy import Engine

from impact.access import SYSTEM, Role
from impact.catalog.sample.load import load_sample
from impact.config import DATA, ROOT
from impact.i18n.sentences import SHARES
from impact.jobs.doing import do
from impact.jobs.kind import KINDS
from impact.jobs.kinds.ahead import forget, look_ahead
from impact.jobs.kinds.of_scenario import plan_of
from impact.jobs.queue import put_within
from impact.jobs.workshop import Workshop
from impact.model import Programme
from impact.pipeline import with_belts
from impact.programmes.reading import read_programme
from impact.store.decisions import scenarios
from impact.store.decisions.scenario import Asked, Inputs, Scenario
from impact.store.decisions.scenarios import Origin
from impact.store.queue.jobs import Wanted
from impact.store.queue.leases import Lease, claim
from impact.timing import never
from impact.web.scenarios.filled import numbers_of

sys.path.append(str(ROOT / "tests"))
from services import VOUCHER, database, service, signed_in

PROGRAMME = DATA / "demo" / "programme.json"
STEPS = (0.01, 0.05, 0.1)
"""How far a number is moved, up and down, of itself."""
APART = 1.01
"""What a browser asks for is so much further off: another plan than the one measured alone."""
READY_SECONDS = 45.0
"""So long a coordinator looks at the first plan before the first number is moved."""
LONGEST_SECONDS = 20.0
Rule = Mapping[str, object]


@dataclass(frozen=True)
class Number:
    """A number that can be turned on the page: which of which rule, and how its field calls it there."""

    rule: Rule
    name: str

    @property
    def field(self) -> str:
        return f"{self.rule['id']}.{self.name}"

    @property
    def value(self) -> float:
        return dict(numbers_of(self.rule))[self.name]

    def figure(self, factor: float) -> str:
        """Say the number multiplied by `factor` as it is typed: shares in per cent."""
        is_share = not {*self.name.split(".")}.isdisjoint(SHARES)
        return f"{self.value * factor * (100.0 if is_share else 1.0):.6g}"


def rows() -> list[dict[str, object]]:
    """Move every number of the sample's programme down and up; tell of the two what takes longer."""
    kept = database()
    first = _scenario(kept, read_programme(PROGRAMME))
    _done(kept, first)
    rules = first.asked.programme.rules
    numbers = [Number(rule, name) for rule in rules for name, _ in numbers_of(rule)]
    moves = [(number, step) for number in numbers for step in STEPS]
    client = signed_in(service(kept=kept), Role.COORDINATOR)
    with _worker(kept):
        Event().wait(READY_SECONDS)
        begun = _followed(client, first, numbers[0].field, numbers[0].figure(1.1))
        waited = [_pressed(client, first, number, step * APART) for number, step in moves]
    thinking = _thinking(kept, first)
    ahead = [_turned_job(kept, first, number, step) for number, step in moves]
    forget()
    told = [
        {
            "number": f"{numbers[0].field}, first of all",
            "moved by": "10%",
            "seconds": round(begun, 2),
        },
        {"number": "all, thought of ahead", "CPU seconds of the job": thinking},
    ]
    for (number, step), seconds, (later, _) in zip(moves, waited, ahead, strict=True):
        at_once, status = _turned_job(kept, first, number, step)
        nothing, _ = _done(kept, _scenario(kept, _turned(first.asked.programme, number, 1 + step)))
        told.append(
            {
                "number": number.field,
                "moved by": f"±{step:.0%}",
                "seconds": seconds,
                "CPU seconds of the job": round(at_once, 2),
                "thought of ahead": round(later, 2),
                "from nothing": round(nothing, 2),
                "ratio": round(at_once / nothing, 2),
                "ended": status,
            }
        )
    return told


def _thinking(kept: Engine, first: Scenario) -> float:
    """Answer what may be asked next of the first plan; return the CPU seconds that takes."""
    solved = plan_of(kept, first.scenario_id)
    assert solved is not None
    before = process_time()
    look_ahead(solved, never, far=True)
    return round(process_time() - before, 1)


def _turned_job(kept: Engine, first: Scenario, number: Number, step: float) -> tuple[float, str]:
    """Do jobs of scenarios whose parent has a plan; tell of the number down and up what takes longer."""
    asked = (
        replace(first.asked, programme=_turned(first.asked.programme, number, factor))
        for factor in _factors(step)
    )
    return max(_done(kept, scenarios.branch(kept, first.scenario_id, each, SYSTEM)) for each in asked)


def _factors(step: float) -> tuple[float, float]:
    return 1 - step, 1 + step


def _scenario(kept: Engine, programme: Programme) -> Scenario:
    catalog = with_belts(load_sample(DATA))
    asked = Asked(programme, "2026-10")
    return scenarios.create(kept, Origin(programme.programme_id, 1), asked, Inputs(catalog), SYSTEM)


def _turned(programme: Programme, number: Number, factor: float) -> Programme:
    """Multiply a number of the programme by `factor`."""
    name, _, part = number.name.partition(".")
    moved: object = number.value * factor
    if part:
        each = number.rule[name]
        assert isinstance(each, Mapping)
        moved = {**each, part: moved}
    rules = [{**rule, name: moved} if rule == number.rule else rule for rule in programme.rules]
    return replace(programme, rules=tuple(rules))


def _done(kept: Engine, scenario: Scenario) -> tuple[float, str]:
    """Do the job of a scenario here; return its CPU seconds, and how it ended."""
    with kept.begin() as connection:
        put_within(
            connection,
            Wanted("run_scenario", {"seconds": LONGEST_SECONDS}, scenario=scenario.scenario_id),
            SYSTEM,
        )
        job = claim(connection, "bench", KINDS)
    assert job is not None
    before = process_time()
    status = do(kept, Lease(job.job_id, job.attempt), lambda: None, lambda _: None)
    return process_time() - before, status


def _pressed(client: FlaskClient, first: Scenario, number: Number, step: float) -> float:
    """Move the number on the page and run it, down and up; return the longest until a plan was there."""
    figures = [number.figure(factor) for factor in _factors(step)]
    return round(max(_followed(client, first, number.field, figure) for figure in figures), 2)


def _followed(client: FlaskClient, first: Scenario, field: str, figure: str) -> float:
    page = f"/zh/scenarios/{first.scenario_id}"
    voucher = VOUCHER.search(client.get(page).text)
    assert voucher
    form = {"do": "run", field: figure, "csrf_token": voucher[1]}
    before = perf_counter()
    answer = client.post(page, data=form)
    while "/scenarios/" not in (answer.location or ""):
        answer = client.get(answer.location or answer.request.path + "?follow=1")
    assert client.get(answer.location).status_code == 200
    return perf_counter() - before


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
