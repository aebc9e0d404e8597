"""The page of one producer for the partner it belongs to: shown or not, why, and what would change it.

Here it applies for its products, too, and says which of them its county recommends.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from impact.errors import BadInput
from impact.i18n import programmes as worded
from impact.i18n import words
from impact.i18n.sentences import ruled
from impact.reports.solved import Solved
from impact.reports.why import Reason
from impact.store import partners
from impact.store.database import Database
from impact.web.imports.entering import own_or_404
from impact.web.language import spoken
from impact.web.people.forms import Page
from impact.web.plans import LANG
from impact.web.portal.own import Line, Own, Owners
from impact.web.programmes.applications import RECORDED, decide, due_of
from impact.web.programmes.filled import Fault, faults_of, said

MOST_REASONS = 5


def register(pages: Blueprint, database: Database, owners: Owners) -> None:
    """Add the page of a producer to `pages`."""

    @pages.get(f"{LANG}/portal/<partner>/producers/<own_id>", endpoint="own_producer")
    def _own_producer(partner: str, own_id: str) -> str:
        own, line = _found(partner, own_id)
        return _page(partner, own, line, [])

    @pages.post(f"{LANG}/portal/<partner>/producers/<own_id>", endpoint="own_applied")
    def _own_applied(partner: str, own_id: str) -> Page:
        own, line = _found(partner, own_id)
        try:
            decide(database, due_of(line.verdicts).get(said("step"), ()), RECORDED)
        except BadInput as error:
            return _page(partner, own, line, faults_of(error, spoken())), 422
        here = {"partner": partner, "own_id": own_id, "programme": own.document.programme_id}
        return redirect(url_for("web.own_producer", **here), 303)  # type: ignore[arg-type]

    def _found(partner: str, own_id: str) -> tuple[Own, Line]:
        own = owners.own(own_or_404(partner)) or abort(404)
        return own, own.lines.get(own_id) or abort(404)

    def _page(partner: str, own: Own, line: Line, wrong: list[Fault]) -> str:
        lang = spoken()
        return render_template(
            "portal/producer.html",
            partner=partner,
            known=partners.get(database, partner),
            own=own,
            line=line,
            reasons=_told(own, line, owners.reasons(own, line)[:MOST_REASONS], lang),
            found=lambda finding: worded.found(finding, lang, {line.region.adcode: line.region}),
            advice=lambda finding: worded.advice(finding.code, finding.rung, lang),
            rung=lambda rung: worded.rung(rung, lang),
            due={step: len(due_of(line.verdicts).get(step, ())) for step in RECORDED},
            typed=request.form,
            wrong=wrong,
        )


def _told(own: Own, line: Line, reasons: tuple[Reason, ...], lang: str) -> list[str]:
    """Say reasons; a rule that names goods of somebody else is not quoted."""
    mine = {case.product.product_id for case in line.cases}
    return [_reason(own.solved, one, mine, lang) for one in reasons if own.solved]


def _reason(solved: Solved, one: Reason, mine: set[str], lang: str) -> str:
    rule = _rule(solved, one.rule, mine, lang) if one.rule else ""
    return words(f"reason.{one.code}", lang, count=one.num_placements, rule=rule)


def _rule(solved: Solved, rule: str, mine: set[str], lang: str) -> str:
    spec = next((spec for spec in solved.programme.rules if spec["id"] == rule), {})
    if spec.get("product", "") not in {"", *mine}:
        return words("portal.another_rule", lang)
    return ruled(rule, solved, lang)
