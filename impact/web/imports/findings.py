"""What was found in a file, grouped for the page: by what is to be done, then the rows it concerns."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Outcome
from impact.catalog.report import ChangeLine, CheckDocument, HeaderLine, IssueLine, KindLine, Weight
from impact.errors import Issue
from impact.i18n.catalogs import field_told
from impact.i18n.issues import say

ROWS, SAMPLES, CHANGES = 12, 3, 10
"""So many rows of one thing to do, cells of a column, and changes are shown; files have them all."""


@dataclass(frozen=True)
class Task:
    """One thing to do, in words, and the first of the rows it is to be done in."""

    said: str
    rows: tuple[int, ...]
    num_rows: int


@dataclass(frozen=True)
class Group:
    """What is wrong in the same way in one column (empty: in the file as a whole).

    `num_untold` counts those beyond the first hundred, which alone are told one by one.
    """

    column: str
    count: int
    tasks: tuple[Task, ...]
    num_untold: int


@dataclass(frozen=True)
class Meaning:
    """A header, some of its cells, and what it is taken to mean."""

    line: HeaderLine
    samples: tuple[str, ...]
    title: str | None


def groups(report: CheckDocument, weight: Weight, lang: str) -> tuple[Group, ...]:
    """Group the issues of a weight by kind and column, the most frequent first."""
    return tuple(_group(report, kind, lang) for kind in report.kinds if kind.weight is weight)


def meanings(report: CheckDocument, lang: str) -> tuple[Meaning, ...]:
    """Put beside each header the first cells under it that say something."""
    return tuple(
        Meaning(
            line, tuple(_samples(report, place)), BY_NAME[line.column].title(lang) if line.column else None
        )
        for place, line in enumerate(report.mapping)
    )


def changes(report: CheckDocument, lang: str) -> tuple[tuple[ChangeLine, tuple[str, ...]], ...]:
    """Say of the first products that would change what would, field by field."""
    found = [change for change in report.changes if change.outcome is Outcome.CHANGED][:CHANGES]
    return tuple((change, tuple(field_told(each, lang) for each in change.fields)) for change in found)


def absent(report: CheckDocument) -> tuple[str, ...]:
    """Name the first products that the file does not."""
    return tuple(change.product for change in report.changes if change.outcome is Outcome.ABSENT)[:CHANGES]


def _group(report: CheckDocument, kind: KindLine, lang: str) -> Group:
    told = [one for one in report.issues if _is_of(one, kind)]
    alike: dict[str, list[int]] = {}
    for one in told:
        said = say(Issue(one.code, params=one.params), lang)
        alike.setdefault(said, []).extend([] if one.row is None else [one.row])
    tasks = tuple(Task(said, tuple(rows[:ROWS]), len(rows)) for said, rows in alike.items())
    return Group(kind.column, kind.count, tasks, kind.count - len(told))


def _is_of(one: IssueLine, kind: KindLine) -> bool:
    return (one.weight, one.code, one.column or "") == (kind.weight, kind.code, kind.column)


def _samples(report: CheckDocument, place: int) -> Iterator[str]:
    found: dict[str, None] = {}
    for cells in report.preview:
        if place < len(cells) and cells[place].strip():
            found.setdefault(cells[place].strip())
    yield from list(found)[:SAMPLES]
