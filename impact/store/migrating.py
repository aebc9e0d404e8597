"""Migrating: the revisions that bring a database to the present schema; Alembic is loaded for it alone."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection

from impact.errors import BadInput, Issue

HERE = Path(__file__).parent


class TooNew(BadInput):
    """A later version has been at the database."""

    def __init__(self) -> None:
        super().__init__([Issue("database_too_new")])


def migrate(connection: Connection, to: str = "head") -> None:
    """Apply the revisions up to one, in a transaction with what else belongs to it.

    Raises
    ------
    TooNew
        The database is of a revision that is not known.
    """
    config = migrations()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise TooNew from error


def migrations() -> Config:
    """Say where the revisions lie."""
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    config.set_main_option("version_locations", str(HERE / "revisions").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    return config
