"""Differences: what a file would change of what is known, product by product and field by field."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from impact.catalog.listing import Draft, Json, Listing

REGION = "region"
OWN = "+"
"""Stands before the name of a column of the partner's own."""


class Outcome(StrEnum):
    """What becomes of a row of a file, or of a product that the file does not name."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ABSENT = "absent"
    REJECTED = "rejected"


class Change(NamedTuple):
    """What one row would change: `fields` holds what was and what would be, None where there is nothing."""

    key: str
    outcome: Outcome
    before: Listing | None
    after: Listing | None
    row: int | None = None

    @property
    def fields(self) -> dict[str, tuple[Json, Json]]:
        """What differs, by the name of the column or attribute."""
        was, now = _flat(self.before), _flat(self.after)
        names = [*was, *(name for name in now if name not in was)]
        return {name: (was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name)}


def difference(draft: Draft, before: Listing | None) -> Change:
    """Compare what a row asks for with what is known of the product, None where it is new."""
    after = draft.applied_to(before)
    if before is None:
        return Change(draft.key, Outcome.NEW, None, after, draft.row)
    outcome = Outcome.UNCHANGED if _flat(before) == _flat(after) else Outcome.CHANGED
    return Change(draft.key, outcome, before, after, draft.row)


def absences(known: Mapping[str, Listing], named: Collection[str]) -> Iterator[Change]:
    """Tell the products known that no row named; what becomes of them has to be asked."""
    for key, listing in known.items():
        if key not in named:
            yield Change(key, Outcome.ABSENT, listing, listing)


def counted(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """Count outcomes, those that did not occur too."""
    counts = dict.fromkeys(Outcome, 0)
    for outcome in outcomes:
        counts[outcome] += 1
    return counts


def _flat(listing: Listing | None) -> dict[str, Json]:
    """Lay a listing out as fields; how it was written is no difference."""
    if listing is None:
        return {}
    return {
        REGION: listing.region,
        **listing.values,
        **{f"{OWN}{name}": it for name, it in listing.attributes.items()},
    }
