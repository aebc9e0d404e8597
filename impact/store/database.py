"""Open a database, bring it up to the present schema, and read or write it.

Writers take ``engine.begin()``: on SQLite one at a time, on PostgreSQL beside each other, so that what two of
them might change at once is read with ``FOR UPDATE`` or in turns (`turns`). Readers take `reading`: one
moment of the database, which waits for no writer.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import TypeAlias

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from impact.errors import BadInput, Issue
from impact.store import driver
from impact.store.turns import Turn, take_turn

HERE = Path(__file__).parent
Database: TypeAlias = Engine
"""A database opened: what those pass on who speak no SQL."""
AT_ONCE = 1_000
"""So many rows are added in one statement; databases limit its parameters."""


def open_database(url: str) -> Engine:
    """Open the database at `url`, making its file and folder where there is none, and migrate it.

    Raises
    ------
    BadInput
        Nothing answers at `url`, it is none, or a later version has been there.
    """
    try:
        engine = connect(url)
        upgrade(engine)
    except CommandError as error:
        raise BadInput([Issue("database_too_new")]) from error
    except (ArgumentError, NoSuchModuleError, DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip()
        raise BadInput([Issue("database_not_open", params={"reason": reason})]) from error
    return engine


def connect(url: str) -> Engine:
    """Return the engine for `url`, its schema left as it is."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(url, pool_pre_ping=True, json_serializer=_json, json_deserializer=from_json)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    _make_folder(url)
    engine = create_engine(url, module=driver.MODULE, json_serializer=_json, json_deserializer=from_json)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_current(engine: Engine) -> bool:
    """Tell whether the database has seen every revision."""
    newest = ScriptDirectory.from_config(migrations()).get_current_head()
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def upgrade(engine: Engine, to: str = "head") -> None:
    """Apply the revisions that the database has not seen."""
    if to == "head" and is_current(engine):
        return
    with engine.begin() as connection:
        take_turn(connection, Turn.MIGRATION)
        migrate(connection, to)


def migrate(connection: Connection, to: str = "head") -> None:
    """Apply the revisions up to one, in a transaction with what else belongs to it."""
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def migrations() -> Config:
    """Say where the revisions lie."""
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    config.set_main_option("version_locations", str(HERE / "revisions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read one moment of the database: what others commit meanwhile is not seen, nothing can be written."""
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> frozenset[tuple[object, ...]]:
    """Add those of `rows` whose key is not taken, whoever else adds them now; return the keys added."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    once = dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
    added: set[tuple[object, ...]] = set()
    for start in range(0, len(rows), AT_ONCE):
        some = [dict(row) for row in rows[start : start + AT_ONCE]]
        added.update(map(tuple, connection.execute(once.values(some))))
    return frozenset(added)


def _json(value: object) -> str:
    """Write JSON, some times faster than the standard library does, and Chinese as it is."""
    return to_json(value).decode()


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _set_up(connection: SQLiteConnection, _: ConnectionPoolEntry) -> None:
    """Leave transactions to `_begin_sqlite`: the driver's own begin late, and two writers lose updates."""
    driver.set_up(connection)


def _begin_sqlite(connection: Connection) -> None:
    read_only = bool(connection.get_execution_options().get("reading"))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("reading"):
        with closing(
            connection.connection.cursor()
        ) as cursor:  # not as a stream, which the reader may ask for
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
