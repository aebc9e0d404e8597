"""The table of interests: seen, taken away as a file, and replaced by one that was checked, for a reason."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from impact.catalog.wants import COLUMNS, differences, read_wants
from impact.errors import BadInput
from impact.exports.files import sheet_chunks
from impact.gate import actor
from impact.i18n import label
from impact.i18n.issues import say_placed
from impact.i18n.sentences import valued
from impact.model import Affinity, Catalog
from impact.store.catalogs import load_catalog
from impact.store.database import Database
from impact.store.wants import mark_of, replace_wants
from impact.web.files import file_to_keep
from impact.web.language import spoken
from impact.web.people.forms import Page, filled
from impact.web.plans import LANG

MOST_BYTES = 2**20


def register(pages: Blueprint, database: Database) -> None:
    """Add the pages of the table of interests to `pages`."""

    @pages.get(f"{LANG}/interests", endpoint="wants")
    def _wants() -> str:
        return _page(load_catalog(database))

    @pages.get(f"{LANG}/interests.csv", endpoint="wants_file")
    def _wants_file() -> Response:
        rows = ((one.category, one.interest, one.strength) for one in load_catalog(database).lexicon)
        return file_to_keep(sheet_chunks(COLUMNS, rows), "text/csv", "interests.csv")

    @pages.post(f"{LANG}/interests", endpoint="wants_checked")
    def _wants_checked() -> Page:
        return _checked(load_catalog(database), _sent())

    @pages.post(f"{LANG}/interests/save", endpoint="wants_saved")
    def _wants_saved() -> Page:
        catalog, text = load_catalog(database), filled("table")
        try:
            wants = read_wants(text, catalog)
            replace_wants(database, wants, actor(), reason=filled("reason"), expected=filled("mark"))
        except BadInput as error:
            return _checked(catalog, text, _told(error))
        return redirect(url_for("web.wants"), 303)


def _sent() -> str:
    """Return the table that was sent as a file, else what was pasted."""
    sent = request.files.get("file")
    content = sent.read(MOST_BYTES + 1) if sent and sent.filename else b""
    if len(content) > MOST_BYTES:
        abort(413)
    if not content:
        return filled("table")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _checked(catalog: Catalog, text: str, wrong: list[str] | None = None) -> Page:
    """Show what a table would change, or what has to be mended in it."""
    try:
        wants = read_wants(text, catalog)
    except BadInput as error:
        return _page(catalog, wrong or _told(error), text), 422
    found = differences(catalog.lexicon, wants)
    page = render_template(
        "admin/wants_check.html",
        found=found,
        text=text,
        mark=mark_of(catalog.lexicon),
        reason=filled("reason"),
        wrong=wrong or [],
        said=lambda one: _said(catalog, one),
    )
    return (page, 422) if wrong else page


def _page(catalog: Catalog, wrong: list[str] | None = None, text: str = "") -> str:
    return render_template(
        "admin/wants.html",
        wants=catalog.lexicon,
        said=lambda one: _said(catalog, one),
        columns=COLUMNS,
        text=text,
        wrong=wrong or [],
    )


def _said(catalog: Catalog, one: Affinity) -> tuple[str, str]:
    """Name the category and the interest of a line."""
    lang = spoken()
    return label("category", one.category, lang), valued("interest", one.interest, catalog, lang)


def _told(error: BadInput) -> list[str]:
    """Say all that is wrong, each with its line and column."""
    return [say_placed(replace(issue, file=None), spoken()) for issue in error.issues]
