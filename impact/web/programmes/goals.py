"""The page of a programme: its goal apart from its method, who may be in it, and what was made of it."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput
from impact.gate import actor
from impact.i18n.issues import say
from impact.programmes.document import ProgrammeDocument
from impact.programmes.goals import metrics, mistakes
from impact.store.database import Database
from impact.store.decisions import enrolling, programmes, scenarios, standing
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.decisions.standing import Sought
from impact.store.decisions.waiting import moved_last
from impact.store.paging import Part
from impact.web.deciding import here_of
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, STEPS
from impact.web.programmes.filled import faults_of, goal_typed, said, today, with_goal
from impact.web.programmes.told import criteria_told, parts_changed, rules_told, steps_told

RECENT = 20
"""So many scenarios and plans of a programme are shown, the newest."""


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of a programme, and changing its goal, to `pages`."""

    @pages.get(f"{LANG}/programmes/<programme_id>", endpoint="programme")
    def _programme(programme_id: str) -> str:
        newest = programme_or_404(database, programme_id)
        number = request.args.get("version", newest.version, int)
        return _page(database, programmes.get(database, programme_id, number) or abort(404))

    @pages.post(f"{LANG}/programmes/<programme_id>", endpoint="goal_changed")
    def _goal_changed(programme_id: str) -> Page:
        kept = programme_or_404(database, programme_id)
        try:
            document = with_goal(enrolling.document_of(kept))
            enrolling.keep(database, document, actor(), expected=version_filled_in(), on=today())
        except BadInput as error:
            return _page(database, kept, error), 422
        return redirect(url_for("web.programme", programme_id=programme_id), 303)


def programme_or_404(database: Database, programme_id: str) -> ProgrammeVersion:
    """Find a programme as it is now, or answer that there is none."""
    return programmes.get(database, programme_id) or abort(404)


def version_filled_in() -> int:
    """Return the version that the form was filled in from; it always says one."""
    version = said("version")
    return int(version) if version.isdecimal() and len(version) < 10 else abort(400)


def version_to_fill_in(kept: ProgrammeVersion, refused: BadInput | None) -> int:
    """Return the version a form is filled in from: the one it was opened at, until one is told of a newer."""
    is_told = refused and any(issue.code == "version_moved" for issue in refused.issues)
    return version_filled_in() if refused and not is_told else kept.version


def _month(document: ProgrammeDocument) -> str:
    """Return the month a scenario is most likely for: that of the window, else this one."""
    window = document.method.window
    return f"{window.first if window else today():%Y-%m}"


def _page(database: Database, kept: ProgrammeVersion, refused: BadInput | None = None) -> str:
    lang, document, part = spoken(), enrolling.document_of(kept), Part(RECENT)
    plans = standing.listed(database, part, Sought(programme_id=kept.programme_id)).items
    moved = moved_last(database, [kept.programme_id]).get(kept.programme_id)
    flags, history = (
        mistakes(document.goal) if document.goal else (),
        programmes.versions(database, kept.programme_id),
    )
    return render_template(
        "programmes/programme.html",
        kept=kept,
        document=document,
        steps=STEPS,
        here=here_of(moved),
        moved=moved,
        flags=[say(each, lang) for each in flags],
        typed=goal_typed(document),
        wrong=faults_of(refused, lang) if refused else [],
        version=version_to_fill_in(kept, refused),
        history=history,
        is_old=kept.version != history[0].version,
        parts_changed=lambda version: parts_changed(version.changed, lang),
        period=_month(document),
        outcomes=sorted(metrics().outcomes),
        processes=sorted(metrics().processes),
        rules=rules_told(document, database, lang),
        criteria=criteria_told(document, database, lang),
        milestones=steps_told(document, database, today()),
        scenarios=scenarios.listed(database, part, programme_id=kept.programme_id).items,
        plans_of={plan.scenario_id: plan for plan in reversed(plans)},
    )
