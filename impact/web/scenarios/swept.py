"""A rule that was swept, in sentences and tables: each limit, what it costs, and who pays for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.bundles.whole.documents import PointLine, WholeFrontier
from impact.i18n import words
from impact.i18n.sentences import UNITS, Spec, asked
from impact.reports.standing import STEPS as STEPS_OF
from impact.web.judging.gains import payers_told
from impact.web.judging.names import Names
from impact.web.scenarios.conflicts import moved_rule
from impact.web.sentences import numbers_of
from impact.web.tables import Cell, Column, Table

COLUMNS = (
    ("exposure", "compact"),
    ("minimum_of_capacity", "share"),
    ("fifth_percentile_of_capacity", "share"),
    ("gini", "exact"),
)
"""What the table says of each limit, beside it."""
SAME = 1e-9


@dataclass(frozen=True)
class Stop:
    """One limit: the rule there as a sentence, what is lost against where it costs nothing, and who pays."""

    number: int
    said: str
    lost: float
    lost_share: float
    gains: tuple[tuple[str, Table], ...]
    is_stated: bool


def stops_of(rule: Spec, found: WholeFrontier, names: Names) -> Iterator[Stop]:
    """Tell each limit, the first where the rule costs nothing."""
    free = found.points[0].worth
    for number, point in enumerate(found.points):
        paid = [line for line in found.payers if line.limit == point.limit]
        lost = free - point.worth
        yield Stop(
            number=number,
            said=asked(moved_rule(rule, point.limit) or rule, names.catalog, names.lang),
            lost=lost if lost > SAME * abs(free) else 0.0,
            lost_share=lost / free if free else 0.0,
            gains=payers_told(paid, names).groups,
            is_stated=abs(point.limit - found.frontier.stated) <= SAME * max(1.0, abs(point.limit)),
        )


def caption(stops: list[Stop], found: WholeFrontier, names: Names) -> str:
    """Say the main number: what is lost at the tightest limit."""
    last = stops[-1]
    params = {"lost": last.lost, "share": last.lost_share, "free": found.points[0].worth}
    return words("frontier_page.caption", names.lang, rule=last.said.rstrip("。."), **params)


def curve_table(rule: Spec, found: WholeFrontier) -> Table:
    """Tabulate what each limit costs, and how exposure is spread there."""
    ((name, _),) = numbers_of(rule)
    unit = UNITS[name]
    columns = (
        Column("column.limit", "fine_share" if unit == "share" else "compact"),
        Column("column.worth", "compact"),
        Column(f"column.price_{unit}", "compact"),
        *(Column(f"column.{heading}", style) for heading, style in COLUMNS),
    )
    return Table(columns, tuple(tuple(_figures(point, STEPS_OF[unit])) for point in found.points))


def payers_table(rule: Spec, found: WholeFrontier, names: Names) -> Table:
    """Tabulate who pays at each limit, of every group, one below the other."""
    headings = ("limit", "group", "member", "before", "after", "change")
    rows = (
        (point.limit, words(f"column.{attribute}", names.lang), *row)
        for point, stop in zip(found.points, stops_of(rule, found, names), strict=True)
        for attribute, table in stop.gains
        for row in table.rows
    )
    return Table(tuple(Column(f"column.{name}") for name in headings), tuple(rows))


def _figures(point: PointLine, step: float) -> Iterator[Cell]:
    """List what a point says, in the order of the columns; a dash where there is nothing to measure."""
    yield from (point.limit, point.worth, point.price * step, point.exposure)
    for value in (point.minimum_of_capacity, point.fifth_percentile_of_capacity, point.gini):
        yield "–" if value is None else value
