"""A frozen dataclass as a table: a column a field, read back through the noun's own checks."""

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from impact.store.bulk import insert_many

Noun = TypeVar("Noun")
METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)
NAMED, BEHIND, MOST = "named", "behind", "most"
"""What a noun, or a page of them, is asked for by."""
AT_ONCE = 500
"""So many ids are named in one statement; databases limit its parameters."""
_COLUMN_TYPES: dict[object, type[TypeEngine[Any]]] = {float: Float, int: Integer, bool: Boolean}


class NounTable(Generic[Noun]):
    """The table of one noun; what is no plain number or text is kept as JSON."""

    def __init__(self, name: str, noun: type[Noun], key: tuple[str, ...]) -> None:
        self._rows = TypeAdapter(tuple[noun, ...])  # type: ignore[valid-type]
        hints = get_type_hints(noun)
        columns = [_column(field.name, hints[field.name], key) for field in fields(noun)]  # type: ignore[arg-type]
        self._names = [column.name for column in columns]
        self.table = Table(name, METADATA, Column("position", Integer, nullable=False), *columns)
        self.key = next(iter(self.table.primary_key))
        self._one = self._selected().where(self.key == bindparam(NAMED))
        self.page = cache(self._composed)

    def replace_all(self, connection: Connection, nouns: Iterable[Noun]) -> None:
        """Put `nouns`, in their order, in place of what the table holds."""
        connection.execute(delete(self.table))
        rows = self._rows.dump_python(tuple(nouns), mode="json")
        for number, row in enumerate(rows):
            row["position"] = number
        insert_many(connection, self.table, rows)

    def add(self, connection: Connection, noun: Noun) -> None:
        """Put `noun`, whose id is not taken, behind those the table holds."""
        last = connection.execute(select(func.max(self.table.c.position))).scalar()
        position = 0 if last is None else last + 1
        connection.execute(insert(self.table).values({**self.body_of(noun), "position": position}))

    def put(self, connection: Connection, noun: Noun) -> None:
        """Put `noun` in place of the one of its id."""
        body = self.body_of(noun)
        connection.execute(update(self.table).where(self.key == self.id_of(noun)).values(body))

    def take_away(self, connection: Connection, names: Sequence[str]) -> None:
        """Leave the nouns of those ids out from now on."""
        for start in range(0, len(names), AT_ONCE):
            gone = self.key.in_(names[start : start + AT_ONCE])
            connection.execute(delete(self.table).where(gone))

    def id_of(self, noun: Noun) -> str:
        """Return what names a noun: its first field."""
        return str(getattr(noun, self.key.name))

    def body_of(self, noun: Noun) -> dict[str, Any]:
        """Lay a noun out as JSON."""
        (body,) = self._rows.dump_python((noun,), mode="json")
        return dict(body)

    def noun_of(self, body: Mapping[str, object]) -> Noun:
        """Read a noun from its JSON.

        Raises
        ------
        ValueError
            The noun's own checks object to a field.
        """
        (noun,) = self._rows.validate_python((body,))
        return noun

    def all(self, connection: Connection) -> tuple[Noun, ...]:
        """Read every noun, in the order it was kept."""
        return self._read(connection, self._selected().order_by(self.table.c.position))

    def one(self, connection: Connection, key: str) -> Noun | None:
        """Read the noun of that id, None where there is none."""
        found = self._read(connection, self._one, {NAMED: key})
        return found[0] if found else None

    def those(self, connection: Connection, name: str, value: str) -> tuple[Noun, ...]:
        """Read every noun whose field of that name has that value, in the order of their ids."""
        asked = self._selected().where(self.table.c[name] == value)
        return self._read(connection, asked.order_by(self.key))

    def some(
        self, connection: Connection, stated: Mapping[str, str], words: str, part: tuple[str, int]
    ) -> tuple[Noun, ...]:
        """Read nouns in the order of their ids: those behind an id, and no more than so many.

        Their fields are as `stated`, and their name holds `words`.
        """
        return self.nouns_of(connection.execute(*self.wanted(self.page(tuple(stated)), stated, words, part)))

    def wanted(
        self, page: Select[Any], stated: Mapping[str, str], words: str, part: tuple[str, int]
    ) -> tuple[Select[Any], Mapping[str, object]]:
        """Ask for a `page` composed for what is stated, with what it asks by."""
        behind, most = part
        asked = page.where(self.table.c.name.contains(words, autoescape=True)) if words else page
        return asked, {BEHIND: behind, MOST: most, **{f"is_{name}": stated[name] for name in stated}}

    def nouns_of(self, rows: Iterable[Sequence[Any]]) -> tuple[Noun, ...]:
        """Read the nouns with whose columns `rows` begin."""
        return self._rows.validate_python(self.bodies_of(rows))

    def bodies_of(self, rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        """Lay nouns, checked when they were kept, out as JSON: those with whose columns `rows` begin."""
        return [dict(zip(self._names, row, strict=False)) for row in rows]

    def _selected(self) -> Select[Any]:
        return select(*(self.table.c[name] for name in self._names))

    def _composed(self, stated: tuple[str, ...]) -> Select[Any]:
        """Compose what asks for a page of nouns whose fields of those names are stated."""
        asked = self._selected().where(self.key > bindparam(BEHIND))
        for name in stated:
            asked = asked.where(self.table.c[name] == bindparam(f"is_{name}"))
        return asked.order_by(self.key).limit(bindparam(MOST))

    def _read(
        self, connection: Connection, asked: Select[Any], stated: Mapping[str, object] | None = None
    ) -> tuple[Noun, ...]:
        return self.nouns_of(connection.execute(asked, stated or {}))


def _column(name: str, hint: object, key: tuple[str, ...]) -> Column[object]:
    nullable = get_origin(hint) in (Union, types.UnionType)
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] if nullable else [hint]
    return Column(name, _column_type(kinds), nullable=nullable, primary_key=name in key)


def _column_type(kinds: list[object]) -> TypeEngine[Any]:
    kind = kinds[0] if len(kinds) == 1 else None
    if isinstance(kind, type) and issubclass(kind, str):
        return Text()
    return _COLUMN_TYPES.get(kind, JSON)()
