"""Reference: what partners' files are checked against, whoever sends them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.catalog.areas import read_areas
from impact.catalog.checking.plausible import PlausibleRow, read_plausible
from impact.catalog.checking.rows import Place
from impact.catalog.counties import read_cold_counties, read_tiers
from impact.catalog.divisions import read_former_names, read_regions
from impact.catalog.table import Tables
from impact.regions.columns import resolve_columns
from impact.regions.facts import Lists
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver
from impact.siting import Siting

Places = Callable[[Mapping[str, str]], Place]
"""Says of texts by column, such as province and county, which region they mean."""


@dataclass(frozen=True)
class Reference:
    """Places, how large they are and where, and what is plausible."""

    places: Places
    km2: Callable[[str], float | None]
    plausible: Mapping[str, PlausibleRow]
    siting: Siting


def read_reference(folder: Path) -> Reference:
    """Read the reference tables of `folder`, laid out as static/data is."""
    tables = Tables(folder)
    resolver = _resolver(tables)
    areas, plausible = read_areas(tables), read_plausible(tables)
    tables.refuse()
    seats = {region.adcode: region.place for region in resolver.gazetteer.regions}
    return Reference(places_of(resolver), areas.get, plausible, Siting(seats.get, areas.get))


def read_resolver(folder: Path) -> Resolver:
    """Read who knows which division a text means from the tables of `folder`."""
    tables = Tables(folder)
    resolver = _resolver(tables)
    tables.refuse()
    return resolver


def read_lists(folder: Path) -> Lists:
    """Read what lists say of counties; belts are those of a catalog, which is not read here."""
    tables = Tables(folder)
    lists = Lists(read_tiers(tables), read_cold_counties(tables))
    tables.refuse()
    return lists


def _resolver(tables: Tables) -> Resolver:
    return Resolver(Gazetteer(read_regions(tables), read_former_names(tables)))


def places_of(resolver: Resolver) -> Places:
    """Return who says which region a row means; texts that occurred before are not looked up again."""
    known: dict[tuple[tuple[str, str], ...], Place] = {}

    def place(parts: Mapping[str, str]) -> Place:
        asked = tuple(parts.items())
        if asked not in known:
            known[asked] = _place(resolver, parts)
        return known[asked]

    return place


def _place(resolver: Resolver, parts: Mapping[str, str]) -> Place:
    if not parts:
        return Place()
    found = resolve_columns(resolver, parts)
    return Place(found.region.adcode if found.region else "", found.refused, found.doubts)
