"""Which SQLite is used, and how each of its connections is set up."""

import sqlite3
from importlib import import_module
from importlib.util import find_spec
from sqlite3 import Connection
from types import ModuleType

BUSY_MILLISECONDS = 30_000
SOUND_WAL = (3, 51, 3)
"""The first SQLite whose write-ahead log cannot corrupt a database that several processes use."""


def _newest() -> ModuleType:
    """Return the driver that brings its own, newer SQLite, where it is installed; else Python's."""
    return import_module("pysqlite3.dbapi2") if find_spec("pysqlite3") else sqlite3


MODULE = _newest()


def journal(version: tuple[int, ...]) -> str:
    """Return the journal for a SQLite of `version`: readers wait for no writer where that is sound."""
    return "WAL" if version >= SOUND_WAL else "DELETE"


def set_up(connection: Connection) -> None:
    """Let a connection wait for its turn, begin and end transactions itself, and lose none in a power cut."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_mode = {journal(MODULE.sqlite_version_info)}")
    connection.execute("PRAGMA synchronous = FULL")
