"""Templates: files that show partners which columns there are and how to fill them."""

import csv
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from impact.catalog.columns import COLUMNS, Column, Kind
from impact.catalog.export import BOM, SHEET, TEXT_FORMAT
from impact.catalog.values.choices import choices, name_of

FAMILIES = {
    Kind.PRODUCER_TYPE: "producer_type",
    Kind.CATEGORY: "category",
    Kind.COLD_CHAIN: "cold_chain",
    Kind.COORDINATE_SYSTEM: "coordinate_system",
    Kind.YES_NO: "yes_no",
}
"""The kinds that have a list to choose from."""
CHOICES = {"zh": "可选值", "en": "Choices"}
NOTES = {"zh": "填写说明", "en": "Notes"}
NOTE_HEADER = {
    "zh": ("列名", "必填", "填什么", "单位", "例", "也可以写"),
    "en": ("Column", "Needed", "What belongs there", "Unit", "Example", "Also understood"),
}
NEEDED = {"zh": "必填", "en": "needed"}
MARK = "*"
"""Stands before the name of a column that has to be filled in."""
ROWS = 2000
"""So many rows of a template have drop-downs and keep what is typed as text."""
WIDTH, NOTES_WIDTH = 18, 32
"""In characters: a cell's example can be read without widening the column."""
NEEDED_FILL = PatternFill("solid", fgColor="FFF2CC")


def template_rows(lang: str) -> Iterator[list[str]]:
    """Give the header and one row of examples."""
    yield [f"{MARK * column.needed}{column.title(lang)}" for column in COLUMNS]
    yield [column.example(lang) for column in COLUMNS]


def template_csv(path: Path, lang: str) -> None:
    """Write the template as CSV; its examples are to be written over."""
    with path.open("w", encoding=BOM, newline="") as file:
        csv.writer(file).writerows(template_rows(lang))


def template_xlsx(path: Path, lang: str) -> None:
    """Write the template as a workbook: the table, what to write in it, and what may be chosen."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET[lang]
    for row in template_rows(lang):
        sheet.append(row)
    _notes(book.create_sheet(NOTES[lang]), lang)
    _choices(book.create_sheet(CHOICES[lang]), sheet, lang)
    _dress(sheet)
    book.save(path)


def _dress(sheet: Worksheet) -> None:
    """Keep cells as text, so that 9-11 stays months and 007 a code; show what is needed."""
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
        header = sheet.cell(1, place)
        header.font = Font(bold=True)
        if column.needed:
            header.fill = NEEDED_FILL
        for row in range(2, ROWS + 1):
            sheet.cell(row, place).number_format = TEXT_FORMAT


def _notes(sheet: Worksheet, lang: str) -> None:
    sheet.append(NOTE_HEADER[lang])
    for column in COLUMNS:
        also = " | ".join(column.written)
        needed = NEEDED[lang] if column.needed else ""
        sheet.append(
            (
                column.title(lang),
                needed,
                column.says(lang),
                column.unit(lang),
                column.example(lang),
                also,
            )
        )
    for place in range(1, len(NOTE_HEADER[lang]) + 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = NOTES_WIDTH


def _choices(sheet: Worksheet, table: Worksheet, lang: str) -> None:
    """List what may be chosen, a column each, and let the table's cells choose from it."""
    for place, (kind, family) in enumerate(FAMILIES.items(), start=1):
        names = [name_of(family, choice, lang) for choice in choices(family)]
        for row, name in enumerate(names, start=1):
            sheet.cell(row, place, name)
        letter = get_column_letter(place)
        asked = DataValidation(
            type="list",
            formula1=f"'{sheet.title}'!${letter}$1:${letter}${len(names)}",
            allow_blank=True,
            showErrorMessage=False,
        )
        table.add_data_validation(asked)
        for column in (column for column in COLUMNS if column.kind is kind):
            asked.add(_cells_of(column))


def _cells_of(column: Column) -> str:
    letter = get_column_letter(COLUMNS.index(column) + 1)
    return f"{letter}2:{letter}{ROWS}"
