"""A template, filled with its own examples, is read back with nothing to be found wrong."""

import csv

import pytest
from catalog.values.cells import settled
from openpyxl import load_workbook

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME, COLUMNS
from impact.catalog.headers import suggest
from impact.catalog.templates import FAMILIES, template_csv, template_xlsx


def issues(rows):
    header, *body = rows
    meant = [each.column for each in suggest(header)]
    assert meant == [column.name for column in COLUMNS]
    cells = [
        settled({name: read_cell(BY_NAME[name], text) for name, text in zip(meant, row, strict=True)})
        for row in body
    ]
    assert cells
    return [issue for row in cells for cell in row.values() for issue in cell.issues]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_csv_is_read_back(lang, tmp_path):
    template_csv(tmp_path / "t.csv", lang)

    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert issues(list(csv.reader(file))) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_is_read_back_and_offers_what_may_be_chosen(lang, tmp_path):
    template_xlsx(tmp_path / "t.xlsx", lang)

    table, notes, chosen = load_workbook(tmp_path / "t.xlsx").worksheets
    filled = [list(row) for row in table.iter_rows(max_row=2, values_only=True)]
    assert issues(filled) == []
    assert len(table.data_validations.dataValidation) == len(FAMILIES)
    assert notes.max_row == len(COLUMNS) + 1
    for place, kind in enumerate(FAMILIES, start=1):
        (column, *_) = (column for column in COLUMNS if column.kind is kind)
        offered = [chosen.cell(row, place).value for row in range(1, chosen.max_row + 1)]
        assert all(not read_cell(column, name).issues for name in offered if name)


def test_every_cell_to_be_filled_is_kept_as_text(tmp_path):
    template_xlsx(tmp_path / "t.xlsx", "zh")

    table = load_workbook(tmp_path / "t.xlsx").worksheets[0]

    assert {table.cell(row, 1).number_format for row in (2, 3, 2000)} == {"@"}
