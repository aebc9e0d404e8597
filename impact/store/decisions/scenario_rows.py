"""Scenarios as rows: the tables they lie in, and a scenario read from its row and written to it."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Row, Table, Text

from impact.store.decisions.scenario import Asked, Note, Scenario
from impact.store.nouns import METADATA

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


def told(scenario: Scenario) -> Mapping[str, object]:
    """Return what the log says of a scenario; the inputs by their hash alone."""
    names = ("programme_id", "programme_version", "catalog", "parent", "published", "version")
    stated = {name: getattr(scenario, name) for name in names}
    return stated | {"asked": _ASKED.dump_python(scenario.asked, mode="json")}


def row_of(scenario: Scenario) -> dict[str, object]:
    """Lay a scenario out as a row."""
    apart = {
        "asked": _ASKED.dump_python(scenario.asked, mode="json"),
        "notes": _NOTES.dump_python(scenario.notes, mode="json"),
    }
    return {**vars(scenario), **apart}


def scenario_of(row: Row[Any]) -> Scenario:
    """Read a scenario from its row."""
    stated = {name: getattr(row, name) for name in Scenario.__dataclass_fields__}
    asked, notes = _ASKED.validate_python(row.asked), _NOTES.validate_python(row.notes)
    return Scenario(**stated | {"asked": asked, "notes": notes})
