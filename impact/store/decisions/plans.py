"""Plans of scenarios: kept once solved, then proposed, approved by somebody else, published and withdrawn."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from impact.access import Actor
from impact.errors import Conflict, Issue, refuse_if_any
from impact.reports.solved import Solved
from impact.store.database import writing
from impact.store.decisions.scenarios import freeze_within
from impact.store.decisions.standing import (
    STANDINGS,
    Standing,
    begin,
    enter,
    locked,
    makers,
    published_within,
)
from impact.store.decisions.steps import MAKING, MOVES, State, Step
from impact.store.moments import moment
from impact.store.people.users import USERS
from impact.store.solved.plans import has_baseline, keep_plan
from impact.store.turns import Turn, take_turn
from impact.store.versions import expect


def keep(connection: Connection, scenario_id: str, solved: Solved, who: Actor) -> Standing:
    """Keep what came of solving a scenario, in a transaction with what else belongs to it.

    The plan's name is that of the question with the period. Solved again it is the same plan, and stands as
    it stood; who solved it before it was approved is one of its makers.

    Raises
    ------
    Unknown
        There is no such scenario.
    """
    scenario = freeze_within(connection, scenario_id, who)
    period = scenario.asked.period
    named = replace(solved, plan_id=f"{solved.plan_id}-{period}")
    take_turn(connection, Turn.PLAN, named.plan_id)
    keep_plan(connection, named)
    first = Standing(named.plan_id, scenario_id, scenario.programme_id, period, State.SOLVED, 0, moment())
    asked = select(STANDINGS.c.state).where(STANDINGS.c.plan_id == named.plan_id)
    state = connection.execute(asked).scalar_one_or_none()
    if state is None:
        take_turn(connection, Turn.AUDIT)  # marks are in the order in which they are seen: no number moves
        begin(connection, first)
        return enter(connection, first, Step.SOLVE, State.SOLVED, who)
    before = locked(connection, named.plan_id)
    known = who.actor_id in makers(connection, named.plan_id, (Step.SOLVE,))
    if known or before.state not in (State.SOLVED, State.PROPOSED):
        return before
    return enter(connection, before, Step.SOLVE, before.state, who)


def propose(engine: Engine, plan_id: str, who: Actor, *, expected: int | None = None) -> Standing:
    """Ask somebody else to approve a plan; raises as `approve` does."""
    return take_step(engine, plan_id, Step.PROPOSE, who, expected=expected)


def approve(
    engine: Engine, plan_id: str, who: Actor, *, expected: int | None = None, reason: str = ""
) -> Standing:
    """Approve a plan that somebody else made and proposed.

    Raises
    ------
    Unknown, Conflict
        There is no such plan; it stands otherwise or was changed since; or whoever approves it made it.
    """
    return take_step(engine, plan_id, Step.APPROVE, who, reason, expected=expected)


def reject(engine: Engine, plan_id: str, who: Actor, *, reason: str, expected: int | None = None) -> Standing:
    """Turn a plan down, for a reason; raises as `approve` does."""
    return take_step(engine, plan_id, Step.REJECT, who, reason, expected=expected)


def publish(
    engine: Engine, plan_id: str, who: Actor, *, expected: int | None = None, reason: str = ""
) -> Standing:
    """Publish a plan in place of the one of its programme and period before it; raises as `approve` does.

    Where no link has a baseline, the reason states that nobody sees these products without the plan.
    """
    return take_step(engine, plan_id, Step.PUBLISH, who, reason, expected=expected)


def withdraw(
    engine: Engine, plan_id: str, who: Actor, *, reason: str, expected: int | None = None
) -> Standing:
    """Take a plan back, for a reason; raises as `approve` does."""
    return take_step(engine, plan_id, Step.WITHDRAW, who, reason, expected=expected)


def take_step(
    engine: Engine, plan_id: str, step: Step, who: Actor, reason: str = "", *, expected: int | None
) -> Standing:
    """Take a step of a plan's life; raises as `approve` does."""
    with writing(engine) as connection:
        before = locked(connection, plan_id)
        expect(plan_id, before.version, expected)
        if step is Step.PUBLISH:
            take_turn(connection, Turn.PUBLISHING, f"{before.programme_id}/{before.period}")
        objections = tuple(_objections(connection, before, step, who, reason))
        if objections:
            raise Conflict(objections)
        if MOVES[step].wants_reason and not reason.strip():
            refuse_if_any([Issue("reason_missing", params={"value": plan_id})])
        if step is Step.PUBLISH:
            _supersede(connection, before, who)
        return enter(connection, before, step, MOVES[step].target, who, reason=reason)


def _objections(
    connection: Connection, before: Standing, step: Step, who: Actor, reason: str
) -> Iterator[Issue]:
    """Say why a step cannot be taken now, or by whoever wants to."""
    if before.state not in MOVES[step].sources:
        yield Issue("plan_stands_otherwise", params={"value": before.plan_id, "state": before.state})
        return
    made = step is Step.APPROVE and who.actor_id in makers(connection, before.plan_id, MAKING)
    if made and _roles_exist(connection):
        yield Issue("plan_is_own", params={"value": before.plan_id})
    if step is Step.PUBLISH and not reason.strip() and not has_baseline(connection, before.plan_id):
        yield Issue("baseline_missing", params={"value": before.plan_id})


def _supersede(connection: Connection, after: Standing, who: Actor) -> None:
    """Let the plan published so far give way."""
    former = published_within(connection, after.programme_id, after.period)
    if former is not None:
        enter(
            connection,
            locked(connection, former),
            Step.SUPERSEDE,
            State.SUPERSEDED,
            who,
            reason=after.plan_id,
        )


def _roles_exist(connection: Connection) -> bool:
    """Tell whether there are people: without any the operator is alone."""
    return connection.execute(select(USERS.c.user_id).limit(1)).first() is not None
