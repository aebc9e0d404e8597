"""Imports: what each file of a partner changed, kept so that it can be shown and undone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

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
    delete,
    func,
    insert,
    select,
    update,
)

from impact.access import Actor
from impact.catalog.differences import Change, Outcome
from impact.catalog.listing import Listing
from impact.errors import BadInput, Issue, refuse_if_any
from impact.store.audit import record
from impact.store.database import reading
from impact.store.headers import remember
from impact.store.listings import Listings, body_of, listing_of
from impact.store.nouns import METADATA
from impact.store.turns import Turn, take_turn

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
BATCH = 2_000
"""So many changes are written at once."""


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
    """A file whose changes were taken over; `import_id` is None where there was nothing to change."""

    import_id: str | None
    arrival: Arrival
    counts: Mapping[str, int]
    imported_at: str = ""
    undone_at: str | None = None


def commit(
    engine: Engine,
    arrival: Arrival,
    asked: Callable[[Listings], Iterable[Change]],
    who: Actor,
    *,
    retiring: bool = False,
) -> Import:
    """Take over what a file changes, all of it or nothing, see `commit_within`."""
    with engine.begin() as connection:
        return commit_within(connection, arrival, asked, who, retiring=retiring)


def commit_within(
    connection: Connection,
    arrival: Arrival,
    asked: Callable[[Listings], Iterable[Change]],
    who: Actor,
    *,
    retiring: bool = False,
    reason: str = "",
) -> Import:
    """Take over what a file changes with whatever else the transaction keeps.

    `asked` is given the partner's listings as they are inside the transaction, and says what to change.
    Products that the file does not name stay, unless `retiring`.
    """
    import_id, now = uuid4().hex, _now()
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    take_turn(connection, Turn.LISTINGS, arrival.partner)
    listings = Listings(connection, arrival.partner)
    connection.execute(insert(IMPORTS).values(_import_row(import_id, arrival, now)))
    remember(connection, arrival.partner, arrival.meant)
    written = 0
    for batch in _batches(_wanted(asked(listings), counts, retiring)):
        _write(listings, connection, import_id, batch)
        written += len(batch)
    if not written:
        connection.execute(delete(IMPORTS).where(IMPORTS.c.import_id == import_id))
        return Import(None, arrival, counts)
    connection.execute(update(IMPORTS).where(IMPORTS.c.import_id == import_id).values(counts=counts))
    after = {"partner": arrival.partner, "sha256": arrival.sha256, "counts": counts}
    record(connection, who, "import.commit", import_id, after=after, reason=reason)
    return Import(import_id, arrival, counts, now)


def state_of(connection: Connection, partner: str) -> tuple[object, ...]:
    """Return what is another after each import of a partner, and after each that is undone."""
    asked = select(func.count(), func.max(IMPORTS.c.imported_at), func.max(IMPORTS.c.undone_at))
    return tuple(connection.execute(asked.where(IMPORTS.c.partner == partner)).one())


def undo(
    engine: Engine, import_id: str, who: Actor, *, stands_on: Callable[[Connection, Import], str | None]
) -> Import:
    """Put back what an import changed.

    `stands_on` names what was decided on the ground of the import, None where nothing was.

    Raises
    ------
    BadInput
        There is no such import, it was undone already, a later one changed the same products, or something
        stands on it.
    """
    with engine.begin() as connection:
        row = connection.execute(select(IMPORTS).where(IMPORTS.c.import_id == import_id)).first()
        if row is None:
            raise BadInput([Issue("import_unknown", params={"value": import_id})])
        done = _import(row)
        take_turn(connection, Turn.LISTINGS, done.arrival.partner)
        changes = connection.execute(select(CHANGES).where(CHANGES.c.import_id == import_id)).all()
        refuse_if_any(_objections(connection, done, changes, stands_on(connection, done)))
        _put_back(Listings(connection, done.arrival.partner), changes)
        now = _now()
        connection.execute(update(IMPORTS).where(IMPORTS.c.import_id == import_id).values(undone_at=now))
        record(connection, who, "import.undo", import_id, before={"partner": done.arrival.partner})
    return replace(done, undone_at=now)


def history(engine: Engine, partner: str) -> tuple[Import, ...]:
    """Return what a partner's files changed, the newest first."""
    asked = select(IMPORTS).where(IMPORTS.c.partner == partner)
    with reading(engine) as connection:
        rows = connection.execute(asked.order_by(IMPORTS.c.imported_at.desc(), IMPORTS.c.import_id))
        return tuple(_import(row) for row in rows)


def known(engine: Engine, import_id: str) -> Import | None:
    """Return an import, or None where there is none of that id."""
    with reading(engine) as connection:
        row = connection.execute(select(IMPORTS).where(IMPORTS.c.import_id == import_id)).first()
    return None if row is None else _import(row)


def changes_of(engine: Engine, import_id: str) -> Iterator[Change]:
    """Return what one import changed, product by product."""
    asked = select(CHANGES).where(CHANGES.c.import_id == import_id).order_by(CHANGES.c.row, CHANGES.c.key)
    with reading(engine) as connection:
        for row in connection.execute(asked):
            before, after = _listing(row.before), _listing(row.after)
            outcome = Outcome.NEW if before is None else Outcome.CHANGED if after else Outcome.ABSENT
            yield Change(row.key, outcome, before, after, row.row)


def _wanted(changes: Iterable[Change], counts: dict[str, int], retiring: bool) -> Iterator[Change]:
    """Count changes by what becomes of them, and leave out those that change nothing."""
    for change in changes:
        counts[change.outcome] += 1
        if change.outcome in (Outcome.NEW, Outcome.CHANGED):
            yield change
        elif change.outcome is Outcome.ABSENT and retiring:
            yield change._replace(after=None)


def _write(listings: Listings, connection: Connection, import_id: str, changes: Sequence[Change]) -> None:
    known = [change.key for change in changes if change.before]
    former = listings.origins(known)
    rows = [
        {
            "import_id": import_id,
            "key": change.key,
            "row": change.row,
            "former": former.get(change.key),
            "before": change.before and body_of(change.before),
            "after": change.after and body_of(change.after),
        }
        for change in changes
    ]
    connection.execute(insert(CHANGES), rows)
    listings.take_away(known)
    listings.put([change.after for change in changes if change.after], import_id)


def _put_back(listings: Listings, changes: Sequence[Row[Any]]) -> None:
    listings.take_away([change.key for change in changes])
    by_origin: dict[str, list[Listing]] = defaultdict(list)
    for change in changes:
        if change.before:
            by_origin[change.former].append(listing_of(change.before))
    for former, some in by_origin.items():
        listings.put(some, former)


def _objections(
    connection: Connection, done: Import, changes: Sequence[Row[Any]], stands_on: str | None
) -> Iterator[Issue]:
    """Say why an import cannot be undone."""
    if done.undone_at:
        yield Issue("import_undone", params={"value": str(done.import_id), "at": done.undone_at})
        return
    now = Listings(connection, done.arrival.partner).origins([change.key for change in changes])
    moved = sum(now.get(change.key) != (done.import_id if change.after else None) for change in changes)
    if moved:
        yield Issue("import_overtaken", params={"count": moved})
    if stands_on is not None:
        yield Issue("import_stood_on", params={"plan": stands_on})


def _import_row(import_id: str, arrival: Arrival, now: str) -> dict[str, object]:
    return {
        "import_id": import_id,
        "partner": arrival.partner,
        "file": arrival.file,
        "sha256": arrival.sha256,
        "imported_at": now,
        "reading": dict(arrival.reading),
        "counts": {},
    }


def _import(row: Row[Any]) -> Import:
    arrival = Arrival(row.partner, row.file, row.sha256, row.reading)
    return Import(row.import_id, arrival, row.counts, row.imported_at, row.undone_at)


def _listing(body: dict[str, object] | None) -> Listing | None:
    return None if body is None else listing_of(body)


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    held: list[Change] = []
    for change in changes:
        held.append(change)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
