"""Imports: what each file of a partner changed, kept so that it can be shown and undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

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
    func,
    select,
)

from impact.catalog.differences import Change, Outcome
from impact.catalog.laid import listing_of
from impact.catalog.listing import Listing
from impact.store.database import reading
from impact.store.nouns import METADATA
from impact.store.reasons import reasons_within

IMPORTS = Table(
    "imports",
    METADATA,
    Column("import_id", Text, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("reading", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("undone_at", Text),
    Index("ix_imports_partner", "partner", "imported_at"),
)
CHANGES = Table(
    "import_changes",
    METADATA,
    Column("import_id", Text, ForeignKey("imports.import_id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("row", Integer),
    Column("former", Text),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)

SAVED, UNDONE = "import.commit", "import.undo"
"""What the log calls taking a file over, and taking it back."""


@dataclass(frozen=True)
class Arrival:
    """A file that came: whose it is, its name and content's hash, how it was read, what its headers meant."""

    partner: str
    file: str
    sha256: str
    reading: Mapping[str, object] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Import:
    """A file whose changes were taken over; `import_id` is None where there was nothing to change.

    `note` is what was said when it was saved, `undone_because` when it was undone; empty where nothing was.
    """

    import_id: str | None
    arrival: Arrival
    counts: Mapping[str, int]
    imported_at: str = ""
    undone_at: str | None = None
    note: str = ""
    undone_because: str = ""


def state_of(connection: Connection, partner: str) -> tuple[object, ...]:
    """Return what is another after each import of a partner, and after each that is undone."""
    asked = select(func.count(), func.max(IMPORTS.c.imported_at), func.max(IMPORTS.c.undone_at))
    return tuple(connection.execute(asked.where(IMPORTS.c.partner == partner)).one())


def history(engine: Engine, partner: str) -> tuple[Import, ...]:
    """Return what a partner's files changed, the newest first."""
    asked = select(IMPORTS).where(IMPORTS.c.partner == partner)
    with reading(engine) as connection:
        rows = connection.execute(asked.order_by(IMPORTS.c.imported_at.desc(), IMPORTS.c.import_id))
        return with_reasons(connection, [import_of(row) for row in rows])


def known(engine: Engine, import_id: str) -> Import | None:
    """Return an import, without what was said of it, or None where there is none of that id."""
    with reading(engine) as connection:
        row = connection.execute(select(IMPORTS).where(IMPORTS.c.import_id == import_id)).first()
    return None if row is None else import_of(row)


def changes_of(engine: Engine, import_id: str) -> Iterator[Change]:
    """Return what one import changed in the order of its rows, then what is no longer in it."""
    asked = (
        select(CHANGES)
        .where(CHANGES.c.import_id == import_id)
        .order_by(CHANGES.c.row.nulls_last(), CHANGES.c.key)
    )
    with reading(engine) as connection:
        for row in connection.execute(asked):
            before, after = _listing(row.before), _listing(row.after)
            outcome = Outcome.NEW if before is None else Outcome.CHANGED if after else Outcome.ABSENT
            yield Change(row.key, outcome, before, after, row.row)


def import_of(row: Row[Any]) -> Import:
    """Read an import from its row."""
    arrival = Arrival(row.partner, row.file, row.sha256, row.reading)
    return Import(row.import_id, arrival, row.counts, row.imported_at, row.undone_at)


def with_reasons(connection: Connection, imports: Sequence[Import]) -> tuple[Import, ...]:
    """Put beside imports what was said when they were saved, and undone."""
    ids = [each.import_id or "" for each in imports]
    saved, undone = (reasons_within(connection, ids, what) for what in (SAVED, UNDONE))
    return tuple(
        replace(each, note=saved.get(name, ""), undone_because=undone.get(name, ""))
        for name, each in zip(ids, imports, strict=True)
    )


def _listing(body: dict[str, object] | None) -> Listing | None:
    return None if body is None else listing_of(body)
