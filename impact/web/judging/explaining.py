"""The page that explains a plan, at three depths: one sentence, what adds up to it, the full record.

What only solving again can tell is asked for by a form, done by a job, and shown on the same page.
"""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, render_template, request

from impact.bundles.explanations.explanation import ExplanationDocument
from impact.errors import BadInput, Unknown
from impact.gate import actor
from impact.jobs.kinds.explain_plan import EXPLANATION
from impact.jobs.queue import Queue
from impact.reports.explained import Account, Cases, Gathered, Many, account, gathered, subject_of
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions import standing
from impact.web.jobs.outcomes import WHOM, followed, job_or_404
from impact.web.judging.answers import Answer, answer_of
from impact.web.judging.links import told_account
from impact.web.judging.members import told_gathered
from impact.web.judging.names import Names, names_of
from impact.web.judging.told import Told
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG, solved_or_404
from impact.web.programmes.filled import Fault, faults_of


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page that explains a plan to `pages`."""
    cases, queue = Cases(shelf), Queue(database)

    @pages.get(f"{LANG}/plans/<plan_id>/explain", endpoint="explained")
    def _explained(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        return _page(
            database, _found(cases, solved, _given(request.args)), solved, answer=_answered(queue, solved)
        )

    @pages.post(f"{LANG}/plans/<plan_id>/explain", endpoint="explanation_asked")
    def _explanation_asked(plan_id: str) -> Page:
        solved, whom = solved_or_404(shelf, plan_id), _given(request.form)
        found = _found(cases, solved, whom)
        if isinstance(found, Gathered):
            abort(400)
        try:
            job_id = queue.put("explain_plan", {"plan": plan_id, **whom, **_wanted()}, actor())
        except BadInput as error:
            return _page(database, found, solved, wrong=faults_of(error, spoken())), 422
        return redirect(followed(job_id), 303)


def _page(
    database: Database,
    found: Account | Gathered,
    solved: Solved,
    *,
    answer: Answer | None = None,
    wrong: Sequence[Fault] = (),
) -> str:
    names, made_from = names_of(solved, spoken()), standing.get(database, solved.plan_id)
    return render_template(
        "judging/explained.html",
        solved=solved,
        told=_told(found, names),
        whom=_given(request.values),
        answer=answer,
        made_from=made_from,
        typed=request.form,
        wrong=wrong,
    )


def _told(found: Account | Gathered, names: Names) -> Told:
    return told_gathered(found, names) if isinstance(found, Gathered) else told_account(found, names)


def _given(said: Mapping[str, str]) -> dict[str, str]:
    return {name: said[name] for name in (*WHOM, *Many) if said.get(name)}


def _found(cases: Cases, solved: Solved, whom: Mapping[str, str]) -> Account | Gathered:
    """Find what the address asks about; 404 where nobody bears the id, 400 where it asks for nobody."""
    many = [kind for kind in Many if kind in whom]
    if len(many) > 1 or (many and len(whom) > 1) or not whom:
        abort(400)
    try:
        if many:
            return gathered(solved, many[0], whom[many[0]])
        return account(solved, cases.of(solved), subject_of(solved, **whom))
    except BadInput as error:
        abort(404 if isinstance(error, Unknown) else 400)


def _wanted() -> dict[str, object]:
    """Read how much is wanted; what is no number is refused as such where it is asked for."""
    said = request.form.get("at_least", "").replace(",", "").strip()
    return {"at_least": said} if said else {}


def _answered(queue: Queue, solved: Solved) -> Answer | None:
    """Return what came of the job that the address names, None where it names none."""
    job_id = request.args.get("answer")
    if not job_id:
        return None
    job, file = job_or_404(queue, job_id, "explain_plan"), queue.file(job_id, EXPLANATION)
    if file is None or job.asked.get("plan") != solved.plan_id:
        abort(404)
    return answer_of(ExplanationDocument.model_validate_json(file), names_of(solved, spoken()))
