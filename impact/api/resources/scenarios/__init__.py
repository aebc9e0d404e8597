"""Scenarios: begun from a programme, asked otherwise, branched, and solved by a job.

`lines` is what is sent to and fro.
"""

from collections.abc import Iterator

from flask import Response, url_for

from impact.api.contract.delivery import deliver, made, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.resources.engine.inquiries import Solving
from impact.api.resources.jobs import JobView, accepted
from impact.api.resources.programmes.lines import day
from impact.api.resources.scenarios.lines import (
    OfProgramme,
    ScenarioAsked,
    ScenarioBegun,
    ScenarioList,
    ScenarioView,
    read,
    shown,
)
from impact.api.service import Service
from impact.store.decisions.scenario import Scenario
from impact.store.paging import Part

ONE = "/scenarios/{scenario_id}"
UNKNOWN = {404: "unknown"}


def operations(service: Service) -> Iterator[AnyOperation]:
    """Keep scenarios, and have them solved."""
    yield from _reading(service)
    yield from _asking(service)


def _reading(service: Service) -> Iterator[AnyOperation]:
    def listed(asked: Asked[OfProgramme, NoBody]) -> Response:
        query = asked.query
        found = service.office.scenarios(Part(query.limit, query.cursor or None), query.programme_id)
        return deliver(ScenarioList(items=list(map(shown, found.items)), next=found.next), asked.media)

    def one(asked: Asked[NoQuery, NoBody]) -> Response:
        found = service.office.scenario(asked.path["scenario_id"])
        return deliver(shown(found), asked.media, str(found.version))

    first = {"scenario_id": "$response.body#/items/0/scenario_id"}
    gives = {JSON: ScenarioList}
    yield Operation("scenarios", "/scenarios", listed, OfProgramme, gives, leads_to={"scenario": first})
    yield Operation("scenario", ONE, one, NoQuery, {JSON: ScenarioView}, refuses=UNKNOWN)


def _asking(service: Service) -> Iterator[AnyOperation]:
    office = service.office

    def begin(asked: Asked[NoQuery, ScenarioBegun]) -> Response:
        return _made(office.begin(asked.path["programme_id"], day(asked.body.on), asked.who))

    def branch(asked: Asked[NoQuery, ScenarioAsked]) -> Response:
        parent = office.scenario(asked.path["scenario_id"])
        wanted, note = read(asked.body, parent), asked.body.note
        return _made(office.branch(parent.scenario_id, wanted, asked.who, note=note))

    def change(asked: Asked[NoQuery, ScenarioAsked]) -> Response:
        before = office.scenario(asked.path["scenario_id"])
        seen, note = expected(asked.held), asked.body.note
        wanted = read(asked.body, before)
        after = office.change(before.scenario_id, wanted, asked.who, expected=seen, note=note)
        return stated(shown(after), version=str(after.version))

    def run(asked: Asked[Solving, NoBody]) -> Response:
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
    return made(shown(kept), url_for("api.scenario", scenario_id=kept.scenario_id), str(kept.version))
