"""Countries: the divisions of any country, from a table of code, name, parent, lat and lon."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from impact.catalog.table import Adcode, Latitude, Longitude, Positive, Row, Tables
from impact.errors import Issue
from impact.model import FormerName, Level, Place, Region

DIVISIONS = "gazetteer/divisions.csv"
NAMES = "gazetteer/former_names.csv"


class CountryRow(Row):
    """A line of gazetteer/divisions.csv; one without a parent is of the first level.

    Rules may group by `macro_region`, the name of the first level where blank, and `economic_region`.
    """

    code: Adcode
    name: str
    parent: Adcode | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    short_name: str | None = None
    area_km2: Positive | None = None
    macro_region: str | None = None
    economic_region: str | None = None


class NameRow(Row):
    """A line of gazetteer/former_names.csv, which may be left out."""

    old_code: str = ""
    old_name: str
    code: Adcode


def read_divisions(tables: Tables) -> tuple[Region, ...]:
    """Read the divisions of a country: without a parent they are provinces, without children counties."""
    rows = tables.read(DIVISIONS, CountryRow)
    found = [*_repeated(rows), *_dangling(rows)]
    if found:
        tables.issues += found
        return ()
    parent_of = {row.code: row.parent for row in rows}
    circles = [row.code for row in rows if _province(row.code, parent_of) is None]
    if circles:
        tables.issues.append(Issue("division_in_itself", DIVISIONS, params={"value": circles[0]}))
        return ()
    parents = frozenset(row.parent for row in rows)
    by_code = {row.code: row for row in rows}
    return tuple(_region(row, by_code[_province(row.code, parent_of) or row.code], parents) for row in rows)


def read_names(tables: Tables) -> tuple[FormerName, ...]:
    """Read the names and codes that divisions of a country once bore, or are also known by."""
    if not tables.has(NAMES):
        return ()
    known = {row.code for row in tables.read(DIVISIONS, CountryRow)}
    rows = tables.read(NAMES, NameRow)
    tables.issues += [
        Issue("id_dangling", NAMES, number, "code", {"value": row.code, "table": DIVISIONS})
        for number, row in enumerate(rows, start=2)
        if row.code not in known
    ]
    return tuple(FormerName(row.old_code, row.old_name, row.code) for row in rows if row.code in known)


def read_sizes(tables: Tables) -> Mapping[str, float]:
    """Read how large divisions of a country are, in square kilometres, by code, where the table says so."""
    return {row.code: row.area_km2 for row in tables.read(DIVISIONS, CountryRow) if row.area_km2}


def _region(row: CountryRow, province: CountryRow, parents: Collection[str | None]) -> Region:
    inner = Level.PREFECTURE if row.code in parents else Level.COUNTY
    return Region(
        adcode=row.code,
        name=row.name,
        level=inner if row.parent else Level.PROVINCE,
        parent=row.parent,
        place=None if row.lat is None or row.lon is None else Place(row.lat, row.lon),
        province=province.code,
        macro_region=row.macro_region or province.macro_region or province.name,
        economic_region=row.economic_region or province.economic_region or "",
        short_name=row.short_name or row.name,
    )


def _province(code: str, parent_of: Mapping[str, str | None]) -> str | None:
    """Follow parents up to the first level; None where they go round in a circle."""
    for _ in parent_of:
        parent = parent_of[code]
        if parent is None:
            return code
        code = parent
    return None


def _repeated(rows: Sequence[CountryRow]) -> Iterator[Issue]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows, start=2):
        numbers[row.code].append(number)
    for code, (first, *others) in numbers.items():
        for number in others:
            yield Issue("id_repeated", DIVISIONS, number, "code", {"value": code, "first_row": first})


def _dangling(rows: Sequence[CountryRow]) -> Iterator[Issue]:
    codes = {row.code for row in rows}
    for number, row in enumerate(rows, start=2):
        if row.parent and row.parent not in codes:
            params = {"value": row.parent, "table": DIVISIONS}
            yield Issue("id_dangling", DIVISIONS, number, "parent", params)
