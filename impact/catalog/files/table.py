"""The table of a file: its header at once, its rows as they are read."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

from impact.catalog.files.asides import SetAside
from impact.catalog.files.border import admit, misnamed, refuse_too_long
from impact.catalog.files.layout import HEAD_ROWS, Layout, layout_of, letters
from impact.catalog.files.limits import LIMITS, Limits
from impact.catalog.files.records import LINES_IN_CELL, lines_of, records
from impact.catalog.files.rows import Findings, Line, lines_in
from impact.catalog.files.source import Kind, Source
from impact.catalog.files.texts import (
    DELIMITERS,
    SAMPLE_ROWS,
    Encoding,
    chosen_encoding,
    delimiter_of,
    encoding_of,
)
from impact.catalog.files.workbooks import read_sheet
from impact.errors import BadInput, Issue

WHOLE_FILE = 1 << 62
"""Lines a cell may have where we wrote the quotes ourselves."""

__all__ = ["Line", "Table", "open_table", "table_of_text"]


@dataclass(frozen=True)
class _Text:
    """A text that can be read again from its start."""

    open: Callable[[], TextIO]
    delimiter: str
    most_lines: int = LINES_IN_CELL

    def rows(
        self, on_lone_quote: Callable[[int, str], None] = lambda row, text: None
    ) -> Generator[list[str], None, None]:
        with self.open() as file:
            yield from records(lines_of(file), self.delimiter, on_lone_quote, self.most_lines)


class Table:
    """A table of text cells.

    Attributes
    ----------
    header
        The name of each column, as it stands in the file; a column without a name is called by its letter.
    header_row
        Where the header ends; the first row of the file is 1.
    columns
        The place of each column in the file; the first is 1.
    source
        How the file was read.
    set_aside, issues
        What is not of the table, and what is odd in it; complete once `lines` ran to its end.
    """

    def __init__(self, text: _Text, source: Source, issues: tuple[Issue, ...], limits: Limits) -> None:
        self._text = text
        self._layout = _layout(text, limits)
        self.source = source
        self.header = self._layout.header
        self.header_row = self._layout.header_row
        self.columns = self._layout.columns
        self._known = (*map(self._with_column_named, issues), *self._layout.issues)
        self._findings = Findings(self._known, self._layout.aside)

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        return tuple(self._findings.set_aside)

    @property
    def issues(self) -> tuple[Issue, ...]:
        named = [replace(issue, file=issue.file or self.source.name) for issue in self._findings.issues]
        return tuple(sorted(named, key=lambda issue: issue.row or 0))

    def _with_column_named(self, issue: Issue) -> Issue:
        """Call a column by its header instead of its letter."""
        for column, header in zip(self.columns, self.header, strict=True):
            if issue.column == letters(column):
                return replace(issue, column=header)
        return issue

    def lines(self) -> Iterator[Line]:
        """Read the rows; each call reads the file anew and holds one row at a time."""
        self._findings = Findings(self._known, self._layout.aside)
        with _named(self.source.name):
            yield from lines_in(self._text.rows(self._findings.lone_quote), self._layout, self._findings)


@contextmanager
def _named(file: str | None) -> Iterator[None]:
    """Say of every issue which file it is in."""
    try:
        yield
    except BadInput as refused:
        raise BadInput(replace(issue, file=issue.file or file) for issue in refused.issues) from None


def open_table(
    path: Path,
    *,
    name: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    limits: Limits = LIMITS,
) -> Table:
    """Open the table in a file; what it is shows its content, not its name.

    Parameters
    ----------
    path
        A regular file; links are not followed.
    name
        What the user calls the file, if it is not called so at `path`.
    limits
        How much is read at most.
    encoding, delimiter, sheet
        What the user wants; otherwise found: see `encoding_of`, `delimiter_of`, and the first sheet with
        a table.

    Raises
    ------
    BadInput
        The file cannot be read, or holds no table.
    """
    name = name or path.name
    with _named(name):
        kind = admit(path, name, limits)
        if kind is not Kind.TEXT:
            return _sheet_table(path, name, kind, sheet, limits)
        return _text_table(path, name, encoding, delimiter, limits)


def table_of_text(text: str) -> Table:
    """Read a table that was pasted.

    Raises
    ------
    BadInput
        There is none in it.
    """
    if not text.strip():
        raise BadInput([Issue("file_empty")])
    source = Source(Kind.PASTED, delimiter=delimiter_of(text.splitlines(keepends=True)[:SAMPLE_ROWS]))
    return Table(_Text(lambda: StringIO(text, newline=None), source.delimiter or ","), source, (), LIMITS)


def _text_table(path: Path, name: str, encoding: str | None, delimiter: str | None, limits: Limits) -> Table:
    refuse_too_long(path, limits)
    found = chosen_encoding(path, name, encoding) if encoding else encoding_of(path, name)
    if delimiter and delimiter not in DELIMITERS:
        raise BadInput([Issue("delimiter_not_offered", name, params={"value": delimiter})])

    def reopen() -> TextIO:
        return path.open(encoding=found.name, errors="replace" if found.cut_off else "strict")

    delimiter = delimiter or _delimiter(reopen)
    source = Source(Kind.TEXT, name, found.name.removesuffix("-sig"), delimiter)
    return Table(_Text(reopen, delimiter), source, tuple(_oddities(name, found)), limits)


def _oddities(name: str, encoding: Encoding) -> Iterator[Issue]:
    """Say what is odd about a text file as a whole."""
    if misnomer := misnamed(Kind.TEXT, name):
        yield misnomer
    if encoding.cut_off:
        yield Issue("text_cut_off")
    if encoding.doubtful:
        yield Issue("encoding_doubtful", params={"value": encoding.name})


def _sheet_table(path: Path, name: str, kind: Kind, wanted: str | None, limits: Limits) -> Table:
    sheet = read_sheet(path, kind, wanted, limits)
    source = Source(kind, name, sheet=sheet.name, sheets=sheet.names)
    issues = (*_oddities_of_book(kind, name), *sheet.issues)
    return Table(_Text(lambda: sheet.path.open(encoding="utf-8"), ",", WHOLE_FILE), source, issues, limits)


def _oddities_of_book(kind: Kind, name: str) -> Iterator[Issue]:
    """Say what is odd about a workbook as a whole; its reader tells no formula of an XLS from a blank."""
    if misnomer := misnamed(kind, name):
        yield misnomer
    if kind is Kind.XLS:
        yield Issue("xls_formulas_untold")


def _delimiter(reopen: Callable[[], TextIO]) -> str:
    with reopen() as file:
        return delimiter_of(list(islice(lines_of(file), SAMPLE_ROWS)))


def _layout(text: _Text, limits: Limits) -> Layout:
    """Find where the table stands, in its first rows."""
    rows = text.rows()
    head = list(islice(rows, HEAD_ROWS))
    rows.close()
    widest = max(map(len, head), default=0)
    if widest > limits.columns:
        raise BadInput([Issue("columns_too_many", params={"found": widest, "most": limits.columns})])
    return layout_of(head)
