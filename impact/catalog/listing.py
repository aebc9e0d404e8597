"""Listings: what a partner says of one product, as it was understood and as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from unicodedata import normalize

from impact.catalog.remembered import Remembered
from impact.written import Written

Value = TypeVar("Value")
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class Erased(Enum):
    """What a cell says that asks for what was known to be forgotten; a blank one asks for nothing."""

    CLEAR = "__clear__"


CLEAR = Erased.CLEAR
NOTHING: Mapping[str, str] = MappingProxyType({})


class Laid(NamedTuple):
    """A listing as its table takes it: as JSON, and what it is found and compared by."""

    key: str
    twin: str
    region: str
    category: str | None
    kg_a_month: float | None
    body: Written


@dataclass(frozen=True)
class Listing:
    """One product of a partner; `key` says which one it is in every file that the partner sends.

    `values` and `written` go by the names of columns: what each says, and the text it was read from where
    that is another. `attributes` are cells of columns that we have no name for, by the partner's names.
    """

    key: str
    region: str
    """Code of the division it comes from."""
    values: Mapping[str, Json]
    attributes: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    laid: Laid | None = field(default=None, repr=False, compare=False)
    """The same laid out, where somebody did that already."""


class Draft(NamedTuple):
    """What a row of a file asks for: a listing, or a change of one; cells left blank are not in it.

    `laid` is the listing it comes to where the product is new, if somebody laid that out already.
    """

    row: int
    key: str
    region: str
    values: Mapping[str, Json | Erased]
    attributes: Mapping[str, str | Erased] = NOTHING
    written: Mapping[str, str] = NOTHING
    laid: Laid | None = None

    def applied_to(self, before: Listing | None) -> Listing:
        """Return the listing as it is once this row is taken over."""
        if before is None and (self.laid or not self.erases()):
            return Listing(self.key, self.region, self.values, self.attributes, self.written, self.laid)  # type: ignore[arg-type]
        known = before or Listing(self.key, self.region, {})
        erased = {name for name, value in self.values.items() if value is CLEAR}
        written = {name: text for name, text in known.written.items() if name not in self.values}
        return Listing(
            self.key,
            self.region,
            _patched(known.values, self.values),
            _patched(known.attributes, self.attributes),
            written | {name: text for name, text in self.written.items() if name not in erased},
        )

    def erases(self) -> bool:
        return CLEAR in self.values.values() or CLEAR in self.attributes.values()


def key_of(values: Mapping[str, object], region: str) -> str:
    """Name a product in a way that stays: by its own and its producer's code, else by names and place.

    Who sells and is not named is told apart by town and village. Names are compared without regard to width,
    case and spaces.
    """
    seller, goods = values.get("producer_code"), values.get("product_code")
    named = values.get("producer") or f"{values.get('town') or ''}{values.get('village') or ''}"
    who = f"#{seller}" if seller else f"{region}:{plain(named)}"
    what = f"#{goods}" if goods else plain(values.get("product"))
    return f"{'' if goods and not values.get('producer') and not seller else who}/{what}"


def twin_of(listing: Listing) -> str:
    """Name a place and a product: two partners that list the same have the same."""
    return listing.laid.twin if listing.laid else f"{listing.region}/{plain(listing.values.get('product'))}"


def plain(name: object) -> str:
    """Write a name as it is compared: without regard to width, case and spaces; nothing is empty."""
    return PLAIN[str(name or "")]


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).casefold().split())


PLAIN: Mapping[str, str] = Remembered(_plain)
"""Sellers come again, and each product's name is asked for twice."""


def _patched(known: Mapping[str, Value], asked: Mapping[str, Value | Erased]) -> dict[str, Value]:
    both: dict[str, Value | Erased] = {**known, **asked}
    return {name: value for name, value in both.items() if not isinstance(value, Erased)}
