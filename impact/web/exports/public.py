"""A published plan for everybody, where that is switched on: its rules and its spread, nobody's figures."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from impact.errors import BadInput
from impact.gate import actor
from impact.reports.breakdown import breakdown
from impact.reports.measures import Measures
from impact.reports.pooled import pooled
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions import standing
from impact.store.decisions.life import PlanLife
from impact.store.decisions.openness import is_public, make_private, make_public
from impact.web.deciding import deciding
from impact.web.figures import FIGURES, group_table
from impact.web.language import spoken
from impact.web.people.forms import Page, note, reason, told
from impact.web.plans import LANG, RuleLine, overview_of, plan_page, rule_lines, solved_or_404
from impact.web.tables import Table

OF_PRODUCERS = ("macro_region", "region", "tier", "type")
SECONDS = 300
"""So long the page may be kept by whoever has it; so long it may still be seen once it is switched off."""
FEWEST_DRAWN = 40
"""A curve of fewer producers would show single ones between two of its points."""


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the public page of plans to `pages`."""
    life = PlanLife(database)

    @pages.get(f"{LANG}/public/<plan_id>", endpoint="public_plan")
    def _public_plan(plan_id: str) -> Response:
        if not is_public(database, plan_id):
            abort(404)
        solved, lang = solved_or_404(shelf, plan_id), spoken()
        overview, stands = overview_of(solved), standing.get(database, plan_id)
        rules = [rule for rule in _rules(solved, lang) if rule]
        page = render_template(
            "exports/public.html",
            visitor=None,
            overview=overview,
            period=stands.period if stands else "",
            rules=rules,
            num_locks=len(solved.programme.rules) - len(rules),
            figures=_figures(solved, lang),
            curve=_curve(solved, overview.measures, lang),
        )
        return _kept(make_response(page))

    @pages.post(f"{LANG}/plans/<plan_id>/public", endpoint="plan_opened")
    def _plan_opened(plan_id: str) -> Page:
        solved = solved_or_404(shelf, plan_id)
        try:
            if request.form.get("public"):
                make_public(database, plan_id, actor(), reason=note())
            else:
                make_private(database, plan_id, actor(), reason=reason())
        except BadInput as error:
            decided = deciding(database, life, solved) or abort(404)
            return plan_page(solved, deciding=decided, wrong=told(error)), 409
        return redirect(url_for("web.plan", plan_id=plan_id, _anchor="deciding"), 303)


def _rules(solved: Solved, lang: str) -> list[RuleLine | None]:
    """Tell every rule but those that name a product."""
    lines = zip(solved.programme.rules, rule_lines(solved, lang), strict=True)
    return [None if "product" in spec else line for spec, line in lines]


def _figures(solved: Solved, lang: str) -> Mapping[str, Table]:
    groups = {name: pooled(breakdown(solved, name)) for name in OF_PRODUCERS}
    told = {name: group_table(found, solved, lang) for name, found in groups.items()}
    return {**told, "channel": FIGURES["channel"](solved, lang)}


def _curve(solved: Solved, measures: Measures, lang: str) -> Table | None:
    spread = measures.spread
    return FIGURES["lorenz"](solved, lang) if spread and spread.num_producers >= FEWEST_DRAWN else None


def _kept(page: Response) -> Response:
    """Let anybody keep the page for a while, and ask then whether it is still the same."""
    page.cache_control.public = True
    page.cache_control.max_age = SECONDS
    page.add_etag()
    page.make_conditional(request)
    return page
