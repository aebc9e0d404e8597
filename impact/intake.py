"""Intake: a partner's file, from bytes to what it would change; the same for a dry run and for a commit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from impact.catalog.cells import reader, settle
from impact.catalog.checking.examine import Examined, Findings, Known, examined
from impact.catalog.checking.figures import figures_of
from impact.catalog.checking.rows import Meaning, World, checked
from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Change, absences
from impact.catalog.files import Table, open_table
from impact.catalog.headers import Suggested, suggest
from impact.catalog.rejected import REASON
from impact.errors import BadInput, Issue
from impact.reference import Reference


@dataclass(frozen=True)
class Asked:
    """What a partner says of a file: how to read it, and what its headers mean (empty for an attribute)."""

    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    meant: Mapping[str, str] = field(default_factory=dict)


class Shelf(Known, Protocol):
    """A partner's listings."""

    def keys(self) -> Collection[str]: ...
    def capacities(self, region: str, category: str) -> tuple[float, ...]: ...


@dataclass(frozen=True)
class Intake:
    """An opened file: its table, and what its columns are taken to mean."""

    table: Table
    headers: tuple[Suggested, ...]
    reference: Reference

    @property
    def meant(self) -> dict[str, str]:
        """What each header means: the name of a column, or empty for an attribute."""
        return {each.header: each.column or "" for each in self.headers}

    def rows(self, shelf: Shelf) -> Iterator[Examined]:
        """Check every row, beside what the partner lists."""
        world = World(
            place=self.reference.places,
            settle=settle,
            figures=figures_of,
            km2=self.reference.km2,
            plausible=self.reference.plausible,
            others=_remembering(shelf.capacities),
            site=self.reference.siting.site,
        )
        return examined(checked(self.table.lines(), _meanings(self.headers), world), shelf)

    def changes(self, shelf: Shelf, findings: Findings) -> Iterator[Change]:
        """Say what every row changes, then which products no row names; count all of it in `findings`."""
        unnamed = set(shelf.keys())  # as they are before anything is changed
        for found in self.rows(shelf):
            findings.take(found)
            if found.change:
                unnamed.discard(found.change.key)
                yield found.change
        for absent in absences(shelf.of(unnamed), ()):
            findings.outcomes[absent.outcome] += 1
            yield absent


def open_intake(path: Path, asked: Asked, remembered: Mapping[str, str], reference: Reference) -> Intake:
    """Open a file and settle what its columns mean: as told, as remembered, or as suggested.

    Raises
    ------
    BadInput
        The file cannot be read, or what it is told to mean is no column.
    """
    table = open_table(
        path, name=asked.name, encoding=asked.encoding, delimiter=asked.delimiter, sheet=asked.sheet
    )
    _refuse_unknown(asked.meant, table.header)
    return Intake(table, suggest(table.header, {**remembered, **asked.meant}), reference)


def _refuse_unknown(meant: Mapping[str, str], header: Sequence[str]) -> None:
    issues = [Issue("header_unknown", column=name) for name in meant if name not in header]
    issues += [
        Issue("column_not_ours", column=name, params={"value": column, "known": ", ".join(BY_NAME)})
        for name, column in meant.items()
        if column and column not in BY_NAME
    ]
    if issues:
        raise BadInput(issues)


def _meanings(headers: Iterable[Suggested]) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(each.header, BY_NAME[each.column], reader(BY_NAME[each.column], each.unit))
        if each.column
        else Meaning(each.header, kept=each.header not in REASON.values())
        for each in headers
    )


def _remembering(ask: Callable[[str, str], tuple[float, ...]]) -> Callable[[str, str], tuple[float, ...]]:
    known: dict[tuple[str, str], tuple[float, ...]] = {}

    def asked(region: str, category: str) -> tuple[float, ...]:
        if (region, category) not in known:
            known[region, category] = ask(region, category)
        return known[region, category]

    return asked
