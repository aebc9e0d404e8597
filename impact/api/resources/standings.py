"""How plans stand: solved, proposed, approved by somebody else, published, withdrawn; step by step."""

from collections.abc import Callable, Iterator
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver, stated
from impact.api.contract.editing import expected
from impact.api.contract.operation import (
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    NoBody,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.refusals import Refused
from impact.api.service import Service
from impact.store.decisions.life import PlanLife
from impact.store.decisions.standing import Standing, Taken
from impact.store.decisions.steps import MOVES, State, Step

STEPS = tuple(step for step in MOVES if step is not Step.SUPERSEDE)


class Reason(BaseModel):
    """Why a step is taken; rejecting and withdrawing want one."""

    model_config = BODY

    reason: Annotated[Plain, Field(max_length=2000)] = ""


class TakenLine(BaseModel):
    """A step that was taken: the state it led to, by whom (an id) and why."""

    model_config = FORBID

    step: Step
    state: State
    who: str
    role: str
    at: str
    reason: str


class StandingView(BaseModel):
    """How a plan stands, of which scenario, programme and period (a month: 2026-10), and its steps."""

    model_config = FORBID

    plan_id: str
    scenario_id: str
    programme_id: str
    period: str
    state: State
    changed_at: str
    steps: list[TakenLine]


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show how plans stand, and take the steps of their lives."""

    def standing(asked: Asked[NoQuery, NoBody]) -> Response:
        found = service.life.get(asked.path["plan_id"])
        if found is None:
            raise Refused("plan_not_found", 404, plan=asked.path["plan_id"])
        return deliver(_shown(found, service.life.steps(found.plan_id)), asked.media, str(found.version))

    one, gives = "/plans/{plan_id}/standing", {JSON: StandingView}
    yield Operation("standing", one, standing, NoQuery, gives, refuses={404: "plan_not_found"})
    for step in STEPS:
        yield Operation(
            f"{step}_plan",
            f"/plans/{{plan_id}}/{step}",
            _taking(service.life, step),
            NoQuery,
            gives,
            method="POST",
            takes={JSON: Reason},
            is_edit=True,
        )


def _taking(life: PlanLife, step: Step) -> Callable[[Asked[NoQuery, Reason]], Response]:
    """Return who takes a step of the version that was seen."""

    def take(asked: Asked[NoQuery, Reason]) -> Response:
        plan_id = asked.path["plan_id"]
        after = life.take(plan_id, step, asked.who, asked.body.reason, expected(asked.held))
        return stated(_shown(after, life.steps(plan_id)), version=str(after.version))

    return take


def _shown(found: Standing, steps: tuple[Taken, ...]) -> StandingView:
    return StandingView(
        plan_id=found.plan_id,
        scenario_id=found.scenario_id,
        programme_id=found.programme_id,
        period=found.period,
        state=found.state,
        changed_at=found.changed_at,
        steps=[TakenLine.model_validate(vars(each)) for each in steps],
    )
