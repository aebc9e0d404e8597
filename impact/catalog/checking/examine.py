"""Examine: what becomes of each row, given what the partner lists already; for a dry run and for a commit."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Protocol

from impact.catalog.checking.beside import Capacities, Checked
from impact.catalog.differences import Change, Outcome, difference
from impact.catalog.listing import Draft, Listing, twin_of
from impact.errors import Issue

BATCH = 1_000
"""So many rows are compared with what is known at once."""
SHOWN = 100
"""Of one kind of issue in one column, or of change, so many are told one by one; all are counted."""
PREVIEWED = 10
"""So many rows show whether a file was read well."""


class Known(Protocol):
    """What is listed already: by the partner itself, and, of a place and a product, by anybody else."""

    def is_empty(self) -> bool:
        """Tell whether the partner itself lists nothing."""
        ...

    def of(self, keys: Collection[str]) -> Mapping[str, Listing]: ...
    def listed(self) -> Iterator[str]: ...
    def elsewhere(self, twins: Iterable[str]) -> Collection[str]: ...
    def capacities(self, regions: Collection[str]) -> Capacities: ...


class Nothing:
    """Nobody lists anything yet."""

    def is_empty(self) -> bool:
        return True

    def of(self, keys: Collection[str]) -> Mapping[str, Listing]:
        return {}

    def listed(self) -> Iterator[str]:
        return iter(())

    def elsewhere(self, twins: Iterable[str]) -> Collection[str]:
        return ()

    def capacities(self, regions: Collection[str]) -> Capacities:
        return {}


class Examined(NamedTuple):
    """A row, and what would become of it; `change` is None for one that is rejected, or said before."""

    row: Checked
    change: Change | None

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.change:
            return self.change.outcome
        return Outcome.REJECTED if self.row.errors else Outcome.UNCHANGED


@dataclass
class Findings:
    """What a file comes to: rows by what becomes of them, issues by code and column, the first ones told."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    errors: list[Issue] = field(default_factory=list)
    doubts: list[Issue] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    """The first products that would change, or that no row names."""
    preview: list[tuple[str, ...]] = field(default_factory=list)
    """The first rows, as they were read."""
    num_errors: Counter[tuple[str, str]] = field(default_factory=Counter)
    num_doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _told: Counter[Outcome] = field(default_factory=Counter)

    def take(self, found: Examined) -> None:
        """Count one more row."""
        row, outcome = found.row, found.outcome
        self.outcomes[outcome] += 1
        if len(self.preview) < PREVIEWED:
            self.preview.append(row.line.cells)
        if outcome is Outcome.CHANGED and found.change:
            self._tell(found.change)
        if row.errors:
            _gather(row.errors, self.errors, self.num_errors)
        if row.doubts:
            _gather(row.doubts, self.doubts, self.num_doubts)

    def miss(self, absent: Change) -> None:
        """Count a product that no row names."""
        self.outcomes[Outcome.ABSENT] += 1
        self._tell(absent)

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        return self.outcomes.total() - self.outcomes[Outcome.ABSENT]

    def _tell(self, change: Change) -> None:
        """Keep the first changes of a kind."""
        if self._told[change.outcome] < SHOWN:
            self._told[change.outcome] += 1
            self.changed.append(change)


def examined(rows: Iterable[Checked], known: Known) -> Iterator[Examined]:
    """Compare rows with what is known, batch by batch."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        drafts = [row.draft for row in batch if row.draft]
        listed = known.of([draft.key for draft in drafts])
        found = [_examined(row, listed) for row in batch]
        twins = (twin_of(each.change.after) for each in found if each.change and each.change.after)
        elsewhere = known.elsewhere(twins)
        yield from (_also_elsewhere(each, elsewhere) for each in found) if elsewhere else found


def _examined(row: Checked, listed: Mapping[str, Listing]) -> Examined:
    if row.draft is None:
        return Examined(row, None)
    before = listed.get(row.draft.key)
    missing = () if before or row.draft.laid else tuple(_missing(row, row.draft))
    if missing:
        return Examined(row._replace(draft=None, errors=(*row.errors, *missing)), None)
    kept = row.draft if row.draft.region or before is None else row.draft._replace(region=before.region)
    return Examined(row, difference(kept, before))


def _missing(row: Checked, draft: Draft) -> Iterator[Issue]:
    """Name what a product that is new has to have."""
    if not draft.values.get("product"):
        yield Issue("product_missing", row=row.line.number)
    if not draft.region:
        yield Issue("place_missing", row=row.line.number)


def _also_elsewhere(found: Examined, elsewhere: Collection[str]) -> Examined:
    """Say that another partner lists the same product of the same place, but not who."""
    change = found.change
    if change is None or change.after is None or twin_of(change.after) not in elsewhere:
        return found
    issue = Issue("listed_elsewhere", row=change.row, params={"product": str(change.after.values["product"])})
    return found._replace(row=found.row._replace(doubts=(*found.row.doubts, issue)))


def _gather(issues: Iterable[Issue], told: list[Issue], counts: Counter[tuple[str, str]]) -> None:
    for issue in issues:
        kind = (issue.code, issue.column or "")
        counts[kind] += 1
        if counts[kind] <= SHOWN:
            told.append(issue)
