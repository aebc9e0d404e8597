"""Rows as files, written as they come: what is long is never held whole."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from impact.bundles.tables.loading import database
from impact.bundles.tables.writing import Column, write_table
from impact.catalog.escape import escaped
from impact.catalog.values.texts import CONTROL

CHUNK_ROWS = 10_000
CHUNK_BYTES = 2**20
SHEET_ROWS = 1_048_576
"""So many rows fit on a sheet of a workbook; what is longer goes on on another."""
BOM = "\ufeff"
"""With its mark in front spreadsheets know that a CSV is UTF-8."""
MOST_WIDE = 40
Row = Sequence[object]


def csv_chunks(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows as CSV for programs."""
    yield _csv([header])
    source = iter(rows)
    while some := list(islice(source, CHUNK_ROWS)):
        yield _csv(some)


def sheet_chunks(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows as CSV for spreadsheets, which run none of its cells."""
    yield BOM.encode()
    yield from csv_chunks(header, (safe(row) for row in rows))


def json_chunks(head: Mapping[str, object], names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Write one document: what `head` says, and rows as objects under ``items``."""
    yield f'{_json(head)[:-1]}, "items": [\n'.encode()
    source, between = iter(rows), ""
    while some := list(islice(source, CHUNK_ROWS)):
        yield (between + ",\n".join(_json(dict(zip(names, row, strict=True))) for row in some)).encode()
        between = ",\n"
    yield b"\n]}\n"


def parquet_chunks(columns: Mapping[str, Column]) -> Iterator[bytes]:
    """Write columns as Parquet."""
    with TemporaryDirectory(prefix="impact-") as folder:
        file = Path(folder) / "table.parquet"
        with database() as db:
            write_table(db, file, columns)
        with file.open("rb") as source:
            while chunk := source.read(CHUNK_BYTES):
                yield chunk


def write_workbook(file: Path, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows as a workbook: its header stays in sight, figures are figures, and no cell is run."""
    book, source = Workbook(write_only=True), iter(rows)
    some = [*islice(source, 1)]
    while some or not book.worksheets:
        number = len(book.worksheets) + 1
        _fill(book, title if number == 1 else f"{title} {number}", header, chain(some, source))
        some = [*islice(source, 1)]
    book.save(file)


def safe(row: Row) -> list[object]:
    """Return a row no cell of which a spreadsheet would run or refuse."""
    return [escaped(CONTROL.sub("", cell)) if isinstance(cell, str) else cell for cell in row]


def _fill(book: Workbook, title: str, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Take as many rows as a sheet holds."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(MOST_WIDE, 6 + 2 * len(name))
    sheet.append(list(header))
    for row in islice(rows, SHEET_ROWS - 1):
        sheet.append(safe(row))


def _csv(rows: Iterable[Row]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
