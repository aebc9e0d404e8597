"""What comparisons tell, as files: plans beside one another, and who has more and who has less."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, abort, request

from impact.i18n import label
from impact.i18n.places import placed
from impact.reports.affected import Affected, affected_by
from impact.reports.comparing import Comparison, compare
from impact.reports.solved import Shelf, Solved
from impact.store.database import Database
from impact.web.judging.affected import sought_of
from impact.web.judging.comparing import chosen_plans, held_against
from impact.web.judging.gains import OF_PRODUCERS, gain_table
from impact.web.judging.names import Names
from impact.web.language import spoken
from impact.web.plans import LANG, csv_file, solved_or_404
from impact.web.tables import Cell, Column, Table

COMPARED = (
    "worth",
    "worth_change",
    "exposure",
    "exposure_change",
    "moved",
    "churn",
    "links_gained",
    "links_lost",
)
AFFECTED = ("producer", "producer_id", "place", "adcode", "tier", "before", "after", "change", "change_share")
NOTHING = ""
"""What a cell holds where there is nothing to measure against."""


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the files of comparisons to `pages`."""

    @pages.get(f"{LANG}/compare.csv", endpoint="compared_file")
    def _compared_file() -> Response:
        plans = chosen_plans(shelf)
        before = _before(shelf, database, [plan.plan_id for plan in plans])
        others = [plan for plan in plans if plan.plan_id != before.plan_id]
        return csv_file(_compared(before, compare(before, others)), "compare.csv")

    @pages.get(f"{LANG}/plans/<plan_id>/affected.csv", endpoint="affected_file")
    def _affected_file(plan_id: str) -> Response:
        solved, before = solved_or_404(shelf, plan_id), _before(shelf, database, [plan_id])
        table = _affected(affected_by(before, solved, sought_of()), spoken())
        return csv_file(table, f"{plan_id}-affected.csv")

    @pages.get(
        f"{LANG}/plans/<plan_id>/gains/<any({', '.join(OF_PRODUCERS)}):name>.csv", endpoint="gains_file"
    )
    def _gains_file(plan_id: str, name: str) -> Response:
        solved, before = solved_or_404(shelf, plan_id), _before(shelf, database, [plan_id])
        (found,) = compare(before, [solved])
        names = Names(solved.graph.catalog, (), spoken(), earlier=before.graph.catalog)
        return csv_file(gain_table(found.gains[name], names), f"{plan_id}-{name}.csv")


def _before(shelf: Shelf, database: Database, chosen: Sequence[str]) -> Solved:
    """Return the plan that others are held against; there is no file where there is none."""
    return held_against(shelf, database, chosen, request.args.get("against", "")) or abort(404)


def _compared(before: Solved, found: Sequence[Comparison]) -> Table:
    """Tabulate what came out: the plan held against first, with nothing to differ from."""
    headings = (Column("compared.plan"), *(Column(f"compared.column.{name}", "number") for name in COMPARED))
    given = float(before.plan.exposure.sum())
    first: tuple[Cell, ...] = (before.plan_id, before.plan.worth, NOTHING, given, *[NOTHING] * 5)
    return Table(headings, (first, *(tuple(_came_out(each)) for each in found)))


def _came_out(found: Comparison) -> Iterator[Cell]:
    out = found.changed_out
    yield from (found.plan, out.worth[1], out.worth[1] - out.worth[0])
    yield from (out.exposure[1], out.exposure[1] - out.exposure[0], out.taken)
    yield from (NOTHING if out.churn_share is None else out.churn_share, out.links_gained, out.links_lost)


def _affected(found: Sequence[Affected], lang: str) -> Table:
    rows = (
        (
            one.row.producer.name,
            one.row.producer.producer_id,
            placed(one.row.region, lang),
            one.row.producer.region,
            label("tier", one.row.producer.tier, lang),
            one.before,
            one.row.exposure,
            one.change,
            NOTHING if one.change_share is None else one.change_share,
        )
        for one in found
    )
    return Table(tuple(Column(f"column.{name}") for name in AFFECTED), tuple(rows))
