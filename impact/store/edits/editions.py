"""Editions: the states of a noun that was edited, version by version; what is retired is so in its last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    exists,
    select,
)

from impact.store.bulk import insert_many
from impact.store.moments import moment
from impact.store.nouns import METADATA, NounTable

EDITIONS = Table(
    "noun_editions",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("noun_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", JSON, nullable=False),
    Column("is_retired", Boolean, nullable=False),
    Column("made_at", Text),
    Column("made_by", Text),
)
EDITED = {
    "producers": "producer",
    "products": "product",
    "segments": "segment",
    "channels": "channel",
    "placements": "placement",
}
"""The kinds that are edited, and what one of each is called."""
FIRST = 1
"""The version of what was never edited."""
Nouns = NounTable[object]
_later = EDITIONS.alias()
_IS_LAST = ~exists().where(
    _later.c.kind == EDITIONS.c.kind,
    _later.c.noun_id == EDITIONS.c.noun_id,
    _later.c.version > EDITIONS.c.version,
)
_NEWEST = select(EDITIONS).where(EDITIONS.c.kind == bindparam("kind"), _IS_LAST)
_NEWEST_OF = _NEWEST.where(EDITIONS.c.noun_id.in_(bindparam("names", expanding=True)))
"""Asked of every page of nouns, and so composed once."""


@dataclass(frozen=True)
class Edition:
    """One state of a noun; `made_at` and `made_by` are None where it came with a whole catalog."""

    noun: object
    version: int = FIRST
    is_retired: bool = False
    made_at: str | None = None
    made_by: str | None = None

    def changed(self, noun: object, who: str | None) -> "Edition":
        """Return the state after this one: what `who` made of the noun now."""
        return Edition(noun, self.version + 1, made_at=moment(), made_by=who)

    def retired(self, who: str | None) -> "Edition":
        """Return the state after this one: retired now by `who`."""
        return replace(self.changed(self.noun, who), is_retired=True)

    @property
    def retired_at(self) -> str | None:
        """Say since when it is retired, None where it is not."""
        return self.made_at if self.is_retired else None


def newest(connection: Connection, table: Nouns, names: Sequence[str] | None = None) -> Mapping[str, Edition]:
    """Return the newest edition of each noun (of those `names`) that was ever edited, by id."""
    stated = {"kind": table.table.name}
    if names is None:
        found = connection.execute(_NEWEST, stated)
    else:
        found = connection.execute(_NEWEST_OF, {**stated, "names": list(names)})
    return {row.noun_id: _edition(table, row) for row in found}


def page(
    connection: Connection, table: Nouns, stated: Mapping[str, str], words: str, part: tuple[str, int]
) -> tuple[Edition, ...]:
    """Read live nouns as `NounTable.some` does, each as the edition that it is."""
    asked, by = table.wanted(_page(table, tuple(stated)), stated, words, part)
    rows = connection.execute(asked, by).all()
    nouns = table.nouns_of(rows)
    return tuple(
        Edition(noun) if row.version is None else Edition(noun, row.version, False, row.made_at, row.made_by)
        for noun, row in zip(nouns, rows, strict=True)
    )


def bodies(
    connection: Connection, table: Nouns, stated: Mapping[str, str], words: str, part: tuple[str, int]
) -> tuple[Mapping[str, object], ...]:
    """Read what `page` does, laid out as JSON, each with its `version`, and `retired_at`: never."""
    asked, by = table.wanted(_page(table, tuple(stated)), stated, words, part)
    rows = connection.execute(asked, by).all()
    laid = table.bodies_of(rows)
    for body, row in zip(laid, rows, strict=True):
        body["version"], body["retired_at"] = row.version or FIRST, None
    return tuple(laid)


def states(
    connection: Connection, table: Nouns, name: str, before: int | None, limit: int
) -> tuple[Edition, ...]:
    """Return at most `limit` kept editions of a noun, the newest first, those of versions below `before`."""
    asked = _of_kind(table).where(EDITIONS.c.noun_id == name).order_by(EDITIONS.c.version.desc())
    if before is not None:
        asked = asked.where(EDITIONS.c.version < before)
    return tuple(_edition(table, row) for row in connection.execute(asked.limit(limit)))


def live(connection: Connection, table: Nouns, nouns: Sequence[object]) -> tuple[Edition, ...]:
    """Return the editions that live nouns are; what was never edited is at version 1."""
    known = newest(connection, table, [table.id_of(noun) for noun in nouns])
    return tuple(known.get(table.id_of(noun), Edition(noun)) for noun in nouns)


def succeed(connection: Connection, table: Nouns, before: Edition, after: Edition) -> None:
    """Keep what came after a state, which is kept too if it came with a whole catalog."""
    keep(connection, table, [after] if before.made_at else [before, after])


def keep(connection: Connection, table: Nouns, editions: Iterable[Edition]) -> None:
    """Keep editions beside those there are."""
    rows = [
        {
            "kind": table.table.name,
            "noun_id": table.id_of(each.noun),
            "version": each.version,
            "body": table.body_of(each.noun),
            "is_retired": each.is_retired,
            "made_at": each.made_at,
            "made_by": each.made_by,
        }
        for each in editions
    ]
    insert_many(connection, EDITIONS, rows)


def follow(connection: Connection, table: Nouns, before: Iterable[object], after: Iterable[object]) -> None:
    """Keep what became of nouns when others took the place of all: one edition more where it differs."""
    here = {table.id_of(noun): noun for noun in after}
    last = {
        **{table.id_of(noun): Edition(noun) for noun in before},
        **newest(connection, table),
    }
    for name, state in last.items():
        now = here.get(name)
        if now is None and not state.is_retired:
            succeed(connection, table, state, state.retired(None))
        elif now is not None and (state.is_retired or now != state.noun):
            succeed(connection, table, state, state.changed(now, None))


@cache
def _page(table: Nouns, stated: tuple[str, ...]) -> Select[Any]:
    """Compose what asks for a page of nouns, and beside each for its newest edition, where it has any."""
    its = (EDITIONS.c.kind == table.table.name) & (EDITIONS.c.noun_id == table.key) & _IS_LAST
    beside = table.page(stated).add_columns(EDITIONS.c.version, EDITIONS.c.made_at, EDITIONS.c.made_by)
    return beside.outerjoin_from(table.table, EDITIONS, its)


def _of_kind(table: Nouns) -> Select[Any]:
    return select(EDITIONS).where(EDITIONS.c.kind == table.table.name)


def _edition(table: Nouns, row: Row[Any]) -> Edition:
    return Edition(table.noun_of(row.body), row.version, row.is_retired, row.made_at, row.made_by)
