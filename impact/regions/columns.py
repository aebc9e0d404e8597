"""Columns: which division a row means that says it in several cells."""

from collections.abc import Mapping

from impact.errors import Issue
from impact.regions.resolver import Resolution, Resolver

NAMES = ("province", "prefecture", "county")


def resolve_columns(resolver: Resolver, parts: Mapping[str, str]) -> Resolution:
    """Say which division texts by column mean: adcode, province, prefecture, county, place.

    A code decides, unless names contradict it; a place is read inside what the others say.
    """
    named = [parts[name] for name in NAMES if parts.get(name)]
    whole = "".join(dict.fromkeys(named))
    by_name = resolver.resolve(whole) if whole else None
    if parts.get("adcode"):
        return _by_code(resolver, parts["adcode"], by_name)
    if parts.get("place"):
        return _placed(resolver, parts["place"], by_name)
    return by_name or Resolution("")


def _by_code(resolver: Resolver, code: str, by_name: Resolution | None) -> Resolution:
    found = resolver.resolve(code)
    if found.region is None:
        return by_name if by_name and by_name.region else found
    if by_name and by_name.region and not resolver.related(found.region, by_name.region):
        names = {"code": code, "region": resolver.gazetteer.full_name(found.region), "text": by_name.text}
        refused = Issue("place_code_contradicts", params=names)
        return Resolution(code, None, 0.0, (found.region, by_name.region), refused=refused)
    return found


def _placed(resolver: Resolver, place: str, holder: Resolution | None) -> Resolution:
    """Read a free text inside what columns say; where it names no division, they say all there is."""
    if holder is None or holder.region is None:
        return resolver.resolve(place if holder is None else holder.text + place)
    inner = resolver.resolve(place, holder.region.adcode)
    lineage = resolver.gazetteer.lineage
    if inner.region and holder.region != inner.region and holder.region in lineage(inner.region):
        return inner
    return holder
