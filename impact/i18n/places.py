"""Places as people call them: regions with their province, and belts."""

from impact.i18n.wording import label, words
from impact.model import Belt, Region


def belted(belt: Belt, lang: str) -> str:
    """Name a belt after its place and its goods; one that was named otherwise keeps its name."""
    goods = label("category", belt.category, "zh")
    place = belt.name.removesuffix(goods)
    if place in ("", belt.name):
        return belt.name
    return words("belt.named", lang, place=place, goods=label("category", belt.category, lang))


def placed(region: Region, lang: str) -> str:
    """Name a region with its province; county names stand as they are."""
    province = label("province", region.province, lang)
    return province if region.adcode == region.province else f"{province} {region.name}"
