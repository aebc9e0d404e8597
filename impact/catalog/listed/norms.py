"""Norms: what turns the figures of a listing into ours, and what official lists say of its county."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.catalog.sample.assumptions import FILE, read_assumption_rows
from impact.catalog.sample.producers import Tier
from impact.catalog.sample.supply import exposures_per_order, read_channel_rows
from impact.catalog.table import Adcode, Positive, Row, Tables
from impact.errors import Issue, refuse_if_any

ORDERS = "demand/orders.csv"
PRIORITY = "priority/cn_priority_counties.csv"
FRESH_KEEP = "coldchain/cn_fresh_keep_counties_2021_2022.csv"
WANTED = ("organic_share", "organic_power", "online_share")


class OrderRow(Row):
    """A line of demand/orders.csv."""

    category: str
    kg_per_order: Positive


class PriorityRow(Row):
    """A line of priority/cn_priority_counties.csv."""

    adcode: Adcode
    priority_tier: Tier


class FreshKeepRow(Row):
    """A line of coldchain/cn_fresh_keep_counties_2021_2022.csv; state farms have no code of their own."""

    adcode: Adcode | None = None


@dataclass(frozen=True)
class Norms:
    """Units and lists that any partner's listings are read by; figures and reasons stand in the files."""

    exposures_per_order: float
    kg_per_order: Mapping[str, float]
    """By category."""
    online_share: float
    """What of a year's output is sold through us."""
    organic_share: float
    organic_power: float
    tier_of: Mapping[str, str]
    """Priority tier by the adcode of the counties that have one."""
    cold_counties: frozenset[str]


def read_norms(folder: Path) -> Norms:
    """Read the norms from `folder`, laid out as static/data is.

    Raises
    ------
    BadInput
        With every cell that cannot be used, and every assumption that is missing.
    """
    tables = Tables(folder)
    channels, orders = read_channel_rows(tables), tables.read(ORDERS, OrderRow)
    priority, cold = tables.read(PRIORITY, PriorityRow), tables.read(FRESH_KEEP, FreshKeepRow)
    assumed = {row.name: row.value for row in read_assumption_rows(tables)}
    tables.refuse()
    refuse_if_any(
        Issue("assumption_missing", FILE, params={"name": name}) for name in WANTED if name not in assumed
    )
    return Norms(
        exposures_per_order=exposures_per_order(channels),
        kg_per_order={row.category: row.kg_per_order for row in orders},
        tier_of={row.adcode: row.priority_tier.value for row in priority},
        cold_counties=frozenset(row.adcode for row in cold if row.adcode),
        **{name: assumed[name] for name in WANTED},
    )
