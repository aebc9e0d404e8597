"""Export: listings as a file that people can open and send again; what is exported can be imported."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook

from impact.catalog.columns import COLUMNS, Column
from impact.catalog.escape import escaped
from impact.catalog.listing import Listing
from impact.catalog.values.texts import CONTROL
from impact.catalog.written import NUMBERS, written

SHEET = {"zh": "商品", "en": "Products"}
BOM = "utf-8-sig"
"""With its mark in front spreadsheets know that a CSV is UTF-8."""
TEXT_FORMAT = "@"
"""Tells a spreadsheet to leave a cell as it is written."""
PUBLIC = tuple(column for column in COLUMNS if not column.private)
"""The columns for everybody but the partner and those who run the programme."""


def export_csv(
    path: Path, listings: Sequence[Listing], lang: str, columns: Sequence[Column] = COLUMNS
) -> None:
    """Write listings as CSV, headers in `lang`, with the attributes that they have behind our columns."""
    with path.open("w", encoding=BOM, newline="") as file:
        csv.writer(file).writerows(export_rows(listings, lang, columns))


def export_xlsx(
    path: Path, listings: Sequence[Listing], lang: str, columns: Sequence[Column] = COLUMNS
) -> None:
    """Write listings as a workbook of one sheet: texts as texts, bare numbers as numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET[lang])
    numeric = [column.kind in NUMBERS for column in columns]
    for number, row in enumerate(export_rows(listings, lang, columns)):
        sheet.append(row if number == 0 else _typed(row, numeric))
    book.save(path)


def export_rows(
    listings: Sequence[Listing], lang: str, columns: Sequence[Column] = COLUMNS
) -> Iterator[list[str]]:
    """Lay listings out as rows of text, the header first."""
    attributes = _attributes(listings)
    yield [*(column.title(lang) for column in columns), *(_safe(name) for name in attributes)]
    for listing in listings:
        ours = [written(column, listing.values.get(column.name), lang) for column in columns]
        yield [*ours, *(_safe(listing.attributes.get(name, "")) for name in attributes)]


def _attributes(listings: Iterable[Listing]) -> list[str]:
    """List the partner's own columns, in the order in which they first come."""
    return list(dict.fromkeys(name for listing in listings for name in listing.attributes))


def _safe(text: str) -> str:
    return escaped(CONTROL.sub("", text))


def _typed(row: Sequence[str], numeric: Sequence[bool]) -> list[str | float | None]:
    """Make numbers of the cells of numbers; a workbook knows no empty text."""
    cells: list[str | float | None] = [text or None for text in row]
    for place, is_number in enumerate(numeric):
        if is_number and row[place]:
            cells[place] = float(row[place])
    return cells
