"""The tables of a plan, by the name they have in addresses."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from impact.i18n import label, words
from impact.i18n.places import placed
from impact.i18n.sentences import valued
from impact.reports.breakdown import Breakdown, breakdown
from impact.reports.flows import flows
from impact.reports.producers import regions_by_code, rows
from impact.reports.solved import Solved
from impact.web.tables import Column, Table

DIMENSIONS = ("macro_region", "tier", "type", "channel", "region")
NUM_TARGETS = 10
NUM_POINTS = 21
"""Points of the Lorenz curve that its table shows: every twentieth of the producers."""

COUNTED = {"capacity": ("num_reached", "num_producers"), "supply": ("num_used", "num_placements")}
"""How the members of a group are counted, by what the group is measured against."""

Figure = Callable[[Solved, str], Table]


def by_group(attribute: str, solved: Solved, lang: str) -> Table:
    """Tabulate exposure by the values of an attribute, beside what capacity or supply alone would give."""
    return group_table(breakdown(solved, attribute), solved, lang)


def group_table(found: Breakdown, solved: Solved, lang: str) -> Table:
    """Tabulate a breakdown; groups told together go as others."""
    attribute = found.attribute
    reached, members = COUNTED[found.yardstick]
    columns = (
        Column(f"column.{attribute}"),
        Column("column.exposure", "compact"),
        Column("column.exposure_share", "share", bar=True),
        Column(f"column.{found.yardstick}_share", "share", imputed=_imputed(solved, found.yardstick)),
        Column(f"column.{reached}", "number"),
        Column(f"column.{members}", "number"),
    )
    return Table(
        columns,
        tuple(
            (
                valued(attribute, one.value, solved.graph.catalog, lang) or words("flow.others", lang),
                one.exposure,
                one.exposure_share,
                one.yardstick_share,
                one.num_reached,
                one.num_members,
            )
            for one in found.slices
        ),
    )


def _imputed(solved: Solved, yardstick: str) -> bool:
    """Tell whether any capacity (or supply) that a plan is measured against was observed by nobody."""
    catalog = solved.graph.catalog
    nouns = catalog.producers if yardstick == "capacity" else catalog.placements
    return any(yardstick in noun.imputed for noun in nouns)


def imputed_columns(solved: Solved) -> frozenset[str]:
    """Name the columns about producers that rest on figures nobody observed."""
    fields = frozenset[str]().union(*(producer.imputed for producer in solved.graph.catalog.producers))
    return fields | ({"filled_share"} if "capacity" in fields else set())


def lorenz_curve(solved: Solved, _lang: str) -> Table:
    """Tabulate the Lorenz curve of exposure ÷ capacity; empty where no capacity is known."""
    columns = (Column("column.people_share", "share"), Column("column.held_share", "share"))
    spread = solved.measures.spread
    if spread is None:
        return Table(columns, ())
    people = np.linspace(0, 1, NUM_POINTS)
    held = np.interp(people, spread.lorenz.people_share, spread.lorenz.held_share)
    return Table(columns, tuple(zip(people.tolist(), held.tolist(), strict=True)))


def flow_table(target: str, solved: Solved, lang: str) -> Table:
    """Tabulate the flows from macro-regions to the largest targets, and to all others together."""
    found, catalog = flows(solved, "macro_region", target, NUM_TARGETS), solved.graph.catalog
    total = sum(flow.exposure for flow in found)
    columns = (
        Column("column.origin"),
        Column(f"column.{target}"),
        Column("column.exposure", "compact"),
        Column("column.exposure_share", "share"),
    )
    listed = (
        (
            label("macro_region", flow.origin, lang),
            valued(target, flow.target, catalog, lang) if flow.target else words("flow.others", lang),
            flow.exposure,
            flow.exposure / total,
        )
        for flow in found
    )
    return Table(columns, tuple(listed))


def producer_table(solved: Solved, lang: str) -> Table:
    """Tabulate every producer with its place: the table behind the map, and the file to take away."""
    regions = regions_by_code(solved)
    headings = ("producer", "producer_id", "place", "adcode", "lat", "lng", "type", "tier", "size")
    figures = ("exposure", "capacity", "filled_share", "worth")
    listed = (
        (
            row.producer.name,
            row.producer.producer_id,
            placed(regions[row.producer.region], lang),
            row.producer.region,
            row.producer.place.lat,
            row.producer.place.lng,
            label("type", row.producer.type, lang),
            label("tier", row.producer.tier, lang),
            label("size", row.producer.size, lang),
            row.exposure,
            row.producer.capacity,
            row.filled_share,
            row.worth,
        )
        for row in sorted(rows(solved), key=lambda row: -row.exposure)
    )
    guessed = imputed_columns(solved)
    columns = (Column(f"column.{name}", imputed=name in guessed) for name in (*headings, *figures))
    return Table(tuple(columns), tuple(listed))


FIGURES: Mapping[str, Figure] = {
    **{attribute: partial(by_group, attribute) for attribute in DIMENSIONS},
    "lorenz": lorenz_curve,
    "flows-channel": partial(flow_table, "channel"),
    "flows-interest": partial(flow_table, "interest"),
    "producers": producer_table,
}
