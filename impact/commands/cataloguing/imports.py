"""Commands about what files changed: undoing it, and listing it."""

import click

from impact.access import SYSTEM
from impact.commands.cataloguing.desk import Desk, Partner, end, import_told
from impact.commands.session import Because, Ended, Session
from impact.store.lists.imports import history
from impact.store.lists.taking_back import undo


@click.command("undo")
@click.argument("import_id")
@Because
@click.pass_obj
def undo_import(session: Session, import_id: str, reason: str) -> None:
    """Put back what an import changed: 0 undone, 2 it cannot be undone, and why."""
    from impact.store.decisions.grounds import stands_on  # noqa: PLC0415  # checking a file loads no graph

    done = undo(Desk(session.lang).engine, import_id, SYSTEM, stands_on=stands_on, reason=reason)
    end([import_told(done, session.lang)], Ended.WELL)


@click.command("history")
@Partner
@click.pass_obj
def list_imports(session: Session, partner: str) -> None:
    """List what a partner's files changed, the newest first."""
    imports = history(Desk(session.lang).engine, partner)
    end([import_told(each, session.lang) for each in imports], Ended.WELL)
