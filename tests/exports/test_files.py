"""Rows become files that programs read, that spreadsheets open, and that run nothing."""

import csv
import io
import json

import duckdb
import pytest
from openpyxl import load_workbook

from impact.exports import files
from impact.exports.files import csv_chunks, json_chunks, parquet_chunks, safe, sheet_chunks, write_workbook

HEADER = ["名称", "数"]
ROWS = [["茶", 1.5], ["=1+1", 2.0], ["a\x07b", -3.0]]


def test_a_csv_for_programs_is_as_it_is():
    assert b"".join(csv_chunks(HEADER, ROWS[:2])).decode() == "名称,数\n茶,1.5\n=1+1,2.0\n"


def test_a_csv_for_spreadsheets_has_a_mark_and_no_formula():
    text = b"".join(sheet_chunks(HEADER, ROWS)).decode()

    assert text.startswith("\ufeff名称")
    assert list(csv.reader(io.StringIO(text)))[2:] == [["'=1+1", "2.0"], ["ab", "-3.0"]]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("=A1", "'=A1"), ("＝A1", "'＝A1"), ("@x", "'@x"), ("-3", "'-3"), (-3.0, -3.0), ("茶", "茶")],
)
def test_texts_that_could_be_formulas_are_made_safe_and_figures_stay(cell, kept):
    assert safe([cell]) == [kept]


@pytest.mark.parametrize("num_rows", [0, 1, 2, 3])
def test_a_json_is_whole_whatever_the_number_of_rows(num_rows, monkeypatch):
    monkeypatch.setattr(files, "CHUNK_ROWS", 2)

    document = json.loads(b"".join(json_chunks({"plan": "山"}, ["a", "b"], ROWS[:num_rows])))

    assert document["plan"] == "山"
    assert [list(item.values()) for item in document["items"]] == ROWS[:num_rows]


def test_a_parquet_holds_the_columns(tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"".join(parquet_chunks({"a": ["茶", "米"], "b": [1.0, 2.0]})))

    assert duckdb.sql(f"from '{tmp_path / 't.parquet'}'").fetchall() == [("茶", 1.0), ("米", 2.0)]


def test_a_workbook_keeps_figures_as_figures_and_runs_nothing(tmp_path):
    write_workbook(tmp_path / "t.xlsx", "分配", HEADER, ROWS)

    sheet = load_workbook(tmp_path / "t.xlsx")["分配"]

    assert [[cell.value for cell in row] for row in sheet.rows] == [
        HEADER,
        ["茶", 1.5],
        ["'=1+1", 2],
        ["ab", -3],
    ]
    assert {cell.data_type for row in sheet.rows for cell in row} == {"s", "n"}
    assert sheet.freeze_panes == "A2"


def test_what_does_not_fit_on_a_sheet_goes_on_on_another(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SHEET_ROWS", 3)

    write_workbook(tmp_path / "t.xlsx", "s", HEADER, [["a", n] for n in range(5)])

    book = load_workbook(tmp_path / "t.xlsx")
    assert [sheet.max_row for sheet in book] == [3, 3, 2]
    assert all(sheet["A1"].value == HEADER[0] for sheet in book)


def test_a_workbook_of_nothing_has_its_header(tmp_path):
    write_workbook(tmp_path / "t.xlsx", "s", HEADER, [])

    assert load_workbook(tmp_path / "t.xlsx")["s"].max_row == 1


def test_a_document_says_its_head_before_its_rows_and_no_figure_that_is_none():
    text = b"".join(json_chunks({"plan": "山", "lines": 2}, ["名称", "数"], ROWS[:2])).decode()

    assert text == (
        '{"plan": "山", "lines": 2, "items": [\n{"名称": "茶", "数": 1.5},\n{"名称": "=1+1", "数": 2.0}\n]}\n'
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        list(json_chunks({}, ["a"], [[float("nan")]]))


def test_columns_are_as_wide_as_their_names_up_to_forty(tmp_path):
    write_workbook(tmp_path / "t.xlsx", "s", ["名称", "a" * 30], ROWS)

    sheet = load_workbook(tmp_path / "t.xlsx")["s"]
    assert [sheet.column_dimensions[name].width for name in "AB"] == [10, 40]


def test_sheets_that_go_on_are_numbered(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SHEET_ROWS", 2)

    write_workbook(tmp_path / "t.xlsx", "分配", HEADER, ROWS)

    assert load_workbook(tmp_path / "t.xlsx").sheetnames == ["分配", "分配 2", "分配 3"]
