"""References: what a noun names must be there, and what names a noun goes with it."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from impact.errors import Issue, Param
from impact.model import Level, Region, Segment
from impact.store.catalogs import TABLES

NAMED: Mapping[str, Mapping[str, str]] = {
    "producers": {"region": "regions"},
    "products": {"producer_id": "producers", "category": "categories"},
    "segments": {"region": "regions", "interest": "interests"},
    "placements": {"segment_id": "segments", "channel_id": "channels"},
}
"""By kind and field, the kind of what is named."""
NAMING: Mapping[str, tuple[str, str]] = {
    "producers": ("products", "producer_id"),
    "segments": ("placements", "segment_id"),
    "channels": ("placements", "channel_id"),
}
"""By kind, the kind and field of what names it: without it, they are nothing."""


def missing(connection: Connection, kind: str, noun: object) -> Iterator[Issue]:
    """Say what a noun names that is not in the catalog, and where a segment lies in no province."""
    for field, other in NAMED.get(kind, {}).items():
        name = str(getattr(noun, field))
        found = TABLES[other].one(connection, name)
        params: dict[str, Param] = {"value": name, "field": field}
        if found is None:
            yield Issue("reference_unknown", column=field, params=params)
        elif isinstance(noun, Segment) and isinstance(found, Region) and found.level is not Level.PROVINCE:
            yield Issue("segment_of_no_province", column=field, params=params)


def naming(connection: Connection, kind: str, name: str) -> tuple[str, tuple[object, ...]]:
    """Return the kind of what names a noun, and all that do."""
    if kind not in NAMING:
        return "", ()
    other, field = NAMING[kind]
    return other, TABLES[other].those(connection, field, name)
