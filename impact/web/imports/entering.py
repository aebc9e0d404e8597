"""Where an import begins: whose file it is, the file itself, and what came before."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.catalog.files.texts import ENCODINGS
from impact.errors import BadInput
from impact.gate import actor
from impact.jobs.queue import Queue
from impact.store import partners
from impact.store.database import Database
from impact.store.lists.imports import history
from impact.store.paging import Part
from impact.web.imports.filled import MARKS, how_to_read, uploaded
from impact.web.jobs.outcomes import followed
from impact.web.language import spoken
from impact.web.people.forms import Page, told
from impact.web.plans import LANG, STEPS

KNOWN = 200
"""So many partners are offered; others can be typed."""
LONGEST_ID = 100


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add whose file it is, and the page of a partner's imports, to `pages`."""

    @pages.get(f"{LANG}/imports", endpoint="imports")
    def _imports() -> Response | str:
        partner = actor().partner or request.args.get("partner", "").strip()
        if partner:
            return redirect(url_for("web.partner_imports", partner=partner), 303)
        known = partners.listed(database, Part(KNOWN)).items
        return render_template("imports/whose.html", partners=known)

    @pages.get(f"{LANG}/imports/of/<partner>", endpoint="partner_imports")
    def _partner_imports(partner: str) -> str:
        return page_of(database, own_or_404(partner))

    @pages.post(f"{LANG}/imports/of/<partner>", endpoint="import_asked")
    def _import_asked(partner: str) -> Page:
        own_or_404(partner)
        try:
            sent = uploaded()
            asked = {"file": sent.name, **how_to_read(), "dry": True, "partly": True, "lang": spoken()}
            job_id = queue.put("import_file", asked, actor(), partner=partner, files={"file": sent.body})
        except BadInput as error:
            return page_of(database, partner, told(error)), 422
        return redirect(followed(job_id), 303)


def own_or_404(partner: str) -> str:
    """Return `partner`, whose files whoever asks may see; others are not there."""
    if not actor().sees(partner) or not partner.isprintable() or len(partner) > LONGEST_ID:
        abort(404)
    return partner


def page_of(database: Database, partner: str, wrong: list[str] | None = None) -> str:
    """Show where a partner's files are sent, and what they changed."""
    return render_template(
        "imports/partner.html",
        partner=partner,
        known=partners.get(database, partner),
        imports=history(database, partner),
        pasted=request.form.get("pasted", ""),
        encodings=tuple(ENCODINGS),
        marks=tuple(MARKS),
        steps=STEPS,
        wrong=wrong or [],
    )
