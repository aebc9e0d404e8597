"""Figures that are hard to believe: doubted with what they are compared with, never refused."""

from collections.abc import Iterator, Mapping
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


def doubts(said: Figures, region_km2: float | None, limits: PlausibleRow | None) -> Iterator[Doubt]:
    """Doubt a row's figures by its place and its category."""
    yield from _area(said, region_km2)
    if limits:
        yield from _output(said, limits)
        yield from _price(said, limits)


def doubt_beside(kg_a_month: float, others: Others) -> Issue | None:
    """Doubt a capacity far beyond what `others` of the same place and category say."""
    if others.many < FEWEST or kg_a_month <= TIMES_OTHERS * others.middle:
        return None
    params: dict[str, Param] = {"found": kg_a_month, "middle": others.middle, "count": others.many}
    return Issue("capacity_beyond_others", params=params)


def _area(said: Figures, region_km2: float | None) -> Iterator[Doubt]:
    if said.area_mu and region_km2 and said.area_mu > region_km2 * MU_PER_KM2:
        most = region_km2 * MU_PER_KM2
        yield "area", Issue("area_beyond_region", params={"found": said.area_mu, "most": most})


def _output(said: Figures, limits: PlausibleRow) -> Iterator[Doubt]:
    if said.area_mu and said.kg_a_year and limits.kg_per_mu_most:
        found = said.kg_a_year / said.area_mu
        if found > limits.kg_per_mu_most:
            params: dict[str, Param] = {"found": found, "most": limits.kg_per_mu_most}
            yield "annual_output", Issue("output_beyond_area", params=params)
    if said.kg_a_month and said.kg_a_year and said.kg_a_month > said.kg_a_year:
        params = {"found": said.kg_a_month, "most": said.kg_a_year}
        yield "monthly_capacity", Issue("capacity_beyond_output", params=params)


def _price(said: Figures, limits: PlausibleRow) -> Iterator[Doubt]:
    price, least, most = said.yuan_per_kg, limits.yuan_per_kg_least, limits.yuan_per_kg_most
    if price is None:
        return
    if (least and price < least) or (most and price > most):
        params: dict[str, Param] = {"found": price, "least": least or 0.0, "most": most or 0.0}
        yield "price", Issue("price_unusual", params=params)
