"""Taking back: what an import changed is put back as it was, unless something stands on it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from impact.access import Actor
from impact.catalog.laid import listing_of
from impact.catalog.listing import Listing
from impact.errors import BadInput, Issue, refuse_if_any
from impact.store.audit import record
from impact.store.database import writing
from impact.store.lists.imports import CHANGES, IMPORTS, UNDONE, Import, import_of, with_reasons
from impact.store.lists.listings import Listings
from impact.store.moments import moment
from impact.store.turns import Turn, take_turn


def undo(
    engine: Engine,
    import_id: str,
    who: Actor,
    *,
    stands_on: Callable[[Connection, Import], str | None],
    reason: str = "",
) -> Import:
    """Put back what an import changed, for a `reason`.

    `stands_on` names what was decided on the ground of the import, None where nothing was.

    Raises
    ------
    BadInput
        There is no such import, it was undone already, a later one changed the same products, or something
        stands on it.
    """
    with writing(engine) as connection:
        row = connection.execute(select(IMPORTS).where(IMPORTS.c.import_id == import_id)).first()
        if row is None:
            raise BadInput([Issue("import_unknown", params={"value": import_id})])
        (done,) = with_reasons(connection, [import_of(row)])
        take_turn(connection, Turn.LISTINGS, done.arrival.partner)
        changes = connection.execute(select(CHANGES).where(CHANGES.c.import_id == import_id)).all()
        refuse_if_any(_objections(connection, done, changes, stands_on(connection, done)))
        _put_back(Listings(connection, done.arrival.partner), changes)
        now = moment()
        connection.execute(update(IMPORTS).where(IMPORTS.c.import_id == import_id).values(undone_at=now))
        record(connection, who, UNDONE, import_id, before={"partner": done.arrival.partner}, reason=reason)
    return replace(done, undone_at=now, undone_because=reason)


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
