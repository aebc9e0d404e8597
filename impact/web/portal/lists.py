"""The first page of a partner: its producers and how each stands, to search and to page through."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from impact.gate import actor
from impact.i18n import programmes as worded
from impact.reports.paged import page_of
from impact.reports.partners import Status
from impact.store import partners
from impact.store.database import Database
from impact.store.lists.imports import history
from impact.web.imports.entering import own_or_404
from impact.web.language import spoken
from impact.web.lists import page_asked
from impact.web.plans import LANG
from impact.web.portal.own import Line, Own, Owners

SORTS: Mapping[str, Callable[[Line], float | str]] = {
    "name": lambda line: line.producer.name,
    "region": lambda line: line.region.adcode,
    "promised": lambda line: -(line.promised or 0.0),
    "ready": lambda line: sum(step.is_reached for step in line.ladder),
}
"""In which order producers are listed; those that are alike, by their names."""
AT_ONCE, RECENT = 25, 3
"""So many producers are on a page; so many uploads are shown, the newest."""


@dataclass(frozen=True)
class Query:
    """What is looked for: words of a name, a place or a product, one status, in which order, which page."""

    text: str
    status: str
    sort: str
    page: int


def register(pages: Blueprint, database: Database, owners: Owners) -> None:
    """Add the portal's first page to `pages`."""

    @pages.get(f"{LANG}/portal", endpoint="portal")
    def _portal() -> Response:
        partner = actor().partner
        to = url_for("web.partner_portal", partner=partner) if partner else url_for("web.imports")
        return redirect(to, 303)

    @pages.get(f"{LANG}/portal/<partner>", endpoint="partner_portal")
    def _partner_portal(partner: str) -> str:
        own, query = owners.own(own_or_404(partner)), _query()
        lines = tuple(own.lines.values()) if own else ()
        found = sorted((line for line in lines if _wanted(line, query)), key=SORTS[query.sort])
        return render_template(
            "portal/list.html",
            partner=partner,
            known=partners.get(database, partner),
            programmes=[(each.programme_id, each.document["name"]) for each in owners.programmes()],
            own=own,
            counts=Counter(line.status for line in lines),
            promised=sum(line.promised or 0.0 for line in lines),
            delivered=sum(line.delivered for line in lines),
            statuses=tuple(Status),
            sorts=tuple(SORTS),
            query=query,
            found=page_of(found, query.page, AT_ONCE),
            left_out=_left_out(own),
            imports=history(database, partner)[:RECENT],
            advice=lambda line: _advice(line, spoken()),
        )


def _wanted(line: Line, query: Query) -> bool:
    names = (line.producer.name, line.region.name, *(case.product.name for case in line.cases))
    is_so = query.status in ("", line.status)
    return is_so and query.text.casefold() in "\n".join(names).casefold()


def _left_out(own: Own | None) -> int:
    """Count what is listed and became no product."""
    return len(own.enrolled.joined.left_out) if own else 0


def _advice(line: Line, lang: str) -> str:
    """Say what to do next: what would let it in, else what its lowest missing rung asks; empty if nothing."""
    missing = (step.finding for step in line.ladder if not step.is_reached)
    finding = line.change.finding if line.change else next(missing, None)
    return worded.advice(finding.code, finding.rung, lang) if finding and finding.rung else ""


def _query() -> Query:
    """Read what to look for from the address; what the form does not offer is refused."""
    status, sort = request.args.get("status", ""), request.args.get("sort", "name")
    if status not in ("", *Status) or sort not in SORTS:
        abort(400)
    return Query(request.args.get("q", "").strip(), status, sort, page_asked())
