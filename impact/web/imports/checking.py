"""What was found in a file before anything is saved: how it was read, what to mend, what it changes."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from impact.catalog.columns import COLUMNS
from impact.catalog.differences import Outcome
from impact.catalog.files.texts import ENCODINGS
from impact.catalog.report import CheckDocument, Weight
from impact.errors import BadInput
from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store import partners
from impact.store.database import Database
from impact.store.queue.jobs import Job
from impact.web.files import file_to_keep
from impact.web.imports.filled import MARKS, how_to_read, meant
from impact.web.imports.findings import absent, changes, groups, meanings
from impact.web.jobs.outcomes import followed, job_or_404
from impact.web.language import spoken
from impact.web.people.forms import Page, note, reason, told
from impact.web.plans import LANG, STEPS

KIND, FILE, REPORT, REJECTED = "import_file", "file", "check.json", "rejected.csv"


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add the check of a file, and what can be done upon it, to `pages`."""

    @pages.get(f"{LANG}/imports/checks/<check_id>", endpoint="import_check")
    def _import_check(check_id: str) -> str:
        job = job_or_404(queue, check_id, KIND)
        return _page(database, job, _report(queue, job))

    @pages.post(f"{LANG}/imports/checks/<check_id>/again", endpoint="import_again")
    def _import_again(check_id: str) -> AnyResponse:
        job = job_or_404(queue, check_id, KIND)
        told = {"meant": meant(_report(queue, job).mapping)}
        asked = {name: job.asked[name] for name in ("file", "dry", "partly")}
        return _put(queue, job, {**asked, **how_to_read(), **told, "lang": spoken()})

    @pages.post(f"{LANG}/imports/checks/<check_id>/save", endpoint="import_saved")
    def _import_saved(check_id: str) -> Page:
        job = job_or_404(queue, check_id, KIND)
        retiring = request.form.get("absent") == "retire"
        try:
            said = reason() if retiring else note()
        except BadInput as error:
            return _page(database, job, _report(queue, job), told(error)), 422
        saving = {"dry": False, "retire_absent": retiring, "note": said, "lang": spoken()}
        return _put(queue, job, {**job.asked, **saving})

    @pages.get(f"{LANG}/imports/checks/<check_id>/rejected.csv", endpoint="import_rejected")
    def _import_rejected(check_id: str) -> Response:
        job = job_or_404(queue, check_id, KIND)
        content = queue.file(check_id, REJECTED) or abort(404)
        name = str(job.asked["file"]).rpartition(".")[0] or check_id
        return file_to_keep(content, "text/csv", f"{name}-{REJECTED}")


def _page(database: Database, job: Job, report: CheckDocument, wrong: Sequence[str] = ()) -> str:
    lang, outcomes = spoken(), report.outcomes
    return render_template(
        "imports/check.html",
        job=job,
        known=partners.get(database, job.partner or ""),
        report=report,
        meanings=meanings(report, lang),
        columns=COLUMNS,
        encodings=tuple(ENCODINGS),
        marks=MARKS,
        errors=groups(report, Weight.ERROR, lang),
        warnings=groups(report, Weight.WARNING, lang),
        changes=changes(report, lang),
        absent=absent(report),
        num_saved=outcomes[Outcome.NEW] + outcomes[Outcome.CHANGED],
        wrong=wrong,
        steps=STEPS,
    )


def _report(queue: Queue, job: Job) -> CheckDocument:
    """Return what a check found, or answer that it is not there (yet)."""
    content = queue.file(job.job_id, REPORT)
    if content is None or not job.asked.get("dry"):
        abort(404)
    return CheckDocument.model_validate_json(content)


def _put(queue: Queue, job: Job, asked: Mapping[str, object]) -> AnyResponse:
    """Ask for another job with the file of this one, and go where it is followed."""
    body = queue.file(job.job_id, FILE) or b""
    job_id = queue.put(KIND, asked, actor(), partner=job.partner, files={FILE: body})
    return redirect(followed(job_id), 303)
