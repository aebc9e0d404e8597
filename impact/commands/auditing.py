"""Commands about the audit log: whether it still holds together, and what is in it."""

from collections.abc import Iterator

import click

from impact.commands.session import Ended, Session
from impact.config import Settings
from impact.i18n.wording import words
from impact.store.audit import NOTHING, Entry, Sought, entries, holds, verify
from impact.store.database import open_database, reading


@click.group("audit")
def audit() -> None:
    """Read the audit log, and check that nobody changed it."""


@audit.command("verify")
@click.option(
    "--known", metavar="HASH", help="A hash noted earlier: an end cut off the log shows by it alone."
)
@click.pass_context
def verify_log(context: click.Context, known: str | None) -> None:
    """Follow the chain of the log: 0 whole, 1 an entry was changed, left out or put in between."""
    session: Session = context.obj
    with reading(open_database(Settings.read().database_url)) as connection:
        broken = list(verify(connection))
        lost = known is not None and not holds(connection, known)
        newest = entries(connection, limit=1)
    for number in broken:
        click.echo(words("audit.broken", session.lang, number=number), err=True)
    if lost:
        click.echo(words("audit.lost", session.lang, hash=str(known)), err=True)
    if broken or lost:
        context.exit(Ended.CLAIM_FALSE)
    for entry in newest:
        click.echo(words("audit.whole", session.lang, count=entry.number, hash=entry.hash))
    if not newest:
        click.echo(words("audit.empty", session.lang))


@audit.command("list")
@click.option("--who", default="", help="Only what one user or token did, by id.")
@click.option("--what", default="", help="Only one kind of thing done.")
@click.option("--subject", default="", help="Only what was done to one thing.")
@click.option("--before", type=click.IntRange(min=1), help="Only entries with a lower number.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.pass_obj
def list_log(session: Session, /, before: int | None, limit: int, **sought: str) -> None:
    """List what was done, the newest first."""
    with reading(open_database(Settings.read().database_url)) as connection:
        for entry in entries(connection, Sought(**sought), before=before, limit=limit):
            click.echo("\n".join(_told(entry, session.lang)))


def _told(entry: Entry, lang: str) -> Iterator[str]:
    yield words(
        "audit.entry",
        lang,
        number=entry.number,
        at=entry.at,
        who=entry.who,
        role=entry.role,
        what=entry.what,
        subject=entry.subject,
    )
    for name in ("before", "after", "reason", "token", "request_id"):
        value = getattr(entry, name)
        if value not in ("", NOTHING):
            yield words(f"audit.{name}", lang, value=value)
