"""How large regions are: what claims of land are compared with."""

from collections.abc import Mapping

from impact.catalog.countries import DIVISIONS as OF_A_COUNTRY
from impact.catalog.countries import read_sizes
from impact.catalog.divisions import DIVISIONS
from impact.catalog.table import Adcode, Positive, Row, Tables


class AreaRow(Row):
    """A line of gazetteer/cn_divisions.csv, its size alone."""

    adcode: Adcode
    area_km2_approx: Positive | None = None


def read_areas(tables: Tables) -> Mapping[str, float]:
    """Read the approximate size of divisions, in square kilometres, by code."""
    if tables.has(OF_A_COUNTRY):
        return read_sizes(tables)
    return {row.adcode: row.area_km2_approx for row in tables.read(DIVISIONS, AreaRow) if row.area_km2_approx}
