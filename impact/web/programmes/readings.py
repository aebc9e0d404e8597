"""The readings of a milestone that nothing here counts: all that was stated of it, and stating one more."""

from collections.abc import Iterator

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput, Issue, refuse_if_any
from impact.gate import actor
from impact.programmes.milestones import Reading
from impact.store.database import Database
from impact.store.decisions import enrolling
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.happened.readings import MEASURED
from impact.store.happened.stated import all_stated, state
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG
from impact.web.programmes.filled import day_or_none, faults_of, figure_faults, figure_or_none, said, today
from impact.web.programmes.goals import programme_or_404
from impact.web.programmes.told import Step, steps_told

ONE = f"{LANG}/programmes/<programme_id>/milestones/<milestone_id>"


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of a milestone's readings to `pages`."""

    @pages.get(ONE, endpoint="milestone")
    def _milestone(programme_id: str, milestone_id: str) -> str:
        kept = programme_or_404(database, programme_id)
        return _page(database, kept, _step(database, kept, milestone_id))

    @pages.post(ONE, endpoint="reading_stated")
    def _reading_stated(programme_id: str, milestone_id: str) -> Page:
        kept = programme_or_404(database, programme_id)
        step = _step(database, kept, milestone_id)
        try:
            state(database, programme_id, step.milestone, _said(), who=actor(), on=today())
        except BadInput as error:
            return _page(database, kept, step, error), 422
        return redirect(url_for("web.milestone", programme_id=programme_id, milestone_id=milestone_id), 303)


def _step(database: Database, kept: ProgrammeVersion, milestone_id: str) -> Step:
    """Find a milestone that people state readings of, or answer that there is none."""
    steps = steps_told(enrolling.document_of(kept), database, today())
    found = (each for each in steps if each.milestone.milestone_id == milestone_id)
    step = next(found, None) or abort(404)
    return abort(404) if step.milestone.metric == MEASURED else step


def _said() -> Reading:
    """Return the reading that the form states; raises `BadInput` with every field that is not usable."""
    refuse_if_any(_faults())
    on, value = day_or_none("on"), figure_or_none("value")
    assert on is not None and value is not None
    return Reading(on, value, said("source"))


def _faults() -> Iterator[Issue]:
    try:
        if day_or_none("on") is None:
            yield Issue("field_missing", column="on")
    except BadInput as error:
        yield from error.issues
    yield from figure_faults("value", may_be_missing=False)


def _page(database: Database, kept: ProgrammeVersion, step: Step, refused: BadInput | None = None) -> str:
    return render_template(
        "programmes/milestone.html",
        kept=kept,
        document=enrolling.document_of(kept),
        step=step,
        stated=all_stated(database, kept.programme_id, step.milestone),
        has_begun=step.milestone.first <= today(),
        last=min(step.milestone.due, today()),
        typed={"on": min(step.milestone.due, today()).isoformat()} | request.form.to_dict(),
        wrong=faults_of(refused, spoken()) if refused else [],
    )
