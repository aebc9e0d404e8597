"""Desk: what these commands share, a language and a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import click
from sqlalchemy import Engine

from impact.commands.session import Ended, Folder
from impact.config import Settings
from impact.errors import Issue
from impact.i18n.issues import say
from impact.i18n.wording import words
from impact.store.database import open_database
from impact.store.lists.imports import Import

Partner = click.option("--partner", required=True, help="Whose file it is.")
Out = click.option("--out", type=Folder, required=True, help="A .xlsx or a .csv file.")


@dataclass(frozen=True)
class Desk:
    """Where files are looked at: in one language, beside one database."""

    lang: str

    @cached_property
    def engine(self) -> Engine:
        """The database."""
        return open_database(Settings.read().database_url)

    def say(self, issue: Issue) -> str:
        """Say what is wrong and what to do."""
        return say(issue, self.lang)


def import_told(done: Import, lang: str) -> str:
    """Say what an import came to, in one line."""
    if done.import_id is None:
        return words("import.nothing", lang, file=done.arrival.file)
    counts = {name: int(count) for name, count in done.counts.items()}
    said = words(
        "import.done", lang, value=done.import_id, at=done.imported_at, file=done.arrival.file, **counts
    )
    if done.undone_at:
        said += words("import.undone", lang, at=done.undone_at)
    reasons = [reason for reason in (done.note, done.undone_because) if reason]
    return said + "".join(words("import.because", lang, reason=reason) for reason in reasons)


def end(told: Iterable[str], ended: Ended) -> NoReturn:
    """Print what is told, and end the command."""
    click.echo("\n".join(told))
    raise click.exceptions.Exit(ended)
