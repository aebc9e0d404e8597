"""Administrative divisions and the names they once bore: of China, or of the country a folder is about."""

from impact.catalog.countries import DIVISIONS as OF_A_COUNTRY
from impact.catalog.countries import read_divisions, read_names
from impact.catalog.table import Adcode, Latitude, Longitude, Row, Tables
from impact.model import FormerName, Level, Place, Region

DIVISIONS = "gazetteer/cn_divisions.csv"
FORMER_NAMES = "gazetteer/cn_division_aliases.csv"
CORRECTIONS = "gazetteer/cn_division_corrections.csv"


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


class CorrectionRow(Row):
    """A line of gazetteer/cn_division_corrections.csv; without a current code, nothing bore that name."""

    old_adcode: str = ""
    old_name: str
    current_adcode: Adcode | None = None


def read_regions(tables: Tables) -> tuple[Region, ...]:
    """Read the divisions of the country that there is a table of, else those of China."""
    if tables.has(OF_A_COUNTRY):
        return read_divisions(tables)
    return tuple(_region(row) for row in tables.read(DIVISIONS, DivisionRow))


def read_former_names(tables: Tables) -> tuple[FormerName, ...]:
    """Read the codes and names that divisions once bore, as listed unless corrected; some codes are blank."""
    if tables.has(OF_A_COUNTRY):
        return read_names(tables)
    current: dict[tuple[str, str], str | None] = {}
    for listed in tables.read(FORMER_NAMES, FormerNameRow):
        current[listed.old_adcode, listed.old_name] = listed.current_adcode
    for corrected in tables.read(CORRECTIONS, CorrectionRow):
        current[corrected.old_adcode, corrected.old_name] = corrected.current_adcode
    return tuple(FormerName(code, name, adcode) for (code, name), adcode in current.items() if adcode)


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
