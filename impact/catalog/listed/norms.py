"""Norms: what turns the figures of a listing into ours, and what official lists say of its county."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.catalog.counties import read_cold_counties, read_tiers
from impact.catalog.sample.assumptions import FILE, read_assumption_rows
from impact.catalog.sample.supply import exposures_per_order, read_channel_rows
from impact.catalog.table import Positive, Row, Tables
from impact.errors import Issue, refuse_if_any

ORDERS = "demand/orders.csv"
WANTED = ("organic_share", "organic_power", "online_share")


class OrderRow(Row):
    """A line of demand/orders.csv."""

    category: str
    kg_per_order: Positive


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
    tier_of, cold_counties = read_tiers(tables), read_cold_counties(tables)
    assumed = {row.name: row.value for row in read_assumption_rows(tables)}
    tables.refuse()
    refuse_if_any(
        Issue("assumption_missing", FILE, params={"name": name}) for name in WANTED if name not in assumed
    )
    return Norms(
        exposures_per_order=exposures_per_order(channels),
        kg_per_order={row.category: row.kg_per_order for row in orders},
        tier_of=tier_of,
        cold_counties=cold_counties,
        **{name: assumed[name] for name in WANTED},
    )
