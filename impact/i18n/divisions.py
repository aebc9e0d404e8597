"""Divisions: what those of another country are called, by its own table."""

from pathlib import Path

from impact.catalog.countries import DIVISIONS, read_divisions
from impact.catalog.table import Tables
from impact.i18n.wording import call
from impact.model import Level


def call_divisions(folder: Path) -> None:
    """Let the first level of the country that `folder` has a table of be called by the names in it."""
    tables = Tables(folder)
    if tables.has(DIVISIONS):
        first = [each for each in read_divisions(tables) if each.level is Level.PROVINCE]
        call("province", {region.adcode: region.short_name for region in first})
