"""A plan on paper: what was asked, how it stands, who got what, who decided; for the files of an office."""

from collections import Counter, defaultdict

from flask import Blueprint, abort, render_template, request

from impact.i18n import label
from impact.i18n.places import placed
from impact.reports.producers import Row, regions_by_code, rows
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.store.decisions.life import PlanLife
from impact.web.deciding import deciding
from impact.web.figures import FIGURES, imputed_columns
from impact.web.language import spoken
from impact.web.plans import LANG, overview_of, rule_lines, solved_or_404
from impact.web.programmes.filled import today
from impact.web.tables import Column, Table

SPREAD = ("macro_region", "tier", "type", "channel")
MOST_LISTED = 100
"""More producers than these are told by province until one place is chosen: nobody files fifty pages."""
MOST_SOURCES = 12
"""So many lists that producers stand on are named, those of most producers."""


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the page to print to `pages`."""
    life = PlanLife(database)

    @pages.get(f"{LANG}/plans/<plan_id>/print", endpoint="plan_printed")
    def _plan_printed(plan_id: str) -> str:
        solved, lang = solved_or_404(shelf, plan_id), spoken()
        where = request.args.get("region", "")
        listed = [row for row in _by_place(solved) if where in ("", row.region.province, row.region.adcode)]
        return render_template(
            "exports/printed.html",
            overview=overview_of(solved),
            deciding=deciding(database, life, solved),
            rules=rule_lines(solved, lang),
            figures={name: FIGURES[name](solved, lang) for name in (*SPREAD, "lorenz")},
            spread=SPREAD,
            provinces=_provinces(solved, lang),
            counties=_counties(solved, where[:2]) if where else [],
            where=where,
            place=_place(solved, where, lang),
            today=today(),
            listed=listed or abort(404),
            is_listed=bool(where) or len(listed) <= MOST_LISTED,
            sums=_sums(solved, lang),
            guessed=imputed_columns(solved),
            sources=_sources(solved),
        )


def _by_place(solved: Solved) -> list[Row]:
    """List producers by where they are, and in each place by what they got."""
    return sorted(rows(solved), key=lambda row: (row.region.adcode, -row.exposure))


def _provinces(solved: Solved, lang: str) -> list[tuple[str, str]]:
    """Name the provinces that producers are in, by adcode."""
    there = sorted({row.region.province for row in rows(solved)})
    return [(adcode, label("province", adcode, lang)) for adcode in there]


def _counties(solved: Solved, province: str) -> list[tuple[str, str]]:
    """Name the counties of a province that producers are in, by adcode."""
    there = {row.region.adcode: row.region.name for row in rows(solved) if row.region.adcode[:2] == province}
    return sorted((adcode, name) for adcode, name in there.items() if not adcode.endswith("0000"))


def _place(solved: Solved, where: str, lang: str) -> str:
    """Name the place that is printed, empty for all."""
    region = regions_by_code(solved).get(where)
    return placed(region, lang) if region else label("province", where, lang) if where else ""


def _sums(solved: Solved, lang: str) -> Table:
    """Tabulate how many producers of each province were reached, and what they got together."""
    columns = (
        Column("column.region"),
        Column("column.num_producers", "number"),
        Column("column.num_reached", "number"),
        Column("column.exposure", "number"),
    )
    by_province: dict[str, list[Row]] = defaultdict(list)
    for row in rows(solved):
        by_province[row.region.province].append(row)
    return Table(
        columns,
        tuple(
            (
                label("province", adcode, lang),
                len(there),
                sum(row.exposure > 0 for row in there),
                round(sum(row.exposure for row in there)),
            )
            for adcode, there in sorted(by_province.items())
        ),
    )


def _sources(solved: Solved) -> list[tuple[str, int]]:
    """Count producers by the list they stand on."""
    found = Counter(producer.source for producer in solved.graph.catalog.producers if producer.source)
    return found.most_common(MOST_SOURCES)
