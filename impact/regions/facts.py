"""Facts: all that is known of one division, put together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from impact.model import Belt, FormerName, Region
from impact.regions.gazetteer import Gazetteer

NO_TIER = "0"


@dataclass(frozen=True)
class Lists:
    """What lists say of divisions: priority tiers by code, codes of those with a cold chain, and belts."""

    tier_of: Mapping[str, str]
    cold_counties: Collection[str]
    belts: Iterable[Belt] = ()


@dataclass(frozen=True)
class Facts:
    """A division beside what holds it (the widest first), what it holds, and what is known of it."""

    region: Region
    holders: tuple[Region, ...]
    children: tuple[Region, ...]
    former: tuple[FormerName, ...]
    tier: str
    """Priority tier: 1 highest, 2, or 0 for none."""
    has_cold_chain: bool
    belts: tuple[Belt, ...]
    """Belts that take in the division, or a county of it."""


def facts_of(gazetteer: Gazetteer, region: Region, lists: Lists) -> Facts:
    """Put together what is known of a division."""
    return Facts(
        region=region,
        holders=gazetteer.lineage(region)[:-1],
        children=gazetteer.children(region.adcode),
        former=gazetteer.formerly(region.adcode),
        tier=lists.tier_of.get(region.adcode, NO_TIER),
        has_cold_chain=region.adcode in lists.cold_counties,
        belts=tuple(belt for belt in lists.belts if _takes_in(gazetteer, belt, region)),
    )


def _takes_in(gazetteer: Gazetteer, belt: Belt, region: Region) -> bool:
    return any(gazetteer.holds(region, gazetteer.region(code)) for code in belt.regions if code in gazetteer)
