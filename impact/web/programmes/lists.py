"""The list of programmes, and beginning one from a template or from nothing."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for

from impact.config import DATA
from impact.errors import BadInput, refuse_if_any
from impact.gate import actor
from impact.programmes.document import ProgrammeDocument
from impact.programmes.goals import mistakes
from impact.programmes.templates import drafted, template_names
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes, standing
from impact.store.paging import Part
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG
from impact.web.programmes.filled import BLANK, Fault, begun, faults_of, today, too_early

AT_ONCE = 30


@dataclass(frozen=True)
class Line:
    """A programme as the list has it; `flagged` where its goal reads like something else."""

    document: ProgrammeDocument
    version: int
    flagged: bool
    published: str | None


def register(pages: Blueprint, database: Database) -> None:
    """Add the list of programmes, and beginning one, to `pages`."""

    @pages.get(f"{LANG}/programmes", endpoint="programmes")
    def _programmes() -> str:
        found = programmes.listed(database, Part(AT_ONCE, request.args.get("after") or None))
        lines = [_line(database, one) for one in found.items]
        return render_template("programmes/list.html", lines=lines, rest=found.next)

    @pages.get(f"{LANG}/programmes/new", endpoint="programme_new")
    def _programme_new() -> str:
        return _form([])

    @pages.post(f"{LANG}/programmes/new", endpoint="programme_begun")
    def _programme_begun() -> Page:
        try:
            document = begun()
            refuse_if_any(too_early(document))
            kept = enrolling.keep(database, document, actor())
        except BadInput as error:
            return _form(faults_of(error, spoken())), 422
        return redirect(url_for("web.programme", programme_id=kept.programme_id), 303)


def _line(database: Database, kept: programmes.ProgrammeVersion) -> Line:
    document = enrolling.document_of(kept)
    flagged = bool(document.goal and mistakes(document.goal))
    return Line(document, kept.version, flagged, standing.published(database, kept.programme_id))


def _form(wrong: list[Fault]) -> str:
    templates = [drafted(DATA, name, name, date(2000, 1, 1)) for name in template_names(DATA)]
    typed = {"template": request.args.get("template", BLANK), "start": today().isoformat()}
    return render_template(
        "programmes/new.html",
        templates=templates,
        blank=BLANK,
        typed={**typed, **request.form.to_dict()},
        wrong=wrong,
    )
