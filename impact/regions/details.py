"""Details: what follows the names of divisions and says where inside them, as towns, zones and streets do."""

import re

from impact.regions.spellings import ENDINGS

ZONE = (
    r"开发区|高新区|新区|工业区|园区|产业园|示范区|[实试]验区"
    r"|合作区|保税区|[景游]区|度假区|保护区|管理区|垦区"
)
TOWN = r"镇|乡|苏木|街道|村|社区|[农林牧渔茶总分]场|[种良]羊?场"
DETAIL = re.compile(
    rf".{{0,12}}?(?:{ZONE}|{TOWN}|街|路|号|屯|寨|组|队|团|连|管委会|基地|境内|一带|周边|等地|全[境域省市县区])+.*"
)
OF_A_TOWN = re.compile(TOWN)
OF_A_ZONE = re.compile(rf".{{0,8}}?(?:{ZONE})")
ALL_OF_IT = re.compile(r"(?:全[境域省市县区]|境内|等地)+")
NO_DIVISION = re.compile(rf".{{0,5}}[^{ENDINGS}]")


def is_detail(rest: str) -> bool:
    """Tell whether `rest` says where inside what was named before it, or that all of it is meant."""
    return DETAIL.fullmatch(rest) is not None


def is_loose(rest: str) -> bool:
    """Tell whether `rest` is short and names no division, so that it may be a place without its kind."""
    return NO_DIVISION.fullmatch(rest) is not None


def is_all_of_it(rest: str) -> bool:
    """Tell whether `rest` says that all of what was named is meant."""
    return ALL_OF_IT.fullmatch(rest) is not None


def names_town(rest: str) -> bool:
    """Tell whether `rest` makes of the short name before it the name of a town or village."""
    return OF_A_TOWN.match(rest) is not None


def names_zone(rest: str) -> bool:
    """Tell whether `rest` makes of the short name before it the name of a zone."""
    return OF_A_ZONE.match(rest) is not None
