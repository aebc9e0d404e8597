"""A plan on paper: what was asked, how it stands, who got what, who decided; for the files of an office."""

from collections import Counter

from flask import Blueprint, abort, render_template, request

from impact.i18n import label
from impact.reports.producers import Row, rows
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions.life import PlanLife
from impact.web.deciding import deciding
from impact.web.figures import FIGURES, imputed_columns
from impact.web.language import spoken
from impact.web.plans import LANG, overview_of, rule_lines, solved_or_404

SPREAD = ("macro_region", "tier", "type", "channel")
MOST_SOURCES = 12
"""So many lists that producers stand on are named, those of most producers."""


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page to print to `pages`."""
    life = PlanLife(database)

    @pages.get(f"{LANG}/plans/<plan_id>/print", endpoint="plan_printed")
    def _plan_printed(plan_id: str) -> str:
        solved, lang = solved_or_404(shelf, plan_id), spoken()
        province = request.args.get("region", "")
        listed = [row for row in _by_place(solved) if not province or row.region.province == province]
        return render_template(
            "exports/printed.html",
            overview=overview_of(solved),
            deciding=deciding(database, life, solved),
            rules=rule_lines(solved, lang),
            figures={name: FIGURES[name](solved, lang) for name in (*SPREAD, "lorenz")},
            spread=SPREAD,
            provinces=_provinces(solved, lang),
            province=province,
            listed=listed or abort(404),
            guessed=imputed_columns(solved),
            imputed_fields=_imputed(solved, lang),
            sources=_sources(solved),
        )


def _by_place(solved: Solved) -> list[Row]:
    """List producers by where they are, and in each place by what they got."""
    return sorted(rows(solved), key=lambda row: (row.region.adcode, -row.exposure))


def _provinces(solved: Solved, lang: str) -> list[tuple[str, str]]:
    """Name the provinces that producers are in, by adcode."""
    there = sorted({row.region.province for row in rows(solved)})
    return [(adcode, label("province", adcode, lang)) for adcode in there]


def _imputed(solved: Solved, lang: str) -> list[str]:
    """Name the figures of producers and products that nobody observed, somewhere."""
    catalog = solved.graph.catalog
    by_noun = [noun.imputed for noun in catalog.producers] + [noun.imputed for noun in catalog.products]
    fields = frozenset[str]().union(*by_noun)
    return [label("imputed_field", field, lang) for field in sorted(fields)]


def _sources(solved: Solved) -> list[tuple[str, int]]:
    """Count producers by the list they stand on."""
    found = Counter(producer.source for producer in solved.graph.catalog.producers if producer.source)
    return found.most_common(MOST_SOURCES)
