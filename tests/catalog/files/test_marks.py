"""How far a sheet reaches is told however its cells are ordered, and however many rows share a column."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from catalog.files.workshops import cells, package, workbook

from impact.catalog.files.marks import marks_of


def marks(body, sheet="S"):
    with ZipFile(BytesIO(body)) as book:
        return marks_of(book, sheet)


@pytest.mark.parametrize(
    ("references", "last"),
    [
        (("A1",), (0, 0)),
        (("A1", "C2"), (1, 2)),
        (("C1", "A9"), (8, 2)),  # the last column and the last row are of different cells
        (("XFD1048576", "A1"), (1_048_575, 16_383)),  # the furthest comes first
        (("Z1", "AA1"), (0, 26)),
        (("A10", "A9"), (9, 0)),  # 10 comes before 9 as a text
    ],
)
def test_a_sheet_reaches_as_far_as_its_furthest_cells(references, last):
    found = marks(package(cells(*references)))

    assert (found.last_row, found.last_column) == last


def test_an_empty_sheet_reaches_nowhere():
    found = marks(package("<sheetData/>"))

    assert (found.last_row, found.last_column) == (-1, -1)


def test_a_sheet_with_formats_reaches_as_far():
    found = marks(workbook(["编码", "占比"], [7, 0.5], formats={"A2": "000"}), "Sheet1")

    assert (found.last_row, found.last_column) == (1, 1)
    assert found.formats == {(1, 0): "000"}


def test_names_of_xml_may_have_a_prefix():
    found = marks(package(cells("B7").replace("<c ", "<x:c ").replace("</c>", "</x:c>")))

    assert (found.last_row, found.last_column) == (6, 1)


def test_a_text_that_looks_like_a_cell_is_none():
    text = '<sheetData><row r="1"><c r="A1" t="str"><v>:c r="XFD1048576"></v></c></row></sheetData>'

    assert marks(package(text)).last_row < 1
