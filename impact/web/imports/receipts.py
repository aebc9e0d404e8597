"""What an import came to, and taking it back."""

from flask import Blueprint, abort, redirect, render_template, url_for

from impact.errors import BadInput
from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store import partners
from impact.store.database import Database
from impact.store.decisions.grounds import stands_on
from impact.store.lists.imports import history
from impact.store.lists.taking_back import undo
from impact.store.queue.jobs import JobStatus
from impact.web.imports.entering import own_or_404, page_of
from impact.web.jobs.outcomes import job_or_404
from impact.web.people.forms import Page, reason, told
from impact.web.plans import LANG, STEPS


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add receipts, and undoing, to `pages`."""

    @pages.get(f"{LANG}/imports/receipts/<receipt_id>", endpoint="import_receipt")
    def _import_receipt(receipt_id: str) -> str:
        job = job_or_404(queue, receipt_id, "import_file")
        if job.status is not JobStatus.SUCCEEDED or job.asked.get("dry"):
            abort(404)
        imports = {each.import_id: each for each in history(database, job.partner or "")}
        done = imports.get(str(job.result.get("import")))
        known = partners.get(database, job.partner or "")
        return render_template("imports/receipt.html", job=job, done=done, known=known, steps=STEPS)

    @pages.post(f"{LANG}/imports/of/<partner>/<import_id>/undo", endpoint="import_undone")
    def _import_undone(partner: str, import_id: str) -> Page:
        known = {each.import_id for each in history(database, own_or_404(partner))}
        if import_id not in known:
            abort(404)
        try:
            undo(database, import_id, actor(), stands_on=stands_on, reason=reason())
        except BadInput as error:
            return page_of(database, partner, told(error)), 409
        return redirect(url_for("web.partner_imports", partner=partner, _anchor="history"), 303)
