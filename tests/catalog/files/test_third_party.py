"""Files that others gathered to try readers of tables on."""

import csv
import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from impact.catalog.files import open_table
from impact.catalog.files.cells import CONTROLS, SPACES, UNSEEN, cleaned

THIRD_PARTY = Path(__file__).parents[2] / "data" / "third_party"
SPECTRUM = THIRD_PARTY / "csv-spectrum"
NAUGHTY = json.loads((THIRD_PARTY / "blns" / "blns.json").read_text("utf-8"))
HEADER = ["number", "text", "end"]


@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").iterdir()), ids=lambda path: path.stem)
def test_every_case_of_the_spectrum_equals_its_json(path):
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    table = open_table(path)

    found = [dict(zip(table.header, line.cells, strict=True)) for line in table.lines()]

    plain = [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in expected]
    assert found == plain
    assert (table.issues, table.set_aside) == ((), ())


def read(path):
    table = open_table(path)
    return {int(line.cells[0]): line.cells[1] for line in table.lines()}


def test_every_naughty_string_survives_as_csv(tmp_path):
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *([i, text, "x"] for i, text in enumerate(NAUGHTY))])

    assert read(path) == {i: cleaned(text) for i, text in enumerate(NAUGHTY)}


def test_every_naughty_string_survives_as_xlsx(tmp_path):
    path = tmp_path / "naughty.xlsx"
    book = Workbook()
    book.active.append(HEADER)
    writable = [ILLEGAL_CHARACTERS_RE.sub("", text) for text in NAUGHTY]
    for i, text in enumerate(writable):
        book.active.append([i, None, "x"])
        cell = book.active.cell(i + 2, 2)
        cell.value, cell.data_type = text, "s"
    file = BytesIO()
    book.save(file)
    path.write_bytes(file.getvalue())

    assert read(path) == {i: cleaned(text) for i, text in enumerate(writable)}


def test_cleaning_takes_nothing_that_can_be_seen():
    for text in NAUGHTY:
        seen = UNSEEN.sub("", SPACES.sub(" ", CONTROLS.sub("", text)))
        assert "".join(cleaned(text).split()) == "".join(seen.split())
