"""A frozen dataclass as a table: a column a field, read back through the noun's own checks."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import fields
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
    delete,
    select,
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
_COLUMN_TYPES: dict[object, type[TypeEngine[Any]]] = {float: Float, int: Integer, bool: Boolean}


class NounTable(Generic[Noun]):
    """The table of one noun; what is no plain number or text is kept as JSON."""

    def __init__(self, name: str, noun: type[Noun], key: tuple[str, ...]) -> None:
        self._rows = TypeAdapter(tuple[noun, ...])  # type: ignore[valid-type]
        hints = get_type_hints(noun)
        columns = [_column(field.name, hints[field.name], key) for field in fields(noun)]  # type: ignore[arg-type]
        self._names = [column.name for column in columns]
        self.table = Table(name, METADATA, Column("position", Integer, nullable=False), *columns)

    def replace_all(self, connection: Connection, nouns: Iterable[Noun]) -> None:
        """Put `nouns`, in their order, in place of what the table holds."""
        connection.execute(delete(self.table))
        rows = self._rows.dump_python(tuple(nouns), mode="json")
        for number, row in enumerate(rows):
            row["position"] = number
        insert_many(connection, self.table, rows)

    def all(self, connection: Connection) -> tuple[Noun, ...]:
        """Read every noun, in the order it was kept."""
        return self._read(connection, self._selected().order_by(self.table.c.position))

    def one(self, connection: Connection, key: str) -> Noun | None:
        """Read the noun of that id, None where there is none."""
        found = self._read(connection, self._selected().where(self._key == key))
        return found[0] if found else None

    def some(
        self, connection: Connection, stated: Mapping[str, str], words: str, part: tuple[str, int]
    ) -> tuple[Noun, ...]:
        """Read nouns in the order of their ids: those behind an id, and no more than so many.

        Their fields are as `stated`, and their name holds `words`.
        """
        after, limit = part
        asked = self._selected().where(self._key > after)
        for name, value in stated.items():
            asked = asked.where(self.table.c[name] == value)
        if words:
            asked = asked.where(self.table.c.name.contains(words, autoescape=True))
        return self._read(connection, asked.order_by(self._key).limit(limit))

    @property
    def _key(self) -> Column[Any]:
        return next(iter(self.table.primary_key))

    def _selected(self) -> Select[Any]:
        return select(*(self.table.c[name] for name in self._names))

    def _read(self, connection: Connection, asked: Select[Any]) -> tuple[Noun, ...]:
        return self._rows.validate_python([row._asdict() for row in connection.execute(asked)])


def _column(name: str, hint: object, key: tuple[str, ...]) -> Column[object]:
    nullable = get_origin(hint) in (Union, types.UnionType)
    kinds = [kind for kind in get_args(hint) if kind is not type(None)] if nullable else [hint]
    return Column(name, _column_type(kinds), nullable=nullable, primary_key=name in key)


def _column_type(kinds: list[object]) -> TypeEngine[Any]:
    kind = kinds[0] if len(kinds) == 1 else None
    if isinstance(kind, type) and issubclass(kind, str):
        return Text()
    return _COLUMN_TYPES.get(kind, JSON)()
