"""Commands that write lists: of what a partner sells, an empty one to fill in, and what one may hold."""

from pathlib import Path

import click

from impact.catalog.export import export_csv, export_xlsx
from impact.catalog.rejected import SPREADSHEET
from impact.catalog.templates import template_csv, template_xlsx
from impact.commands.cataloguing.desk import Desk, Out, Partner, end
from impact.commands.session import Ended, Folder, Session
from impact.i18n.catalog_format import format_page
from impact.i18n.wording import words
from impact.store.database import reading
from impact.store.lists.listings import Listings


@click.command("export")
@Partner
@Out
@click.pass_obj
def export_listings(session: Session, /, partner: str, out: Path) -> None:
    """Write what a partner lists to a file that can be changed and committed again."""
    with reading(Desk(session.lang).engine) as connection:
        listings = list(Listings(connection, partner).every().values())
    write = export_xlsx if out.suffix.lower() == SPREADSHEET else export_csv
    write(out, listings, session.lang)
    end([words("import.exported", session.lang, count=len(listings), out=str(out))], Ended.WELL)


@click.command("template")
@Out
@click.pass_obj
def write_template(session: Session, /, out: Path) -> None:
    """Write an empty list with examples to fill in."""
    write = template_xlsx if out.suffix.lower() == SPREADSHEET else template_csv
    write(out, session.lang)
    end([words("import.template", session.lang, out=str(out))], Ended.WELL)


@click.command("format")
@click.option("--out", type=Folder, required=True, help="A .md file.")
@click.pass_obj
def write_format(session: Session, /, out: Path) -> None:
    """Write docs/catalog-format.md: which columns a list may have, and how they are understood."""
    out.write_text(format_page(), "utf-8")
    end([words("import.format", session.lang, out=str(out))], Ended.WELL)
