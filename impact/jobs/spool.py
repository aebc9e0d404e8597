"""Spool: changes on their way from being found to being taken over, kept on disk however many they are."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile

from impact.catalog.differences import Change, Outcome
from impact.catalog.listing import Laid
from impact.store.entries import Entry, entry_of
from impact.written import Written

AT_ONCE = 1_000


class Spool:
    """Changes in the order in which they were added, as the tables take them."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  it goes with this object
        self._num_parts = 0
        rest = map(_plain, map(entry_of, changes))
        while some := list(islice(rest, AT_ONCE)):
            pickle.dump(some, self._file, pickle.HIGHEST_PROTOCOL)
            self._num_parts += 1

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        for _ in range(self._num_parts):
            for key, outcome, row, before, after in pickle.load(self._file):  # noqa: S301  our own file
                was, now = before and Written(before), after and Laid._make((*after[:-1], Written(after[-1])))
                yield Entry(key, Outcome(outcome), row, was, now)


def _plain(entry: Entry) -> tuple[object, ...]:
    """Take classes off, which are written slowly."""
    before, after = entry.before, entry.after
    laid = after and (*after[:-1], str(after.body))
    return entry.key, entry.outcome.value, entry.row, before and str(before), laid
