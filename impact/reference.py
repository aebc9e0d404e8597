"""Reference: what partners' files are checked against, whoever sends them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.catalog.areas import read_areas
from impact.catalog.checking.meant import NOWHERE, Place, Places
from impact.catalog.checking.plausible import PlausibleRow, read_plausible
from impact.catalog.counties import read_cold_counties, read_tiers
from impact.catalog.divisions import read_former_names, read_regions
from impact.catalog.table import Tables
from impact.model import Belt
from impact.regions.columns import resolve_columns
from impact.regions.facts import Lists
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver
from impact.siting import Siting

PRODUCERS = "demo/producers.csv"
"""Those of the sample; another country need have none."""


@dataclass(frozen=True)
class Reference:
    """Places, how large they are and where, and what is plausible, as the tables in `folder` say."""

    folder: Path
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
    return Reference(folder, places_of(resolver), areas.get, plausible, Siting(seats.get, areas.get))


def read_resolver(folder: Path) -> Resolver:
    """Read who knows which division a text means from the tables of `folder`."""
    tables = Tables(folder)
    resolver = _resolver(tables)
    tables.refuse()
    return resolver


def read_lists(folder: Path) -> Lists:
    """Read what lists say of divisions; belts are those that the sample's producers form, if there is one."""
    tables = Tables(folder)
    lists = Lists(read_tiers(tables), read_cold_counties(tables), _belts(folder))
    tables.refuse()
    return lists


def _belts(folder: Path) -> tuple[Belt, ...]:
    if not (folder / PRODUCERS).exists():
        return ()
    from impact.catalog.sample.load import load_sample  # noqa: PLC0415  checking a file needs none
    from impact.regions.belts import find_belts  # noqa: PLC0415

    return find_belts(load_sample(folder))


def _resolver(tables: Tables) -> Resolver:
    return Resolver(Gazetteer(read_regions(tables), read_former_names(tables)))


def places_of(resolver: Resolver) -> Places:
    """Return who says which region a row means."""

    def place(parts: Mapping[str, str]) -> Place:
        if not parts:
            return NOWHERE
        found = resolve_columns(resolver, parts)
        return Place(found.region.adcode if found.region else "", found.refused, found.doubts)

    return place
