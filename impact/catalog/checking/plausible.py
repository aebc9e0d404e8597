"""Figures that are hard to believe: doubted with what they are compared with, never refused."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from impact.catalog.table import Positive, Row, Tables
from impact.errors import Issue, Param

PLAUSIBLE = "demand/plausible.csv"
MU_PER_KM2 = 1500.0
FEWEST = 5
"""A figure is compared with others' only where there are so many of them."""
TIMES_OTHERS = 20.0
"""So many times the middle of what others of the same place and category say is doubted."""
Doubt = tuple[str, Issue]
"""The name of the column whose cell is doubted, and what is doubted of it."""


class PlausibleRow(Row):
    """A line of demand/plausible.csv; what is blank is not compared."""

    category: str
    kg_per_mu_most: Positive | None = None
    yuan_per_kg_least: Positive | None = None
    yuan_per_kg_most: Positive | None = None


class Others(NamedTuple):
    """How many others of the same place and category say what they can supply, and the middle of it."""

    many: int
    middle: float
    """In kilograms a month."""


NOBODY = Others(0, 0.0)


class Figures(NamedTuple):
    """What a row says, in the units that figures are compared in; None where it says nothing."""

    category: str | None
    kg_a_month: float | None
    kg_a_year: float | None
    area_mu: float | None
    yuan_per_kg: float | None


def read_plausible(tables: Tables) -> Mapping[str, PlausibleRow]:
    """Read what is plausible, by category."""
    return {row.category: row for row in tables.read(PLAUSIBLE, PlausibleRow)}


def doubts(said: Figures, region_km2: float | None, limits: PlausibleRow | None) -> list[Doubt]:
    """Doubt a row's figures by its place and its category."""
    found = [_area(said, region_km2)]
    if limits:
        found += (_output(said, region_km2, limits), _capacity(said), _price(said, limits))
    return [doubt for doubt in found if doubt]


def doubt_beside(kg_a_month: float, others: Others) -> Issue | None:
    """Doubt a capacity far beyond what `others` of the same place and category say."""
    if others.many < FEWEST or kg_a_month <= TIMES_OTHERS * others.middle:
        return None
    params: dict[str, Param] = {"found": kg_a_month, "middle": others.middle, "count": others.many}
    return Issue("capacity_beyond_others", params=params)


def _area(said: Figures, region_km2: float | None) -> Doubt | None:
    if not said.area_mu or not region_km2 or said.area_mu <= region_km2 * MU_PER_KM2:
        return None
    return "area", _beyond("area_beyond_region", said.area_mu, region_km2 * MU_PER_KM2)


def _output(said: Figures, region_km2: float | None, limits: PlausibleRow) -> Doubt | None:
    """Doubt an output by the area that is stated, else by all the region has."""
    if not said.kg_a_year or not limits.kg_per_mu_most:
        return None
    if said.area_mu:
        code, found, most = "output_beyond_area", said.kg_a_year / said.area_mu, limits.kg_per_mu_most
    else:
        all_mu = (region_km2 or inf) * MU_PER_KM2
        code, found, most = "output_beyond_region", said.kg_a_year, all_mu * limits.kg_per_mu_most
    return ("annual_output", _beyond(code, found, most)) if found > most else None


def _capacity(said: Figures) -> Doubt | None:
    if not said.kg_a_month or not said.kg_a_year or said.kg_a_month <= said.kg_a_year:
        return None
    return "monthly_capacity", _beyond("capacity_beyond_output", said.kg_a_month, said.kg_a_year)


def _price(said: Figures, limits: PlausibleRow) -> Doubt | None:
    price, least, most = said.yuan_per_kg, limits.yuan_per_kg_least, limits.yuan_per_kg_most
    if price is None or not ((least and price < least) or (most and price > most)):
        return None
    params: dict[str, Param] = {"found": price, "least": least or 0.0, "most": most or 0.0}
    return "price", Issue("price_unusual", params=params)


def _beyond(code: str, found: float, most: float) -> Issue:
    return Issue(code, params={"found": found, "most": most})
