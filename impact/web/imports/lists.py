"""Lists as files: what a partner lists, to be changed and sent again, and empty ones to fill in."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response

from impact.catalog.export import export_csv, export_xlsx
from impact.catalog.templates import template_csv, template_xlsx
from impact.i18n import words
from impact.store.database import Database, reading
from impact.store.lists.listings import Listings
from impact.web.files import file_to_keep
from impact.web.imports.entering import own_or_404
from impact.web.language import spoken
from impact.web.plans import LANG

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KIND = "<any(csv, xlsx):kind>"


def register(pages: Blueprint, database: Database) -> None:
    """Add the files of lists to `pages`."""

    @pages.get(f"{LANG}/imports/template.{KIND}", endpoint="import_template")
    def _import_template(kind: str) -> Response:
        write = template_xlsx if kind == "xlsx" else template_csv
        return _file(kind, words("imports.template_name", spoken()), lambda path: write(path, spoken()))

    @pages.get(f"{LANG}/imports/of/<partner>/list.{KIND}", endpoint="listed")
    def _listed(partner: str, kind: str) -> Response:
        with reading(database) as connection:
            listings = list(Listings(connection, own_or_404(partner)).every().values())
        write = export_xlsx if kind == "xlsx" else export_csv
        return _file(kind, partner, lambda path: write(path, listings, spoken()))


def _file(kind: str, name: str, write: Callable[[Path], None]) -> Response:
    """Answer with the file that `write` writes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{kind}"
        write(path)
        return file_to_keep(path.read_bytes(), KINDS[kind], f"{name}.{kind}")
