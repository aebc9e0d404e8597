"""Partners' listings: what each says now of each of its products."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Row,
    Select,
    Table,
    Text,
    delete,
    insert,
    select,
)

from impact.catalog.checking.figures import figures_of
from impact.catalog.listing import Listing, twin_of
from impact.store.database import reading
from impact.store.nouns import METADATA

LISTINGS = Table(
    "listings",
    METADATA,
    Column("partner", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("twin", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("category", Text),
    Column("kg_a_month", Float),
    Column("body", JSON, nullable=False),
    Column("import_id", Text, nullable=False),
    Index("ix_listings_twin", "twin"),
    Index("ix_listings_region", "region", "category"),
    Index("ix_listings_import_id", "import_id"),
)
AT_ONCE = 500
"""So many keys are asked for in one statement; databases limit its parameters."""


class Listings:
    """The listings of one partner, as one transaction sees them."""

    def __init__(self, connection: Connection, partner: str) -> None:
        self._connection = connection
        self._partner = partner

    def of(self, keys: Collection[str]) -> dict[str, Listing]:
        """Return those of `keys` that are known."""
        mine = LISTINGS.c.partner == self._partner
        found = self._asked(select(LISTINGS.c.key, LISTINGS.c.body).where(mine), LISTINGS.c.key, keys)
        return {row.key: listing_of(row.body) for row in found}

    def keys(self) -> tuple[str, ...]:
        """Return the keys of all, in order."""
        mine = select(LISTINGS.c.key).where(LISTINGS.c.partner == self._partner).order_by(LISTINGS.c.key)
        return tuple(self._connection.execute(mine).scalars())

    def every(self) -> dict[str, Listing]:
        """Return all, by key, in the order of keys."""
        mine = select(LISTINGS.c.key, LISTINGS.c.body).where(LISTINGS.c.partner == self._partner)
        rows = self._connection.execute(mine.order_by(LISTINGS.c.key))
        return {row.key: listing_of(row.body) for row in rows}

    def origins(self, keys: Collection[str]) -> dict[str, str]:
        """Say which import brought each of `keys` that are known."""
        mine = LISTINGS.c.partner == self._partner
        found = self._asked(select(LISTINGS.c.key, LISTINGS.c.import_id).where(mine), LISTINGS.c.key, keys)
        return {row.key: row.import_id for row in found}

    def elsewhere(self, twins: Collection[str]) -> frozenset[str]:
        """Return those of `twins` that another partner lists: a place and a product, see `twin_of`."""
        others = select(LISTINGS.c.twin).where(LISTINGS.c.partner != self._partner)
        return frozenset(row.twin for row in self._asked(others, LISTINGS.c.twin, twins))

    def capacities(self, region: str, category: str) -> tuple[float, ...]:
        """Return what others' listings of a region and a category say, in kilograms a month; not whose."""
        asked = select(LISTINGS.c.kg_a_month).where(
            (LISTINGS.c.region == region)
            & (LISTINGS.c.category == category)
            & (LISTINGS.c.partner != self._partner)
            & LISTINGS.c.kg_a_month.is_not(None)
        )
        return tuple(self._connection.execute(asked.order_by(LISTINGS.c.key).limit(AT_ONCE)).scalars())

    def put(self, listings: Iterable[Listing], import_id: str) -> None:
        """Add listings whose keys are not taken; `import_id` says what brought them."""
        rows = [
            {
                "partner": self._partner,
                "key": listing.key,
                "twin": twin_of(listing),
                **_compared(listing),
                "body": body_of(listing),
                "import_id": import_id,
            }
            for listing in listings
        ]
        if rows:
            self._connection.execute(insert(LISTINGS), rows)

    def take_away(self, keys: Sequence[str]) -> None:
        """Leave `keys` out from now on."""
        for some in chunks(keys, AT_ONCE):
            gone = (LISTINGS.c.partner == self._partner) & LISTINGS.c.key.in_(some)
            self._connection.execute(delete(LISTINGS).where(gone))

    def _asked(self, asked: Select[Any], column: Column[str], wanted: Collection[str]) -> Iterator[Row[Any]]:
        for some in chunks(sorted(wanted), AT_ONCE):
            yield from self._connection.execute(asked.where(column.in_(some)))


def all_listings(engine: Engine) -> tuple[tuple[str, Listing], ...]:
    """Return every partner's listings with the partner's name, in the order of both."""
    asked = select(LISTINGS.c.partner, LISTINGS.c.body).order_by(LISTINGS.c.partner, LISTINGS.c.key)
    with reading(engine) as connection:
        return tuple((row.partner, listing_of(row.body)) for row in connection.execute(asked))


def _compared(listing: Listing) -> dict[str, object]:
    said = figures_of(listing.values)
    return {"region": listing.region, "category": said.category, "kg_a_month": said.kg_a_month}


def body_of(listing: Listing) -> dict[str, object]:
    """Lay a listing out as JSON."""
    return {
        "key": listing.key,
        "region": listing.region,
        "values": dict(listing.values),
        "attributes": dict(listing.attributes),
        "written": dict(listing.written),
    }


def listing_of(body: dict[str, object]) -> Listing:
    """Read a listing from its JSON."""
    return Listing(**body)  # type: ignore[arg-type]


def chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Cut `items` into parts of `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
