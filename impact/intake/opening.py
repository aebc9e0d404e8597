"""Opening: a partner's file, how it is read, what its rows come to and what it would change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from impact.catalog.checking.beside import Checked, Neighbours, checked
from impact.catalog.checking.examine import BATCH, Examined, Findings, Known, examined
from impact.catalog.checking.named import Named
from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Change, absences
from impact.catalog.files import Table, open_table
from impact.catalog.headers import Suggested, suggest
from impact.errors import BadInput, Issue
from impact.intake.helper import hired
from impact.intake.judging import judge_of
from impact.intake.sharing import Helper, shared
from impact.reference import Reference


@dataclass(frozen=True)
class Asked:
    """What a partner says of a file: how to read it, and what its headers mean (empty for an attribute)."""

    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    meant: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """An opened file: its table, and what its columns are taken to mean."""

    table: Table
    headers: tuple[Suggested, ...]
    reference: Reference
    hire: Callable[[Sequence[Suggested], Path, bool], AbstractContextManager[Helper | None]] = hired
    """Where long files find who helps."""

    @property
    def meant(self) -> dict[str, str]:
        """What each header means: the name of a column, or empty for an attribute."""
        return {each.header: each.column or "" for each in self.headers}

    def rows(self, shelf: Known, named: Named | None = None, *, counting: bool = False) -> Iterator[Examined]:
        """Check every row, beside what the partner lists; `named` remembers which products had one.

        Where they are only counted, no more than its name may be told of a product that is new.
        """
        judge, briefly = judge_of(self.headers, self.reference), counting and shelf.is_empty()
        hire = partial(self.hire, self.headers, self.reference.folder, briefly)
        judged = shared(self.table.lines(), judge.judge, hire)
        neighbours = Neighbours(shelf.capacities)
        return examined(checked(judged, judge.column, neighbours, Named() if named is None else named), shelf)

    def changes(
        self,
        shelf: Known,
        findings: Findings,
        on_rejected: Callable[[Checked], None] = lambda row: None,
        *,
        counting: bool = False,
    ) -> Iterator[Change]:
        """Say what becomes of every row, then of products that no row names; `findings` counts all of it.

        `on_rejected` is told each row that has errors. As for `counting`, see `rows`.
        """
        named = Named()
        for found in self.rows(shelf, named, counting=counting):
            findings.take(found)
            if found.row.errors:
                on_rejected(found.row)
            yield found.change or Change("", found.outcome, None, None, found.row.line.number)
        unnamed = (key for key in shelf.listed() if key not in named)
        while some := list(islice(unnamed, BATCH)):
            for absent in absences(shelf.of(some), ()):
                findings.miss(absent)
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
