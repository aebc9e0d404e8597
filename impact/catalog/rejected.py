"""Rejected rows as the partner sent them, and a column that says why: mended, they complete the import."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from impact.catalog.checking.rows import Checked
from impact.catalog.escape import escaped
from impact.catalog.files.cells import is_number
from impact.errors import Issue

REASON = {"zh": "退回原因", "en": "Reason"}
"""What the column is called; a column of that name is left out when a file is read."""
SPREADSHEET = ".xlsx"
Rows = Iterable[Sequence[str]]


def rejected_lines(rows: Iterable[Checked], say: Callable[[Issue], str]) -> Iterator[tuple[str, ...]]:
    """Return the cells of rows that have errors, and what is to be done about each."""
    for row in rows:
        if row.errors:
            yield (*map(_safe, row.line.cells), " ".join(map(say, row.errors)))


def write_table(path: Path, header: Sequence[str], rows: Rows, delimiter: str = ",") -> None:
    """Write a table: a workbook where `path` ends in ``.xlsx``, else text in UTF-8, marked so for Excel."""
    if path.suffix.lower() == SPREADSHEET:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for line in (header, *rows):
            sheet.append(list(line))
        book.save(path)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows((header, *rows))


def _safe(cell: str) -> str:
    return cell if is_number(cell) else escaped(cell)
