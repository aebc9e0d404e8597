"""Scenarios: kept with the inputs they froze, so that data which moves later changes nothing."""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import (
    Connection,
    Engine,
    insert,
    select,
    update,
)

from impact.access import Actor
from impact.errors import Conflict, Issue, Unknown, refuse_if_any
from impact.model import Catalog, Programme
from impact.reports.solved import Solved
from impact.store.audit import record
from impact.store.database import reading, writing
from impact.store.decisions.scenario import Asked, Inputs, Note, Scenario
from impact.store.decisions.scenario_rows import SCENARIOS, TAKEN, row_of, scenario_of, told
from impact.store.decisions.standing import published_within
from impact.store.moments import fresh_id, moment
from impact.store.paging import Page, Part, page_of
from impact.store.solved.plans import PlanShelf
from impact.store.solved.snapshots import keep_catalog, kept_catalog
from impact.store.versions import expect


@dataclass(frozen=True)
class Origin:
    """Which version of which programme a scenario is made from."""

    programme_id: str
    programme_version: int


def create(
    engine: Engine, origin: Origin, asked: Asked, inputs: Inputs, who: Actor, *, note: str = ""
) -> Scenario:
    """Freeze `inputs` and put to them what is `asked`.

    Raises
    ------
    BadInput
        The period or a lock is not usable, or a lock has no reason.
    """
    refuse_if_any(asked.issues())
    with writing(engine) as connection:
        made = Scenario(
            fresh_id(),
            **asdict(origin),
            asked=asked,
            notes=_noted((), note, who),
            catalog=keep_catalog(connection, inputs.catalog),
            parent=None,
            published=published_within(connection, origin.programme_id),
            version=1,
            made_at=moment(),
            made_by=who.actor_id,
        )
        _write(connection, made, inputs.imports, who)
    return made


def branch(engine: Engine, scenario_id: str, asked: Asked, who: Actor, *, note: str = "") -> Scenario:
    """Ask something else of the same inputs: a scenario of its own, whose parent is the first.

    Raises
    ------
    BadInput, Unknown
        As `create` does, or there is no such scenario.
    """
    refuse_if_any(asked.issues())
    with writing(engine) as connection:
        parent = _locked(connection, scenario_id)
        taken = connection.execute(select(TAKEN.c.import_id).where(TAKEN.c.scenario_id == scenario_id))
        made = replace(
            parent,
            scenario_id=fresh_id(),
            asked=asked,
            notes=_noted((), note, who),
            parent=scenario_id,
            version=1,
            made_at=moment(),
            made_by=who.actor_id,
            frozen_at=None,
        )
        _write(connection, made, tuple(taken.scalars()), who)
    return made


def change(
    engine: Engine, scenario_id: str, asked: Asked, who: Actor, *, expected: int | None, note: str = ""
) -> Scenario:
    """Ask something else of the inputs, as long as the scenario is not frozen.

    Raises
    ------
    BadInput, Unknown, Conflict
        As `create` does; there is no such scenario; it was changed since, or is frozen: `branch` it then.
    """
    refuse_if_any(asked.issues())
    with writing(engine) as connection:
        before = _locked(connection, scenario_id)
        expect(scenario_id, before.version, expected)
        if before.frozen_at:
            raise Conflict([Issue("scenario_frozen", params={"value": scenario_id})])
        after = replace(
            before, asked=asked, notes=_noted(before.notes, note, who), version=before.version + 1
        )
        _update(connection, after)
        said = {"before": told(before), "after": told(after)}
        record(connection, who, "scenario.change", scenario_id, **said, reason=note)
    return after


def freeze(engine: Engine, scenario_id: str, who: Actor) -> Scenario:
    """Let nothing of a scenario change from now on: it is about to be solved. Again changes nothing.

    Raises
    ------
    Unknown
        There is no such scenario.
    """
    with writing(engine) as connection:
        return freeze_within(connection, scenario_id, who)


def freeze_within(connection: Connection, scenario_id: str, who: Actor) -> Scenario:
    """Freeze a scenario in a transaction with what else belongs to it, see `freeze`."""
    before = _locked(connection, scenario_id)
    if before.frozen_at:
        return before
    after = replace(before, frozen_at=moment())
    _update(connection, after)
    record(connection, who, "scenario.freeze", scenario_id, after=told(after))
    return after


def get(engine: Engine, scenario_id: str) -> Scenario | None:
    """Return a scenario, or None where there is none of that id."""
    with reading(engine) as connection:
        row = connection.execute(select(SCENARIOS).where(SCENARIOS.c.scenario_id == scenario_id)).first()
    return None if row is None else scenario_of(row)


def wanted(engine: Engine, scenario_id: str) -> Scenario:
    """Return a scenario; raises `Unknown` where there is none of that id."""
    found = get(engine, scenario_id)
    if found is None:
        raise Unknown([Issue("scenario_unknown", params={"value": scenario_id})])
    return found


def listed(engine: Engine, part: Part, *, programme_id: str | None = None) -> Page[Scenario]:
    """Return scenarios (of one programme), the newest first."""
    asked = select(SCENARIOS)
    if programme_id is not None:
        asked = asked.where(SCENARIOS.c.programme_id == programme_id)
    with reading(engine) as connection:
        return page_of(connection, asked, SCENARIOS.c.scenario_id, part, scenario_of, newest_first=True)


def question(engine: Engine, scenario_id: str) -> tuple[Catalog, Programme]:
    """Return what `impact.pipeline.run` is to solve: the inputs as they were frozen, and what is asked.

    Raises
    ------
    Unknown, ValueError
        There is no such scenario; the inputs kept are not those that were frozen.
    """
    scenario = wanted(engine, scenario_id)
    with reading(engine) as connection:
        return kept_catalog(connection, scenario.catalog), scenario.asked.question


def published_before(engine: Engine, scenario_id: str) -> Solved | None:
    """Return the plan that was published when a scenario's inputs were frozen, None where none was."""
    scenario = get(engine, scenario_id)
    return PlanShelf(engine).get(scenario.published) if scenario and scenario.published else None


def _write(connection: Connection, made: Scenario, imports: tuple[str, ...], who: Actor) -> None:
    connection.execute(insert(SCENARIOS).values(row_of(made)))
    if imports:
        rows = [{"scenario_id": made.scenario_id, "import_id": each} for each in sorted(set(imports))]
        connection.execute(insert(TAKEN), rows)
    note = made.notes[-1].text if made.notes else ""
    record(connection, who, "scenario.create", made.scenario_id, after=told(made), reason=note)


def _update(connection: Connection, scenario: Scenario) -> None:
    mine = SCENARIOS.c.scenario_id == scenario.scenario_id
    connection.execute(update(SCENARIOS).where(mine).values(row_of(scenario)))


def _locked(connection: Connection, scenario_id: str) -> Scenario:
    asked = select(SCENARIOS).where(SCENARIOS.c.scenario_id == scenario_id).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        raise Unknown([Issue("scenario_unknown", params={"value": scenario_id})])
    return scenario_of(row)


def _noted(notes: tuple[Note, ...], text: str, who: Actor) -> tuple[Note, ...]:
    return (*notes, Note(text, who.actor_id, moment())) if text.strip() else notes
