"""Laid out: a listing as its table takes it, and how it is read again, by those who look into it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic_core import from_json

from impact.catalog.checking.figures import figures_of
from impact.catalog.listing import Draft, Json, Laid, Listing, twin_of
from impact.written import written

Value = TypeVar("Value")


def laid_out(listing: Listing) -> Laid:
    """Lay a listing out for the table, unless whoever judged its row did."""
    if listing.laid:
        return listing.laid
    said = figures_of(listing.values)
    body = written(body_of(listing))
    return Laid(listing.key, twin_of(listing), listing.region, said.category, said.kg_a_month, body)


def folded(draft: Draft) -> Laid | None:
    """Lay a row out as the listing it comes to where the product is new; None where it would be none.

    A row without product or region may be one of a product that is known, and so may one that asks for
    something to be forgotten.
    """
    if not draft.region or not draft.values.get("product") or draft.erases():
        return None
    return laid_out(Listing(*draft[1:]))  # type: ignore[arg-type]


def brief(draft: Draft) -> Draft:
    """Leave out of a row all but what it takes to count it as a new product: its name."""
    product = draft.values.get("product")
    return Draft(draft.row, draft.key, draft.region, {"product": product} if product else {}, {}, {})


def unfolded(row: int, laid: Laid) -> Draft:
    """Return the row that was laid out; what it says is read when somebody looks into it."""
    body = _Body(laid.body)
    values, attributes, texts = (
        _Part[Json](body, "values"),
        _Part[str](body, "attributes"),
        _Part[str](body, "written"),
    )
    return Draft(row, laid.key, laid.region, values, attributes, texts, laid)


def body_of(listing: Listing) -> dict[str, object]:
    """Lay a listing out as JSON."""
    return {
        "key": listing.key,
        "region": listing.region,
        "values": _plain(listing.values),
        "attributes": _plain(listing.attributes),
        "written": _plain(listing.written),
    }


def listing_of(body: dict[str, object]) -> Listing:
    """Read a listing from its JSON."""
    return Listing(**body)  # type: ignore[arg-type]


def _plain(part: Mapping[str, object]) -> dict[str, object]:
    return part if isinstance(part, dict) else dict(part)


class _Body:
    """JSON of a listing, read once at most."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def read(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = from_json(self._text)
        return found


class _Part(Mapping[str, Value], Generic[Value]):
    """What a listing says by column, by attribute, or as it was written."""

    __slots__ = ("_body", "_name")

    def __init__(self, body: _Body, name: str) -> None:
        self._body, self._name = body, name

    def __getitem__(self, name: str) -> Value:
        found: Value = self._body.read[self._name][name]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._body.read[self._name])

    def __len__(self) -> int:
        return len(self._body.read[self._name])
