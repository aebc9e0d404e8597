"""Administrative divisions and the names they once bore."""

from impact.catalog.table import Adcode, Latitude, Longitude, Row, Tables
from impact.model import FormerName, Level, Place, Region

DIVISIONS = "gazetteer/cn_divisions.csv"
FORMER_NAMES = "gazetteer/cn_division_aliases.csv"


class DivisionRow(Row):
    """A line of gazetteer/cn_divisions.csv."""

    adcode: Adcode
    name: str
    short_name: str
    level: Level
    province_adcode: str
    region7: str
    econ_region4: str
    parent_adcode: str | None = None
    lng: Longitude | None = None
    lat: Latitude | None = None


class FormerNameRow(Row):
    """A line of gazetteer/cn_division_aliases.csv."""

    old_adcode: str
    old_name: str
    current_adcode: str


def read_regions(tables: Tables) -> tuple[Region, ...]:
    """Read the divisions of China."""
    return tuple(_region(row) for row in tables.read(DIVISIONS, DivisionRow))


def read_former_names(tables: Tables) -> tuple[FormerName, ...]:
    """Read the codes and names that divisions once bore."""
    rows = tables.read(FORMER_NAMES, FormerNameRow)
    return tuple(FormerName(row.old_adcode, row.old_name, row.current_adcode) for row in rows)


def _region(row: DivisionRow) -> Region:
    return Region(
        adcode=row.adcode,
        name=row.name,
        level=row.level,
        parent=row.parent_adcode,
        place=None if row.lat is None or row.lng is None else Place(row.lat, row.lng),
        province=row.province_adcode,
        macro_region=row.region7,
        economic_region=row.econ_region4,
        short_name=row.short_name,
    )
