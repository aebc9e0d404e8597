"""Partners' listings: what each says now of each of its products."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Float,
    Index,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    select,
)

from impact.catalog.laid import laid_out, listing_of
from impact.catalog.listing import Laid, Listing
from impact.store.bulk import insert_many
from impact.store.database import reading
from impact.store.nouns import METADATA
from impact.store.partners import PARTNERS

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
PART = 10_000
"""So many keys are held at once where all are gone through."""

MINE = LISTINGS.c.partner == bindparam("partner")
OTHERS = LISTINGS.c.partner != bindparam("partner")
WANTED: BindParameter[Sequence[str]] = bindparam("wanted", expanding=True)
BODIES = select(LISTINGS.c.key, LISTINGS.c.body).where(MINE, LISTINGS.c.key.in_(WANTED))
ORIGINS = select(LISTINGS.c.key, LISTINGS.c.import_id).where(MINE, LISTINGS.c.key.in_(WANTED))
TWINS = select(LISTINGS.c.twin).where(OTHERS, LISTINGS.c.twin.in_(WANTED))
KEYS = (
    select(LISTINGS.c.key)
    .where(MINE, LISTINGS.c.key > bindparam("last"))
    .order_by(LISTINGS.c.key)
    .limit(PART)
)
CAPACITIES = select(LISTINGS.c.region, LISTINGS.c.category, LISTINGS.c.kg_a_month).where(
    OTHERS,
    LISTINGS.c.region.in_(WANTED),
    LISTINGS.c.category.is_not(None),
    LISTINGS.c.kg_a_month.is_not(None),
)
"""Questions asked for every batch of rows, made once."""


class Listings:
    """The listings of one partner, as one transaction sees them."""

    def __init__(self, connection: Connection, partner: str) -> None:
        self._connection = connection
        self._partner = partner
        self._has_mine = self._any(MINE)
        self._has_others = self._any(OTHERS)

    def is_empty(self) -> bool:
        """Tell whether the partner lists nothing."""
        return not self._has_mine

    def of(self, keys: Collection[str]) -> dict[str, Listing]:
        """Return those of `keys` that are known."""
        found = self._asked(BODIES, keys) if self._has_mine else ()
        return {row.key: listing_of(row.body) for row in found}

    def listed(self) -> Iterator[str]:
        """Give the keys of all, in order, a part at a time: between parts listings may change."""
        last = ""
        while (
            keys := self._connection.execute(KEYS, {"partner": self._partner, "last": last}).scalars().all()
        ):
            yield from keys
            last = keys[-1]

    def every(self) -> dict[str, Listing]:
        """Return all, by key, in the order of keys."""
        mine = select(LISTINGS.c.key, LISTINGS.c.body).where(LISTINGS.c.partner == self._partner)
        rows = self._connection.execute(mine.order_by(LISTINGS.c.key))
        return {row.key: listing_of(row.body) for row in rows}

    def origins(self, keys: Collection[str]) -> dict[str, str]:
        """Say which import brought each of `keys` that are known."""
        return {row.key: row.import_id for row in self._asked(ORIGINS, keys)}

    def elsewhere(self, twins: Iterable[str]) -> frozenset[str]:
        """Return those of `twins` that another partner lists: a place and a product, see `twin_of`."""
        return frozenset(row.twin for row in self._asked(TWINS, twins)) if self._has_others else frozenset()

    def capacities(self, regions: Collection[str]) -> dict[str, dict[str, list[float]]]:
        """Return what others' listings say by region and category, in kilograms a month; not whose."""
        found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for row in self._asked(CAPACITIES, regions) if self._has_others else ():
            found[row.region][row.category].append(row.kg_a_month)
        return found

    def put(self, listings: Iterable[Listing], import_id: str) -> None:
        """Add listings whose keys are not taken; `import_id` says what brought them."""
        self.put_laid(map(laid_out, listings), import_id)

    def put_laid(self, listings: Iterable[Laid], import_id: str) -> None:
        """Add listings that are laid out for the table, see `put`."""
        rows = [{"partner": self._partner, **each._asdict(), "import_id": import_id} for each in listings]
        insert_many(self._connection, LISTINGS, rows)
        self._has_mine = self._has_mine or bool(rows)

    def take_away(self, keys: Sequence[str]) -> None:
        """Leave `keys` out from now on."""
        for some in chunks(keys, AT_ONCE):
            gone = (LISTINGS.c.partner == self._partner) & LISTINGS.c.key.in_(some)
            self._connection.execute(delete(LISTINGS).where(gone))

    def _any(self, whose: ColumnElement[bool]) -> bool:
        """Tell whether there is one at all: a first file of many rows need not ask of each."""
        return (
            self._connection.execute(
                select(LISTINGS.c.key).where(whose).limit(1), {"partner": self._partner}
            ).first()
            is not None
        )

    def _asked(self, asked: Select[Any], wanted: Iterable[str]) -> Iterator[Row[Any]]:
        for some in chunks(sorted(wanted), AT_ONCE):
            yield from self._connection.execute(asked, {"partner": self._partner, "wanted": some})


def all_listings(engine: Engine) -> tuple[tuple[str, Listing], ...]:
    """Return the listings of all partners that are not retired, with whose, in the order of both."""
    asked = _counting(select(LISTINGS.c.partner, LISTINGS.c.body)).order_by(
        LISTINGS.c.partner, LISTINGS.c.key
    )
    with reading(engine) as connection:
        return tuple((row.partner, listing_of(row.body)) for row in connection.execute(asked))


def own_listings(engine: Engine, partner: str) -> tuple[tuple[str, Listing], ...]:
    """Return what one partner lists, as `all_listings` does."""
    asked = select(LISTINGS.c.body).where(LISTINGS.c.partner == partner).order_by(LISTINGS.c.key)
    with reading(engine) as connection:
        return tuple((partner, listing_of(body)) for body in connection.execute(asked).scalars())


def all_imports(engine: Engine) -> tuple[str, ...]:
    """Name the imports that brought what partners list now, but for retired partners."""
    asked = _counting(select(LISTINGS.c.import_id)).distinct().order_by(LISTINGS.c.import_id)
    with reading(engine) as connection:
        return tuple(connection.execute(asked).scalars())


def _counting(asked: Select[Any]) -> Select[Any]:
    """Leave out what retired partners list."""
    retired = select(PARTNERS.c.partner_id).where(PARTNERS.c.retired_at.is_not(None))
    return asked.where(LISTINGS.c.partner.not_in(retired))


def chunks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Cut `items` into parts of `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
