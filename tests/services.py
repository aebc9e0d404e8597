"""A whole service over a database of its own, as it is composed for people."""

from pathlib import Path
from tempfile import mkdtemp

from flask import Flask

from impact.app import create_app
from impact.config import Settings
from impact.reports.solved import Shelf
from impact.store.database import Database, open_database


def database() -> Database:
    """An empty database in a folder of its own."""
    return open_database(f"sqlite:///{Path(mkdtemp()) / 'impact.sqlite3'}")


def service(shelf: Shelf | None = None, kept: Database | None = None, **settings: object) -> Flask:
    """A service over `kept`, or a database of its own, that counts no requests unless told to."""
    known = Settings("", **{"requests_a_minute": 1_000_000_000, **settings})
    return create_app(kept or database(), known, shelf)
