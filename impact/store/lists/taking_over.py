"""Taking over: what a partner's file changes is written, all of it or nothing, and kept with the import."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, insert, update

from impact.access import Actor
from impact.catalog.differences import Change, Outcome
from impact.store.audit import record
from impact.store.bulk import expect_many, insert_many
from impact.store.database import writing
from impact.store.entries import Entry, entry_of
from impact.store.lists.headers import remember
from impact.store.lists.imports import CHANGES, IMPORTS, SAVED, Arrival, Import
from impact.store.lists.listings import Listings
from impact.store.moments import moment
from impact.store.turns import Turn, take_turn

BATCH = 2_000
"""So many changes are written at once."""
CHANGING = frozenset({Outcome.NEW, Outcome.CHANGED})


def commit(
    engine: Engine,
    arrival: Arrival,
    asked: Callable[[Listings], Iterable[Change]],
    who: Actor,
    *,
    retiring: bool = False,
) -> Import:
    """Take over what a file changes, all of it or nothing, see `commit_within`."""
    with writing(engine) as connection:
        return commit_within(
            connection, arrival, lambda now: map(entry_of, asked(now)), who, retiring=retiring
        )


def commit_within(
    connection: Connection,
    arrival: Arrival,
    asked: Callable[[Listings], Iterable[Entry]],
    who: Actor,
    *,
    retiring: bool = False,
    reason: str = "",
    job: str = "",
) -> Import:
    """Take over what a file changes with whatever else the transaction keeps.

    `asked` is given the partner's listings as they are inside the transaction, and says what to change.
    Products that the file does not name stay, unless `retiring`. `reason` is what was said of saving it,
    `job` names what read it.
    """
    import_id, now = uuid4().hex, moment()
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    take_turn(connection, Turn.LISTINGS, arrival.partner)
    expect_many(connection)
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
    after = {
        "partner": arrival.partner,
        "sha256": arrival.sha256,
        "counts": counts,
        **({"job": job} if job else {}),
    }
    record(connection, who, SAVED, import_id, after=after, reason=reason)
    return Import(import_id, arrival, counts, now, note=reason)


def _wanted(entries: Iterable[Entry], counts: dict[str, int], retiring: bool) -> Iterator[Entry]:
    """Count changes by what becomes of them, and leave out those that change nothing."""
    for entry in entries:
        counts[entry.outcome] += 1
        if entry.outcome in CHANGING or (retiring and entry.outcome is Outcome.ABSENT):
            yield entry


def _write(listings: Listings, connection: Connection, import_id: str, entries: Sequence[Entry]) -> None:
    known = [entry.key for entry in entries if entry.before]
    former = listings.origins(known)
    rows = [
        {
            "import_id": import_id,
            "key": entry.key,
            "row": entry.row,
            "former": former.get(entry.key),
            "before": entry.before,
            "after": entry.after and entry.after.body,
        }
        for entry in entries
    ]
    insert_many(connection, CHANGES, rows)
    listings.take_away(known)
    listings.put_laid((entry.after for entry in entries if entry.after), import_id)


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


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    held: list[Entry] = []
    for entry in entries:
        held.append(entry)
        if len(held) == BATCH:
            yield held
            held = []
    if held:
        yield held
