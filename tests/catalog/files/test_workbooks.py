"""Workbooks are read as people see them: merged cells, formats, errors, the sheet that is meant."""

from datetime import date, datetime

import pytest
from catalog.files.workshops import workbook

from impact.catalog.files import Limits, open_table
from impact.errors import BadInput


@pytest.fixture
def read(tmp_path):
    def opened(content, name="table.xlsx", **wanted):
        path = tmp_path / name
        path.write_bytes(content)
        table = open_table(path, **wanted)
        return table, list(table.lines())

    return opened


def codes(table):
    return [(issue.row, issue.column, issue.code) for issue in table.issues]


def test_cells_are_as_people_see_them(read):
    _, lines = read(
        workbook(
            ["编码", "数量", "占比", "日期", "时间", "有机", "比价"],
            ["007", 12.0, 0.155, date(2024, 5, 1), datetime(2024, 5, 1, 3, 4, 5), True, 0.1 + 0.2],
            [330102, 1.5, 0.5, None, None, False, 1e-7],
            formats={"C2": "0.0%", "C3": "0%", "A3": "00000000"},
        )
    )

    assert lines[0].cells == ("007", "12", "15.5%", "2024-05-01", "2024-05-01 03:04:05", "TRUE", "0.3")
    assert lines[1].cells == ("00330102", "1.5", "50%", "", "", "FALSE", "1e-07")


def test_a_province_merged_downwards_is_in_every_row(read):
    _, lines = read(
        workbook(
            ["省份", "名称"], ["浙江省", "龙井"], [None, "香菇"], [None, "杨梅"], ["云南省", "普洱"],
            merged=["A2:A4"],
        )
    )  # fmt: skip

    assert [line.cells[0] for line in lines] == ["浙江省"] * 3 + ["云南省"]


def test_titles_merged_across_and_groups_of_columns_are_understood(read):
    table, lines = read(
        workbook(
            ["2024年申报表"],
            ["序号", "产地", None, "产能", None],
            [None, "省", "县", "年", "月"],
            [1, "浙江", "安吉", 9, 1],
            merged=["A1:E1", "A2:A3", "B2:C2", "D2:E2"],
        )
    )  # fmt: skip

    assert table.header == ("序号", "产地 省", "产地 县", "产能 年", "产能 月")
    assert [(found.row, found.why) for found in table.set_aside] == [(1, "title"), (2, "group_header")]
    assert [line.cells for line in lines] == [("1", "浙江", "安吉", "9", "1")]


def test_errors_lost_digits_and_formulas_without_a_value_are_told(read):
    table, lines = read(
        workbook(["名称", "编码"], ["龙井", 330102199001011234], ["#N/A", "=1+1"], ["=B2", 1])
    )

    assert codes(table) == [
        (2, "编码", "digits_lost"),
        (3, "名称", "error_value"),
        (3, "编码", "formula_unkept"),
        (4, "名称", "formula_unkept"),
    ]
    assert len(lines) == 2  # the row of an error and a formula without values is blank


def test_the_first_sheet_with_a_table_is_read_unless_told(read):
    content = workbook(
        sheets={"封面": [], "一": [["名称", "产能"], ["龙井", 1]], "二": [["a"], ["b"], ["c"]]}
    )

    table, _ = read(content)
    other, lines = read(content, sheet="二")

    assert (table.source.sheet, table.source.sheets) == ("一", ("封面", "一", "二"))
    assert (other.header, len(lines)) == (("a",), 2)
    with pytest.raises(BadInput) as refused:
        read(content, sheet="三")
    assert refused.value.issues[0].params["known"] == "封面, 一, 二"


def test_rows_count_as_the_sheet_does_even_after_blanks(read):
    _, lines = read(workbook([], ["名称", "产能"], [], ["龙井", 1]))

    assert [line.number for line in lines] == [4]


def test_a_workbook_called_csv_is_read_as_what_it_is(read):
    table, _ = read(workbook(["a", "b"], [1, 2], [1, 3]), name="table.csv")

    assert (table.source.kind, [code for *_, code in codes(table)]) == ("xlsx", ["file_misnamed"])


def test_time_runs_out_with_a_word(read):
    with pytest.raises(BadInput) as refused:
        read(workbook(["a"], [1]), limits=Limits(seconds=0.001))

    assert [issue.code for issue in refused.value.issues] == ["workbook_out_of_time"]
