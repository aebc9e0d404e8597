"""Scenarios: kept with the inputs they froze, so that data which moves later changes nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
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
from impact.store.decisions.standing import published_within
from impact.store.moments import fresh_id, moment
from impact.store.nouns import METADATA
from impact.store.paging import Page, Part, page_of
from impact.store.plans import PlanShelf
from impact.store.snapshots import keep_catalog, kept_catalog
from impact.store.versions import expect

SCENARIOS = Table(
    "scenarios",
    METADATA,
    Column("scenario_id", Text, primary_key=True),
    Column("programme_id", Text, nullable=False),
    Column("programme_version", Integer, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("catalog", Text, ForeignKey("snapshots.sha256"), nullable=False),
    Column("parent", Text, ForeignKey("scenarios.scenario_id")),
    Column("published", Text, ForeignKey("plans.plan_id")),
    Column("version", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("frozen_at", Text),
    Index("ix_scenarios_programme_id", "programme_id", "scenario_id"),
)
TAKEN = Table(
    "scenario_imports",
    METADATA,
    Column("scenario_id", Text, ForeignKey("scenarios.scenario_id"), primary_key=True),
    Column("import_id", Text, ForeignKey("imports.import_id"), primary_key=True),
    Index("ix_scenario_imports_import_id", "import_id"),
)
"""Which imports a scenario's inputs came from."""
_ASKED = TypeAdapter(Asked)
_NOTES = TypeAdapter(tuple[Note, ...])


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
        told = {"before": _told(before), "after": _told(after)}
        record(connection, who, "scenario.change", scenario_id, **told, reason=note)
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
    record(connection, who, "scenario.freeze", scenario_id, after=_told(after))
    return after


def get(engine: Engine, scenario_id: str) -> Scenario | None:
    """Return a scenario, or None where there is none of that id."""
    with reading(engine) as connection:
        row = connection.execute(select(SCENARIOS).where(SCENARIOS.c.scenario_id == scenario_id)).first()
    return None if row is None else _scenario(row)


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
        return page_of(connection, asked, SCENARIOS.c.scenario_id, part, _scenario, newest_first=True)


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
    connection.execute(insert(SCENARIOS).values(_row(made)))
    if imports:
        rows = [{"scenario_id": made.scenario_id, "import_id": each} for each in sorted(set(imports))]
        connection.execute(insert(TAKEN), rows)
    record(connection, who, "scenario.create", made.scenario_id, after=_told(made))


def _update(connection: Connection, scenario: Scenario) -> None:
    mine = SCENARIOS.c.scenario_id == scenario.scenario_id
    connection.execute(update(SCENARIOS).where(mine).values(_row(scenario)))


def _locked(connection: Connection, scenario_id: str) -> Scenario:
    asked = select(SCENARIOS).where(SCENARIOS.c.scenario_id == scenario_id).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        raise Unknown([Issue("scenario_unknown", params={"value": scenario_id})])
    return _scenario(row)


def _noted(notes: tuple[Note, ...], text: str, who: Actor) -> tuple[Note, ...]:
    return (*notes, Note(text, who.actor_id, moment())) if text.strip() else notes


def _told(scenario: Scenario) -> Mapping[str, object]:
    """Return what the log says of a scenario; the inputs by their hash alone."""
    names = ("programme_id", "programme_version", "catalog", "parent", "published", "version")
    told = {name: getattr(scenario, name) for name in names}
    return told | {"asked": _ASKED.dump_python(scenario.asked, mode="json")}


def _row(scenario: Scenario) -> dict[str, object]:
    apart = {
        "asked": _ASKED.dump_python(scenario.asked, mode="json"),
        "notes": _NOTES.dump_python(scenario.notes, mode="json"),
    }
    return {**vars(scenario), **apart}


def _scenario(row: Row[Any]) -> Scenario:
    told = {name: getattr(row, name) for name in Scenario.__dataclass_fields__}
    asked, notes = _ASKED.validate_python(row.asked), _NOTES.validate_python(row.notes)
    return Scenario(**told | {"asked": asked, "notes": notes})
