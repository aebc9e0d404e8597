"""Open a database and bring it up to the present schema."""

from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import TypeAlias

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 30_000
HERE = Path(__file__).parent
Database: TypeAlias = Engine
"""A database opened: what those pass on who speak no SQL."""


def open_database(url: str) -> Engine:
    """Open the database at `url`, making its file and folder where there is none, and migrate it."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _make_folder(url)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    upgrade(engine)
    return engine


def upgrade(engine: Engine) -> None:
    """Apply the revisions that the database has not seen."""
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    config.set_main_option("version_locations", str(HERE / "revisions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _make_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _set_up(connection: SQLiteConnection, _: ConnectionPoolEntry) -> None:
    """Leave transactions to `_begin`: the driver's own begin late, and two writers lose updates."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
