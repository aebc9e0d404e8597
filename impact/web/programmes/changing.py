"""Changing a programme part by part: its method, who may be in it, its milestones; each wants a reason."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for

from impact.errors import BadInput, Issue, refuse_if_any
from impact.gate import actor
from impact.programmes.document import ProgrammeDocument
from impact.programmes.reading import read_document
from impact.regions.resolver import Resolver
from impact.store.database import Database
from impact.store.decisions import enrolling, standing
from impact.store.decisions.programmes import ProgrammeVersion
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG
from impact.web.programmes import criteria_form, method_form, milestones_form, quotas_form
from impact.web.programmes.filled import Fault, faults_of, said, today
from impact.web.programmes.goals import programme_or_404, version_filled_in, version_to_fill_in

Parts = Mapping[str, object]


@dataclass(frozen=True)
class Sheet:
    """A form for a part of the document: what it says as parts, and what the page shows of it.

    `field` names the field of the form by what points at something in the document.
    """

    said: Callable[[ProgrammeDocument, Resolver], Parts]
    shown: Callable[[Database, ProgrammeDocument], Parts]
    field: Callable[[str], str] = str


SHEETS: Mapping[str, Sheet] = {
    "method": Sheet(method_form.parts_said, method_form.shown, method_form.field_of),
    "criteria": Sheet(criteria_form.parts_said, criteria_form.shown),
    "quotas": Sheet(quotas_form.parts_said, quotas_form.shown),
    "milestones": Sheet(milestones_form.parts_said, milestones_form.shown, milestones_form.field_of),
}
"""The forms, by what stands in their addresses."""
PART = f"{LANG}/programmes/<programme_id>/<any({', '.join(SHEETS)}):part>"


def register(pages: Blueprint, database: Database, resolver: Callable[[], Resolver]) -> None:
    """Add the forms of the parts of a programme to `pages`."""

    @pages.get(PART, endpoint="programme_part")
    def _programme_part(programme_id: str, part: str) -> str:
        return _page(database, programme_or_404(database, programme_id), part)

    @pages.post(PART, endpoint="programme_changed")
    def _programme_changed(programme_id: str, part: str) -> Page:
        kept, expected = programme_or_404(database, programme_id), version_filled_in()
        try:
            before = enrolling.document_of(kept)
            document = _with(before, SHEETS[part].said(before, resolver()))
            enrolling.keep(database, document, actor(), expected=expected, reason=_reason(), on=today())
        except BadInput as error:
            return _page(database, kept, part, error), 422
        return redirect(url_for("web.programme", programme_id=programme_id, _anchor=part), 303)


def _with(document: ProgrammeDocument, parts: Parts) -> ProgrammeDocument:
    """Put what a form says into a document."""
    return read_document(json.dumps(document.model_dump(mode="json") | dict(parts)))


def _wrong(sheet: Sheet, refused: BadInput) -> list[Fault]:
    found = faults_of(refused, spoken())
    return [replace(each, field=sheet.field(each.field)) for each in found]


def _reason() -> str:
    reason = said("reason")
    refuse_if_any(() if reason else [Issue("change_reason_missing", column="reason")])
    return reason


def _page(database: Database, kept: ProgrammeVersion, part: str, refused: BadInput | None = None) -> str:
    document = enrolling.document_of(kept)
    return render_template(
        f"programmes/{part}.html",
        kept=kept,
        document=document,
        part=part,
        published=standing.published(database, kept.programme_id),
        typed=request.form,
        wrong=_wrong(SHEETS[part], refused) if refused else [],
        version=version_to_fill_in(kept, refused),
        **SHEETS[part].shown(database, document),
    )
