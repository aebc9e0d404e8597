"""Partners: who brings producers in, page by page; one is added, or takes part no longer."""

import re

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput, Issue, Unknown
from impact.gate import actor
from impact.store import partners
from impact.store.database import Database
from impact.store.paging import Part
from impact.store.partners import Partner
from impact.store.reasons import reasons
from impact.web.people.forms import Page, filled, reason, told
from impact.web.plans import LANG

AT_ONCE = 50
USUAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""An id that fits into an address."""


def register(pages: Blueprint, database: Database) -> None:
    """Add the page of partners to `pages`."""

    @pages.get(f"{LANG}/partners", endpoint="partners")
    def _partners() -> str:
        return _page(database)

    @pages.post(f"{LANG}/partners", endpoint="partner_added")
    def _partner_added() -> Page:
        try:
            partners.create(database, _wanted(), actor())
        except BadInput as error:
            return _page(database, told(error)), 422
        return redirect(url_for("web.partners"), 303)

    @pages.post(f"{LANG}/partners/<partner>/retire", endpoint="partner_retired")
    def _partner_retired(partner: str) -> Page:
        try:
            partners.retire(database, partner, actor(), expected=None, reason=reason())
        except Unknown:
            abort(404)
        except BadInput as error:
            return _page(database, told(error)), 409
        return redirect(url_for("web.partners"), 303)


def _page(database: Database, wrong: list[str] | None = None) -> str:
    found = partners.listed(database, Part(AT_ONCE, request.args.get("after") or None))
    return render_template(
        "admin/partners.html",
        partners=found.items,
        whys=reasons(database, [one.partner_id for one in found.items if one.retired_at], partners.RETIRED),
        rest=found.next,
        typed=request.form.to_dict(),
        wrong=wrong or [],
    )


def _wanted() -> Partner:
    """Read the partner that the form names; a name in one language goes for both.

    Raises
    ------
    BadInput
        The id does not fit into an address, or there is no name.
    """
    partner_id, zh, en = (filled(name).strip() for name in ("partner_id", "name_zh", "name_en"))
    issues = (
        [] if USUAL.fullmatch(partner_id) else [Issue("partner_id_not_valid", params={"value": partner_id})]
    )
    issues += [] if zh or en else [Issue("partner_name_missing")]
    if issues:
        raise BadInput(issues)
    return Partner(partner_id, zh or en, en or zh)
