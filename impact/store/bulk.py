"""Many rows at once, as fast as each database takes them."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import IntegrityError

CACHE_KB = 64_000
"""What SQLite may hold of its indexes where many rows are added: they fill in no order."""


def expect_many(connection: Connection) -> None:
    """Let a connection add many rows without reading its indexes again and again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows that all name the same columns.

    They are laid out for the driver column by column; PostgreSQL copies them, which is several times faster.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        names = list(rows[0])
        _copy(connection, table, names, _laid_out(connection, table, names, rows))
        return
    adding = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = list(adding.positiontup or ())
    connection.exec_driver_sql(str(adding), list(_laid_out(connection, table, names, rows)))


def _copy(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    into = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    try:
        with connection.connection.cursor() as cursor, cursor.copy(into) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(into, None, error) from error


def _laid_out(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Iterable[tuple[object, ...]]:
    return zip(*(_column(connection, table, name, rows) for name in names), strict=True)


def _column(
    connection: Connection, table: Table, name: str, rows: Sequence[Mapping[str, Any]]
) -> Iterable[object]:
    """Hand over a column's values as its driver takes them."""
    values = map(itemgetter(name), rows)
    column_type = table.c[name].type.dialect_impl(connection.dialect)
    adapt = column_type.bind_processor(connection.dialect)
    return map(adapt, values) if adapt else values
