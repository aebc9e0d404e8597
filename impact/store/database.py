"""Open a database, bring it up to the present schema, and read or write it.

Writers take `writing`: on SQLite one at a time, on PostgreSQL beside each other, so that what two of them
might change at once is read with ``FOR UPDATE`` or in turns (`turns`). Readers take `reading`: one moment of
the database, which waits for no writer. What is written within `whole` is written together, or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import TypeAlias

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from impact.errors import BadInput, Issue
from impact.store import driver
from impact.store.turns import Turn, take_turn
from impact.written import Written, written

REVISIONS = Path(__file__).parent / "revisions"
"""Each is a file that begins with its number."""
KEPT_IN = "alembic_version"
"""The table in which a database says of which revision it is."""
Database: TypeAlias = Engine
"""A database opened: what those pass on who speak no SQL."""
READ_ONLY = "read_only"
"""Under this name a connection to SQLite knows whether it writes."""
AT_ONCE = 1_000
"""So many rows are added in one statement; databases limit its parameters."""


@dataclass
class _Whole:
    """What is done together in one database; its transaction begins with the first that is written."""

    engine: Engine
    until_done: ExitStack
    connection: Connection | None = None


_whole: ContextVar[_Whole | None] = ContextVar("whole", default=None)


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
    newest = max(file.name[:4] for file in REVISIONS.glob("[0-9]*.py"))
    with reading(engine) as connection:
        return revision_of(connection) == newest


def revision_of(connection: Connection) -> str | None:
    """Return the last revision that a database has seen, None where it has seen none."""
    if not inspect(connection).has_table(KEPT_IN):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {KEPT_IN}")).scalar()  # noqa: S608
    return found


def upgrade(engine: Engine, to: str = "head") -> None:
    """Apply the revisions that the database has not seen."""
    if to == "head" and is_current(engine):
        return
    from impact.store.migrating import migrate  # noqa: PLC0415  most starts migrate nothing

    with writing(engine) as connection:
        take_turn(connection, Turn.MIGRATION)
        migrate(connection, to)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Write in one transaction: of its own, or that of the `whole` around it."""
    within = _within(engine)
    if within is None:
        with engine.begin() as connection:
            yield connection
        return
    if within.connection is None:
        within.connection = within.until_done.enter_context(engine.begin())
    with within.connection.begin_nested():
        yield within.connection


@contextmanager
def whole(engine: Engine) -> Iterator[None]:
    """Have all that is written in the block be one transaction, begun by the first write and read since."""
    with ExitStack() as until_done:
        before = _whole.set(_Whole(engine, until_done))
        try:
            yield
        finally:
            _whole.reset(before)


def _within(engine: Engine) -> _Whole | None:
    around = _whole.get()
    return around if around is not None and around.engine is engine else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Read one moment of the database: what others commit meanwhile is not seen, nothing can be written.

    Where a `whole` has begun to write, it is read as that has it by then.
    """
    within = _within(engine)
    if within is not None and within.connection is not None:
        yield within.connection
        return
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> frozenset[tuple[object, ...]]:
    """Add those of `rows` whose key is not taken, whoever else adds them now; return the keys added."""
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415  they load drivers

    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    once = dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
    added: set[tuple[object, ...]] = set()
    for start in range(0, len(rows), AT_ONCE):
        some = [dict(row) for row in rows[start : start + AT_ONCE]]
        added.update(map(tuple, connection.execute(once.values(some))))
    return frozenset(added)


def _json(value: object) -> str:
    return value if isinstance(value, Written) else written(value)


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _set_up(connection: SQLiteConnection, _: ConnectionPoolEntry) -> None:
    """Leave transactions to `_begin_sqlite`: the driver's own begin late, and two writers lose updates."""
    driver.set_up(connection)


def _begin_sqlite(connection: Connection) -> None:
    """Begin as a writer, or as a reader: by the shortest way, which every read goes and nothing can stop."""
    read_only = bool(connection.get_execution_options().get("reading"))
    known = connection.connection.info
    if known.get(READ_ONLY) is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
        known[READ_ONLY] = read_only
    if read_only:
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("reading"):
        with closing(
            connection.connection.cursor()
        ) as cursor:  # not as a stream, which the reader may ask for
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
