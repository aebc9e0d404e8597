"""Spool: changes on their way from being found to being taken over, kept on disk however many they are."""

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from pydantic_core import from_json, to_json

from impact.catalog.differences import Change, Outcome
from impact.catalog.listing import Listing
from impact.store.listings import body_of, listing_of


class Spool:
    """Changes in the order in which they were added; of what stays no more than the key."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  it goes with this object
        for change in changes:
            self._file.write(to_json(_laid_out(change)) + b"\n")

    def __iter__(self) -> Iterator[Change]:
        self._file.seek(0)
        for line in self._file:
            key, outcome, before, after, row = from_json(line)
            yield Change(key, Outcome(outcome), _listing(before), _listing(after), row)


def _laid_out(change: Change) -> tuple[object, ...]:
    stays = change.outcome is Outcome.UNCHANGED
    return (change.key, change.outcome, *map(_body, (None, None) if stays else change[2:4]), change.row)


def _body(listing: Listing | None) -> dict[str, object] | None:
    return None if listing is None else body_of(listing)


def _listing(body: dict[str, object] | None) -> Listing | None:
    return None if body is None else listing_of(body)
