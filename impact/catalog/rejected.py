"""Rejected rows as the partner sent them, and a column that says why: mended, they complete the import."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from impact.catalog.checking.beside import Checked
from impact.catalog.escape import escaped
from impact.catalog.files.cells import is_number
from impact.errors import Issue

REASON = {"zh": "退回原因", "en": "Reason"}
"""What the column is called; a column of that name is left out when a file is read."""
SPREADSHEET = ".xlsx"
Rows = Iterable[Sequence[str]]


class Rejected:
    """Rows with errors, gathered while a file is gone through; however many, they are kept on disk."""

    def __init__(self, say: Callable[[Issue], str]) -> None:
        self._say = say
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  it goes with this object

    def add(self, row: Checked) -> None:
        """Keep the cells of a row, and what is to be done about it."""
        cells = (*map(_safe, row.line.cells), " ".join(map(self._say, row.errors)))
        self._file.write(json.dumps(cells, ensure_ascii=False) + "\n")

    def rows(self) -> Iterator[list[str]]:
        """Give the rows back, in their order."""
        self._file.seek(0)
        return map(json.loads, self._file)


def write_table(path: Path, header: Sequence[str], rows: Rows, delimiter: str = ",") -> None:
    """Write a table: a workbook where `path` ends in ``.xlsx``, else text in UTF-8, marked so for Excel."""
    if path.suffix.lower() == SPREADSHEET:
        from openpyxl import Workbook  # noqa: PLC0415  texts need none

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
