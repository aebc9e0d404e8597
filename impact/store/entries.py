"""Entries: changes as the tables take them, made once, wherever they wait."""

from typing import NamedTuple

from impact.catalog.differences import Change, Outcome
from impact.catalog.laid import body_of, laid_out
from impact.catalog.listing import Laid
from impact.written import Written, written

STAYS = frozenset({Outcome.UNCHANGED, Outcome.REJECTED})


class Entry(NamedTuple):
    """A change: what was, as JSON, and what is to be listed; of what stays no more than the key."""

    key: str
    outcome: Outcome
    row: int | None
    before: Written | None
    after: Laid | None


def entry_of(change: Change) -> Entry:
    """Lay a change out; a product that no row names has nothing after it."""
    key, outcome, before, after, row = change
    if outcome in STAYS:
        return Entry(key, outcome, row, None, None)
    stands = after if outcome is not Outcome.ABSENT else None
    return Entry(
        key,
        outcome,
        row,
        written(body_of(before)) if before else None,
        laid_out(stands) if stands else None,
    )
