"""Commands of who keeps the database: back it up, restore it, and forget what is past its time."""

from datetime import UTC, datetime
from pathlib import Path

import click

from impact.access import SYSTEM
from impact.commands.session import Folder, Session
from impact.config import Settings
from impact.errors import BadInput, Issue
from impact.i18n.wording import words
from impact.store.backups import Manifest, back_up
from impact.store.backups import restore as restored
from impact.store.database import connect, open_database
from impact.store.retention import retain as retained


@click.command("backup")
@click.argument("file", type=Folder)
@click.pass_obj
def backup(session: Session, file: Path) -> None:
    """Write everything as it is at one moment to FILE, a .zip; the service may go on meanwhile."""
    try:
        manifest = back_up(open_database(Settings.read().database_url), file)
    except OSError as error:
        raise BadInput([Issue("file_not_written", file.name, params={"reason": str(error)})]) from error
    click.echo(_told("backup.done", manifest, file, session.lang))


@click.command("restore")
@click.argument("file", type=Folder)
@click.option("--replace", is_flag=True, help="Take away first whatever the database holds.")
@click.pass_obj
def restore(session: Session, file: Path, replace: bool) -> None:
    """Put the backup in FILE into an empty database, its hashes and its audit log checked: all or nothing."""
    manifest = restored(connect(Settings.read().database_url), file, replacing=replace)
    click.echo(_told("backup.restored", manifest, file, session.lang))


@click.command("retain")
@click.option("--dry-run", is_flag=True, help="Count only, and leave everything as it is.")
@click.pass_obj
def retain(session: Session, dry_run: bool) -> None:
    """Forget personal data past its time, as docs/operations.md says; never what was decided or delivered."""
    database = open_database(Settings.read().database_url)
    for kind, count in retained(database, datetime.now(UTC), SYSTEM, dry_run=dry_run).items():
        click.echo(
            words("retain.line", session.lang, kind=words(f"retained.{kind}", session.lang), count=count)
        )
    if dry_run:
        click.echo(words("retain.dry", session.lang))


def _told(code: str, manifest: Manifest, file: Path, lang: str) -> str:
    rows = sum(part.rows for part in manifest.tables.values())
    return words(code, lang, file=str(file), count=rows, at=manifest.made_at, hash=manifest.audit or "-")
