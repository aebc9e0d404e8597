"""Counties: what official lists say of them: priority tiers and cold chain. A country may have no list."""

from collections.abc import Mapping
from enum import StrEnum

from impact.catalog.countries import DIVISIONS as OF_A_COUNTRY
from impact.catalog.table import Adcode, Row, Tables

PRIORITY = "priority/cn_priority_counties.csv"
FRESH_KEEP = "coldchain/cn_fresh_keep_counties_2021_2022.csv"


class Tier(StrEnum):
    """Priority tiers: 1 highest, 0 none."""

    NONE = "0"
    FIRST = "1"
    SECOND = "2"


class PriorityRow(Row):
    """A line of priority/cn_priority_counties.csv."""

    adcode: Adcode
    priority_tier: Tier


class FreshKeepRow(Row):
    """A line of coldchain/cn_fresh_keep_counties_2021_2022.csv; state farms have no code of their own."""

    adcode: Adcode | None = None


def read_tiers(tables: Tables) -> Mapping[str, str]:
    """Read the priority tiers, 1 the highest, of the counties that have one, by code."""
    if _is_spared(tables, PRIORITY):
        return {}
    return {row.adcode: row.priority_tier.value for row in tables.read(PRIORITY, PriorityRow)}


def read_cold_counties(tables: Tables) -> frozenset[str]:
    """Read the codes of the counties that have a cold chain from the place of origin on."""
    if _is_spared(tables, FRESH_KEEP):
        return frozenset()
    return frozenset(row.adcode for row in tables.read(FRESH_KEEP, FreshKeepRow) if row.adcode)


def _is_spared(tables: Tables, name: str) -> bool:
    return tables.has(OF_A_COUNTRY) and not tables.has(name)
