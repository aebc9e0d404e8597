"""What is exported is imported again, as the same."""

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME, COLUMNS, Kind
from impact.catalog.export import PUBLIC, export_csv, export_rows, export_xlsx
from impact.catalog.headers import suggest
from impact.catalog.listing import Listing
from impact.catalog.templates import FAMILIES
from impact.catalog.values.choices import choices
from impact.catalog.values.numerals import tidy
from impact.catalog.values.units import PIECES
from impact.catalog.written import written

AMOUNTS = st.floats(0.001, 1e9).map(tidy)
PAIRS = st.tuples(AMOUNTS, AMOUNTS).map(sorted).filter(lambda pair: pair[0] < pair[1])
UNITS = st.sampled_from(["kg", "litre", *(piece for piece in PIECES if piece != "item")])
AMOUNT = st.builds(lambda amount, unit: {"amount": amount, "unit": unit}, AMOUNTS, UNITS) | st.builds(
    lambda pair, unit: {"amount": pair[0], "unit": unit, "most": pair[1]}, PAIRS, UNITS
)
PRICE = st.builds(lambda yuan, per: {"yuan": yuan, "per": per}, AMOUNTS, UNITS | st.just("item")) | st.builds(
    lambda pair, per: {"yuan": pair[0], "per": per, "most": pair[1]}, PAIRS, UNITS | st.just("item")
)
PACK = st.builds(lambda amount, unit: {"amount": amount, "unit": unit}, AMOUNTS, UNITS) | st.builds(
    lambda amount, unit, per: {"amount": amount, "unit": unit, "per": per}, AMOUNTS, UNITS, UNITS
)


def to_the_centimetre(degrees):
    return round(degrees, 7) + 0.0


DAYS = st.integers(1, 10_000).map(float)
CERTIFICATE = st.sampled_from(choices("certificate")).map(lambda kind: {"kind": kind}) | st.just(
    {"kind": "green", "number": "LB-44-21031104567A"}
)
TEXT = st.text(min_size=1, max_size=60) | st.text(alphabet="'=+-@, \"\n茶", min_size=1)
VALUES = {
    Kind.COUNT: st.integers(0, 10**9).map(float),
    Kind.LATITUDE: st.floats(-90, 90).map(to_the_centimetre),
    Kind.LONGITUDE: st.floats(-180, 180).map(to_the_centimetre),
    Kind.AMOUNT: AMOUNT,
    Kind.MONTHLY_AMOUNT: AMOUNT,
    Kind.YEARLY_AMOUNT: AMOUNT,
    Kind.AREA: AMOUNTS,
    Kind.PRICE: PRICE,
    Kind.PACK: PACK,
    Kind.SEASON: st.sets(st.integers(1, 12), min_size=1).map(sorted),
    Kind.SHELF_LIFE: DAYS.map(lambda days: {"any": days})
    | st.dictionaries(st.sampled_from(["ambient", "chilled", "frozen"]), DAYS, min_size=1)
    | st.just({"any": "unlimited"}),
    Kind.CERTIFICATES: st.lists(CERTIFICATE, max_size=4),
    Kind.YEAR: st.integers(1900, 2100),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str) | st.just("unlimited"),
    Kind.YES_NO: st.booleans(),
    Kind.ADCODE: st.integers(100000, 999999).map(str),
    **{
        kind: st.sampled_from(choices(family)) for kind, family in FAMILIES.items() if kind is not Kind.YES_NO
    },
}
WRITTEN_FREELY = {Kind.TEXT, Kind.CODE, Kind.PHONE, Kind.LINK}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("column", [c for c in COLUMNS if c.kind in VALUES], ids=lambda column: column.name)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_value_written_is_read_as_the_same(column, lang, data):
    value = data.draw(VALUES[column.kind])

    cell = read_cell(column, written(column, value, lang))

    assert cell.value == value
    assert cell.issues == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(column=st.sampled_from(COLUMNS), text=TEXT)
@settings(max_examples=200, deadline=None)
def test_whatever_was_read_once_is_read_again_as_the_same(column, lang, text):
    once = read_cell(column, text)
    if once.value is None or not isinstance(once.value, str | list | dict | float | bool | int):
        return

    assert read_cell(column, written(column, once.value, lang)).value == once.value


def everything(lang):
    values = {column.name: read_cell(column, column.example(lang)).value for column in COLUMNS}
    return Listing(
        "k",
        "330523",
        {**values, "product": "=安吉白茶", "phone": "+86 572 5000000"},
        {"等级": "-特级", "产品": "x"},
    )


def read_again(rows):
    header, *body = rows
    meant = [each.column for each in suggest(header)]
    return meant, [
        {name: read_cell(BY_NAME[name], text).value for name, text in zip(meant, row, strict=True) if name}
        for row in body
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_exported_csv_is_imported_as_the_same(lang, tmp_path):
    listing = everything(lang)
    export_csv(tmp_path / "out.csv", [listing], lang)

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        meant, rows = read_again(list(csv.reader(file)))

    assert meant == [*(column.name for column in COLUMNS), "", ""]
    assert rows == [dict(listing.values)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_exported_workbook_is_imported_as_the_same(lang, tmp_path):
    listing = everything(lang)
    export_xlsx(tmp_path / "out.xlsx", [listing], lang)

    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    meant, rows = read_again(cells)

    assert meant[: len(COLUMNS)] == [column.name for column in COLUMNS]
    assert rows == [dict(listing.values)]


def test_no_exported_cell_is_a_formula():
    _, row = export_rows([everything("zh")], "zh")

    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_whom_to_call_is_not_for_everybody():
    assert {column.name for column in set(COLUMNS) - set(PUBLIC)} == {"contact", "phone"}
    header, row = export_rows([everything("zh")], "zh", PUBLIC)
    assert "联系电话" not in header
    assert not any("5000000" in cell for cell in row)


def test_a_number_is_written_as_a_number(tmp_path):
    export_xlsx(tmp_path / "out.xlsx", [Listing("k", "", {"latitude": -30.5, "product": "茶"})], "zh")

    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[0]

    assert -30.5 in [cell.value for cell in sheet[2]]
