"""Demand that no product may be shown to, and the nearest regions to recruit from."""

from flask import Blueprint, Response, render_template

from impact.i18n import label, words
from impact.i18n.places import placed
from impact.i18n.sentences import valued
from impact.reports.recruiting import Origin, Unmet, unmet_demand
from impact.reports.solved import Shelf, Solved
from impact.web.language import spoken
from impact.web.plans import LANG, csv_file, solved_or_404
from impact.web.tables import Column, Table

NUM_SHOWN = 50
"""Groups of consumers the page lists, the greatest first; the file has them all."""


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add the addresses of the list to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/recruit", endpoint="recruiting")
    def _recruiting(plan_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        found, lang = unmet_demand(solved.graph), spoken()
        return render_template(
            "atlas/recruit.html",
            solved=solved,
            found=found[:NUM_SHOWN],
            num_found=len(found),
            supply=sum(each.supply for each in found),
            segment_name=lambda each: _named(each, solved, lang),
            reasons=lambda origin: _reasons(origin, lang),
        )

    @pages.get(f"{LANG}/plans/<plan_id>/recruit.csv", endpoint="recruiting_file")
    def _file(plan_id: str) -> Response:
        solved = solved_or_404(shelf, plan_id)
        return csv_file(_table(solved, spoken()), f"{plan_id}-recruit.csv")


def _named(each: Unmet, solved: Solved, lang: str) -> str:
    interest = valued("interest", each.segment.interest, solved.graph.catalog, lang)
    return f"{label('province', each.segment.region, lang)} · {interest}"


def _reasons(origin: Origin, lang: str) -> list[str]:
    """Say what keeps a region's products back, or that others alone are shown before them."""
    told = [words(f"recruit.{code}", lang, count=count) for code, count in origin.reasons.items()]
    return told or [words("recruit.outranked", lang)]


def _table(solved: Solved, lang: str) -> Table:
    headings = ("segment", "supply", "nearest", "km", "num_producers", "num_products", "kept_back")
    listed = (
        (
            _named(each, solved, lang),
            each.supply,
            placed(origin.region, lang),
            origin.km,
            origin.num_producers,
            origin.num_products,
            words("recruit.and", lang).join(_reasons(origin, lang)),
        )
        for each in unmet_demand(solved.graph)
        for origin in each.origins
    )
    return Table(tuple(Column(f"column.{name}") for name in headings), tuple(listed))
