"""The table of interests: how much consumers of each interest want goods of each category, from a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from impact.catalog.sample.lexicon import AffinityRow
from impact.catalog.table import Tables
from impact.errors import Issue, refuse_if_any
from impact.model import Affinity, Catalog

FILE = "interests.csv"
COLUMNS = ("category", "interest", "strength")


@dataclass(frozen=True)
class Differences:
    """What a table of interests changes, in the order of the tables; `num_same` lines stay as they are."""

    new: tuple[Affinity, ...]
    changed: tuple[tuple[Affinity, Affinity], ...]
    gone: tuple[Affinity, ...]
    num_same: int

    @property
    def any(self) -> bool:
        """Whether anything changes."""
        return bool(self.new or self.changed or self.gone)


def read_wants(text: str, catalog: Catalog) -> tuple[Affinity, ...]:
    """Read a table of interests, whose categories and interests are those of `catalog`.

    Raises
    ------
    BadInput
        With every line that is not usable.
    """
    with TemporaryDirectory(prefix="impact-") as folder:
        (Path(folder) / FILE).write_text(text, "utf-8")
        tables = Tables(Path(folder))
        rows = tables.read(FILE, AffinityRow)
    refuse_if_any([*tables.issues, *_unknown(rows, catalog), *_repeated(rows), *_empty(rows)])
    return tuple(Affinity(row.category, row.interest, row.strength) for row in rows)


def differences(before: Sequence[Affinity], after: Sequence[Affinity]) -> Differences:
    """Say what putting `after` in place of `before` changes."""
    held = {(one.category, one.interest): one for one in before}
    kept = {(one.category, one.interest): one for one in after}
    both = [(held[key], one) for key, one in kept.items() if key in held]
    return Differences(
        new=tuple(one for key, one in kept.items() if key not in held),
        changed=tuple(pair for pair in both if pair[0] != pair[1]),
        gone=tuple(one for key, one in held.items() if key not in kept),
        num_same=sum(was == now for was, now in both),
    )


def _unknown(rows: Sequence[AffinityRow], catalog: Catalog) -> Iterator[Issue]:
    categories = {one.category_id for one in catalog.categories} or {one.category for one in catalog.products}
    interests = {one.interest_id for one in catalog.interests}
    for name in dict.fromkeys(row.category for row in rows if row.category not in categories):
        yield Issue("want_category_unknown", params={"value": name})
    for name in dict.fromkeys(row.interest for row in rows if row.interest not in interests):
        yield Issue("want_interest_unknown", params={"value": name})


def _repeated(rows: Sequence[AffinityRow]) -> Iterator[Issue]:
    counted = Counter((row.category, row.interest) for row in rows)
    for (category, interest), count in counted.items():
        if count > 1:
            yield Issue("want_repeated", params={"category": category, "interest": interest})


def _empty(rows: Sequence[AffinityRow]) -> Iterator[Issue]:
    if not rows:
        yield Issue("wants_empty")
