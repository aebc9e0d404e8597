"""The page of a plan, with the figures behind it."""

from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from flask import Blueprint, Response, abort, render_template, request

from impact.arrays import sums
from impact.i18n import label
from impact.i18n.sentences import asked, cautions, price, standing
from impact.reports.imputed import imputed_fields
from impact.reports.measures import Measures
from impact.reports.places import points
from impact.reports.producers import REACH, SORTS, Query, find
from impact.reports.solved import Shelf, Solved
from impact.reports.standing import standings
from impact.web.figures import FIGURES, imputed_columns
from impact.web.files import file_to_keep
from impact.web.language import spoken
from impact.web.lists import page_asked
from impact.web.tables import Table, as_csv

STEPS = ("import", "check", "match", "scenario", "compare", "approve", "publish", "measure")
HERE = STEPS.index("scenario")
"""How far a plan has come that was made from no scenario: nothing of it is approved or live."""
TOLD = ("macro_region", "flows-channel")
"""Figures of which a plan's page tells the largest; their tabs show all of them."""
LANG = "/<any(zh, en):lang>"
CACHED = {"Cache-Control": "private, max-age=300"}


@dataclass(frozen=True)
class RuleLine:
    """A rule as the page tells it."""

    rule_id: str
    asked: str
    state: str
    standing: str
    price: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What stands above everything else on the page of a plan."""

    solved: Solved
    measures: Measures
    num_reached: int


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add the figures behind plans to `pages`, and let templates know what of a plan is imputed."""
    pages.context_processor(lambda: {"imputed_fields": _imputed_fields})

    @pages.get(f"{LANG}/plans/<plan_id>/<name>.csv", endpoint="figure")
    def _figure(plan_id: str, name: str) -> Response:
        if name not in FIGURES:
            abort(404)
        table = FIGURES[name](solved_or_404(shelf, plan_id), spoken())
        return csv_file(table, f"{plan_id}-{name}.csv")

    @pages.get(f"{LANG}/plans/<plan_id>/points.json", endpoint="points")
    def _points(plan_id: str) -> tuple[dict[str, object], dict[str, str]]:
        return _coordinates(solved_or_404(shelf, plan_id)), CACHED


def _imputed_fields(solved: Solved) -> list[str]:
    named = imputed_fields(solved.graph.catalog).values()
    return [label("imputed_field", field, spoken()) for field in dict.fromkeys(chain(*named))]


def solved_or_404(shelf: Shelf, plan_id: str) -> Solved:
    """Take a plan from the shelf, or answer that there is none."""
    return shelf.get(plan_id) or abort(404)


def csv_file(table: Table, name: str) -> Response:
    """Answer with a table as a file to keep."""
    return file_to_keep(as_csv(table, spoken()), "text/csv", name)


class Life(Protocol):
    """How far a plan has come, and what else the page says of that."""

    @property
    def here(self) -> int: ...


def plan_page(solved: Solved, deciding: Life | None, wrong: list[str]) -> str:
    """Show a plan with what is decided of it, and what was wrong with deciding."""
    lang = spoken()
    query = _query()
    return render_template(
        "plan.html",
        overview=overview_of(solved),
        steps=STEPS,
        here=deciding.here if deciding else HERE,
        deciding=deciding,
        wrong=wrong,
        rules=rule_lines(solved, lang),
        figures={name: FIGURES[name](solved, lang) for name in TOLD},
        query=query,
        found=find(solved, query),
        sorts=tuple(SORTS),
        reaches=tuple(REACH),
        guessed=imputed_columns(solved),
    )


def overview_of(solved: Solved) -> Overview:
    """Sum up what stands above everything else."""
    given = sums(solved.plan.exposure, solved.problem.producer_of, len(solved.problem.producer_ids))
    return Overview(solved, solved.measures, int((given > 0).sum()))


def rule_lines(solved: Solved, lang: str) -> list[RuleLine]:
    """Tell every rule of a plan, in the order it was asked."""
    return [
        RuleLine(
            str(one.spec["id"]),
            asked(one.spec, solved.graph.catalog, lang),
            "binding" if one.outcome.binding else "met",
            standing(one, lang),
            price(one, lang),
            cautions(one, lang),
        )
        for one in standings(solved)
    ]


def _query() -> Query:
    """Read what to look for from the address; what the form does not offer is refused."""
    reach, sort = request.args.get("reach", "all"), request.args.get("sort", "exposure")
    if reach not in REACH or sort not in SORTS:
        abort(400)
    return Query(request.args.get("q", ""), reach, sort, page_asked())


def _coordinates(solved: Solved) -> dict[str, object]:
    """List longitudes and latitudes, and what each producer got, as the map draws them."""
    found = points(solved)
    return {
        "divisions": [[round(place.lng, 3), round(place.lat, 3)] for place in found.divisions],
        "producers": [
            [
                round(row.producer.place.lng, 3),
                round(row.producer.place.lat, 3),
                round(row.exposure),
                row.producer.name,
            ]
            for row in found.producers
        ],
    }
