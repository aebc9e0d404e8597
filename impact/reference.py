"""Reference: what partners' files are checked against, whoever sends them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from impact.catalog.areas import read_areas
from impact.catalog.checking.plausible import PlausibleRow, read_plausible
from impact.catalog.checking.rows import Place
from impact.catalog.divisions import read_former_names, read_regions
from impact.catalog.table import Tables
from impact.errors import Issue
from impact.model import Region
from impact.regions.gazetteer import Gazetteer

Places = Callable[[Mapping[str, str]], Place]
"""Says of texts by column, such as province and county, which region they mean."""


@dataclass(frozen=True)
class Reference:
    """Places, how large they are, and what is plausible."""

    places: Places
    km2: Callable[[str], float | None]
    plausible: Mapping[str, PlausibleRow]


def read_reference(folder: Path) -> Reference:
    """Read the reference tables of `folder`, laid out as static/data is."""
    tables = Tables(folder)
    regions, former = read_regions(tables), read_former_names(tables)
    areas, plausible = read_areas(tables), read_plausible(tables)
    tables.refuse()
    return Reference(places_of(Gazetteer(regions, former)), areas.get, plausible)


def places_of(gazetteer: Gazetteer) -> Places:
    """Return who says which region a row means; texts that occurred before are not looked up again."""
    known: dict[tuple[tuple[str, str], ...], Place] = {}

    def place(parts: Mapping[str, str]) -> Place:
        asked = tuple(parts.items())
        if asked not in known:
            known[asked] = _place(gazetteer, parts)
        return known[asked]

    return place


def _place(gazetteer: Gazetteer, parts: Mapping[str, str]) -> Place:
    if not parts:
        return Place()
    text = parts.get("adcode") or "".join(
        parts.get(name, "") for name in ("province", "prefecture", "county", "place")
    )
    found = gazetteer.candidates(text)
    if len(found) == 1:
        return Place(found[0].adcode)
    if not found:
        return Place(refused=Issue("place_unknown", params={"text": text}))
    return Place(
        refused=Issue("place_ambiguous", params={"text": text, "candidates": _named(gazetteer, found)})
    )


def _named(gazetteer: Gazetteer, regions: tuple[Region, ...]) -> str:
    return ", ".join(gazetteer.full_name(region) for region in regions)
