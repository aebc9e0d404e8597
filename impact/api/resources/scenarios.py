"""Scenarios: begun from a programme, asked otherwise, branched, and solved by a job."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from flask import Response, url_for
from pydantic import BaseModel, Field, TypeAdapter

from impact.api.contract.delivery import deliver, made, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.operation import Asked as Request
from impact.api.contract.paging import After, Listed
from impact.api.resources.engine.inquiries import Solving
from impact.api.resources.jobs import JobView, accepted
from impact.api.resources.programmes import Day, day
from impact.api.service import Service
from impact.matching.rules import RULES, Rule
from impact.matching.rules.lock import Lock as LockRule
from impact.store.decisions.scenario import Asked, Lock, Scenario
from impact.store.paging import Part

ONE = "/scenarios/{scenario_id}"
UNKNOWN = {404: "unknown"}
Period = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month, as in 2026-10."""
Said = Annotated[Plain, Field(max_length=2000)]
_LOCK = TypeAdapter(LockRule)


class ScenarioBegun(BaseModel):
    """The day for whose month a scenario is begun; today when left out."""

    model_config = BODY

    on: Day | None = None


class LockLine(BaseModel):
    """A lock, why it is there, and its last period; null: it holds for good."""

    model_config = BODY

    rule: LockRule
    reason: Annotated[str, Field(pattern=r"^[^\x00]*[^\x00\s][^\x00]*$", max_length=2000)]
    until: Period | None = None


class ScenarioAsked(BaseModel):
    """What is put to the inputs: rules, locks and the period; `seed` and rules stay when left out.

    `note` says why it is asked.
    """

    model_config = BODY

    period: Period
    locks: Annotated[tuple[LockLine, ...], Field(max_length=1000)] = ()
    rules: Annotated[tuple[Rule, ...], Field(max_length=1000)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    note: Said = ""


class KeptLock(BaseModel):
    """A lock as it is kept; `price` are the points the plan lost by it then, null where nobody asked."""

    model_config = FORBID

    rule: dict[str, object]
    reason: str
    until: str | None
    price: float | None


class NoteLine(BaseModel):
    """What was said about a scenario, by whom (an id), and when."""

    model_config = FORBID

    text: str
    who: str
    at: str


class ScenarioView(BaseModel):
    """A scenario. `catalog` is the hash of the inputs it froze; `parent` the one it was branched from;
    `published` the plan that was published then. What is asked may change until `frozen_at`.
    """

    model_config = FORBID

    scenario_id: str
    programme_id: str
    programme_version: int
    period: str
    rules: list[dict[str, object]]
    locks: list[KeptLock]
    seed: int
    notes: list[NoteLine]
    catalog: str
    parent: str | None
    published: str | None
    version: int
    made_at: str
    made_by: str
    frozen_at: str | None


class ScenarioList(Listed[ScenarioView]):
    """Scenarios, the newest first; `next` is the cursor of the page after, null on the last."""


class OfProgramme(After):
    """Of which programme; of all when left out."""

    programme_id: Annotated[Plain, Field(min_length=1, max_length=200)] | None = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep scenarios, and have them solved."""
    yield from _reading(service)
    yield from _asking(service)


def _reading(service: Service) -> Iterator[AnyOperation]:
    def listed(asked: Request[OfProgramme, NoBody]) -> Response:
        query = asked.query
        found = service.office.scenarios(Part(query.limit, query.cursor or None), query.programme_id)
        return deliver(ScenarioList(items=list(map(_shown, found.items)), next=found.next), asked.media)

    def one(asked: Request[NoQuery, NoBody]) -> Response:
        found = service.office.scenario(asked.path["scenario_id"])
        return deliver(_shown(found), asked.media, str(found.version))

    first = {"scenario_id": "$response.body#/items/0/scenario_id"}
    gives = {JSON: ScenarioList}
    yield Operation("scenarios", "/scenarios", listed, OfProgramme, gives, leads_to={"scenario": first})
    yield Operation("scenario", ONE, one, NoQuery, {JSON: ScenarioView}, refuses=UNKNOWN)


def _asking(service: Service) -> Iterator[AnyOperation]:
    office = service.office

    def begin(asked: Request[NoQuery, ScenarioBegun]) -> Response:
        return _made(office.begin(asked.path["programme_id"], day(asked.body.on), asked.who))

    def branch(asked: Request[NoQuery, ScenarioAsked]) -> Response:
        parent = office.scenario(asked.path["scenario_id"])
        wanted, note = _read(asked.body, parent), asked.body.note
        return _made(office.branch(parent.scenario_id, wanted, asked.who, note=note))

    def change(asked: Request[NoQuery, ScenarioAsked]) -> Response:
        before = office.scenario(asked.path["scenario_id"])
        seen, note = expected(asked.held), asked.body.note
        wanted = _read(asked.body, before)
        after = office.change(before.scenario_id, wanted, asked.who, expected=seen, note=note)
        return stated(_shown(after), version=str(after.version))

    def run(asked: Request[Solving, NoBody]) -> Response:
        frozen = office.freeze(asked.path["scenario_id"], asked.who)
        how = asked.query.model_dump(exclude_none=True)
        job_id = service.queue.put("run_scenario", how, asked.who, scenario=frozen.scenario_id)
        job = service.queue.get(job_id)
        assert job is not None
        return accepted(job, asked.lang)

    begins, asks, gives = {JSON: ScenarioBegun}, {JSON: ScenarioAsked}, {JSON: ScenarioView}
    new = {"scenario_id": "$response.body#/scenario_id"}
    leads_to = {"scenario": new, "run_scenario": new}
    told = "/programmes/{programme_id}/scenarios"
    yield Operation(
        "begin_scenario", told, begin, NoQuery, gives, "POST", begins, 201, refuses=UNKNOWN, leads_to=leads_to
    )
    yield Operation(
        "branch_scenario",
        f"{ONE}/branch",
        branch,
        NoQuery,
        gives,
        "POST",
        asks,
        201,
        refuses=UNKNOWN,
        leads_to=leads_to,
    )
    changes = UNKNOWN | {409: "conflict"}
    yield Operation(
        "change_scenario", ONE, change, NoQuery, gives, "PUT", asks, is_edit=True, refuses=changes
    )
    yield Operation(
        "run_scenario", f"{ONE}/run", run, Solving, {JSON: JobView}, "POST", status=202, refuses=UNKNOWN
    )


def _made(kept: Scenario) -> Response:
    return made(_shown(kept), url_for("api.scenario", scenario_id=kept.scenario_id), str(kept.version))


def _read(body: ScenarioAsked, before: Scenario) -> Asked:
    """Put what is sent in the place of what was asked before."""
    programme = before.asked.programme
    if body.rules is not None:
        programme = replace(programme, rules=tuple(RULES.dump_python(body.rules, mode="json")))
    if body.seed is not None:
        programme = replace(programme, seed=body.seed)
    return Asked(programme, body.period, tuple(map(_lock, body.locks)))


def _lock(line: LockLine) -> Lock:
    return Lock(_LOCK.dump_python(line.rule, mode="json"), line.reason, line.until)


def _shown(kept: Scenario) -> ScenarioView:
    asked = kept.asked
    return ScenarioView(
        scenario_id=kept.scenario_id,
        programme_id=kept.programme_id,
        programme_version=kept.programme_version,
        catalog=kept.catalog,
        parent=kept.parent,
        published=kept.published,
        version=kept.version,
        made_at=kept.made_at,
        made_by=kept.made_by,
        frozen_at=kept.frozen_at,
        period=asked.period,
        rules=list(map(dict, asked.programme.rules)),
        locks=[KeptLock.model_validate(vars(each) | {"rule": dict(each.rule)}) for each in asked.locks],
        seed=asked.programme.seed,
        notes=[NoteLine.model_validate(vars(each)) for each in kept.notes],
    )
