"""A table that was pasted is read like a file; what is not of it is set aside, never lost."""

import pytest

from impact.catalog.files import table_of_text
from impact.errors import BadInput


def read(text):
    table = table_of_text(text)
    return table, list(table.lines())


def aside(table):
    return [(found.row, found.why) for found in table.set_aside]


def codes(table):
    return [(issue.row, issue.code) for issue in table.issues]


def test_titles_totals_notes_and_headers_printed_again_are_set_aside():
    table, lines = read(
        "2024年申报表\t\t\n填报单位：某社\t\t\n名称\t产能\t单位\n龙井\t12\t斤\n合计\t12\t\n"
        "名称\t产能\t单位\n核桃\t3\t斤\n注：以上为估计\t\t\n"
    )

    assert (table.header, table.header_row) == (("名称", "产能", "单位"), 3)
    assert [(line.number, line.cells) for line in lines] == [
        (4, ("龙井", "12", "斤")),
        (7, ("核桃", "3", "斤")),
    ]
    assert aside(table) == [(1, "title"), (2, "note"), (5, "total"), (6, "repeated_header"), (8, "note")]
    assert table.issues == ()


@pytest.mark.parametrize(
    "row",
    [
        "合计牌茶\t12\t斤",  # a product whose name begins so
        "合计\t12\t斤",  # other text beside it
        "总计\t龙井\t斤",
        "注水牛肉\t12\t斤",
        "备注\t12\t斤",
        "来源地茶\t\t",
        "龙井合计\t12\t",
        "合计\t12斤装\t礼盒",
    ],
)
def test_a_product_with_an_unlucky_name_stays(row):
    table, lines = read(f"名称\t产能\t单位\n龙井\t12\t斤\n{row}\n")

    assert lines[-1].cells == tuple(row.split("\t"))
    assert table.set_aside == ()


@pytest.mark.parametrize(
    "row",
    [
        "合计\t12\t",
        "合 计：\t\t",
        "小计\t1,200\t—",
        "浙江省小计\t12\t",
        "Total\t12\t",
        "Grand total\t1.5e3\t",
        "合计\t1,000吨\t",
        "合计\t约1.2万斤\t/",
    ],
)
def test_a_total_is_the_word_with_figures(row):
    table, lines = read(f"名称\t产能\t单位\n龙井\t12\t斤\n{row}\n")

    assert (len(lines), aside(table)) == (1, [(3, "total")])


@pytest.mark.parametrize("code", ["6.93E+12", "6.93457E+12", "7E+11"])
def test_a_code_that_lost_digits_is_told_in_columns_that_nobody_knows(code):
    table, _ = read(f"名称\t备用码\n龙井\t{code}\n核桃\t6.93E+2\n")

    assert codes(table) == [(2, "digits_lost")]


def test_a_total_may_stand_beside_the_label_of_its_group():
    table, lines = read("省份,名称,产能\n浙江省,龙井,12\n浙江省,小计,12\n")

    assert (len(lines), aside(table)) == (1, [(3, "total")])


def test_a_lone_quote_costs_no_row():
    table, lines = read('name,kg\n"tea,1\nnuts,2\n"jujube, dried",3\n')

    assert [line.cells for line in lines] == [('"tea', "1"), ("nuts", "2"), ("jujube, dried", "3")]
    assert codes(table) == [(2, "quote_unclosed")]


def test_rows_longer_and_shorter_than_the_header_are_told():
    table, lines = read("a,b,c\n7,2,3\n7,2\n7,2,3,4\n7,2,3,\n")

    assert [line.cells for line in lines] == [
        ("7", "2", "3"),
        ("7", "2", ""),
        ("7", "2", "3"),
        ("7", "2", "3"),
    ]
    assert codes(table) == [(3, "row_shorter"), (4, "row_longer")]
    assert table.issues[1].params["value"] == "4"


def test_reading_again_finds_the_same():
    table, first = read("a,b\n1\n合计,1\n")
    found = table.issues, table.set_aside

    assert list(table.lines()) == first
    assert (table.issues, table.set_aside) == found


def test_names_in_two_rows_are_joined():
    table, lines = read("序号,产地,,产能,\n,省,县,年,月\n1,浙江,安吉,100,8\n")

    assert table.header == ("序号", "产地 省", "产地 县", "产能 年", "产能 月")
    assert table.header_row == 2
    assert [line.number for line in lines] == [3]
    assert aside(table) == [(1, "group_header")]


def test_blank_columns_are_left_out_and_columns_keep_their_place():
    table, lines = read(",名称,,产能\n,龙井,,12\n,核桃,,3\n")

    assert (table.header, table.columns) == (("名称", "产能"), (2, 4))
    assert lines[1].cells == ("核桃", "3")


def test_a_column_of_values_without_a_name_is_kept_and_told():
    table, lines = read("名称,,产能\n龙井,特级,12\n")

    assert table.header == ("名称", "B", "产能")
    assert lines[0].cells == ("龙井", "特级", "12")
    assert codes(table) == [(1, "header_blank")]


@pytest.mark.parametrize(
    ("row", "num_lines"), [("甲,1,2", 1), ("(1),(2),(3)", 1), ("1,2,3", 2), ("甲,乙,丙", 2)]
)
def test_numbers_of_columns_are_no_row_unless_they_may_be_data(row, num_lines):
    table, lines = read(f"名称,产能,单位\n{row}\n龙井,12,斤\n")

    assert len(lines) == num_lines
    assert aside(table) == [(2, "column_numbers")] * (2 - num_lines)


def test_nothing_pasted_is_refused():
    with pytest.raises(BadInput) as refused:
        table_of_text(" \n ")

    assert [issue.code for issue in refused.value.issues] == ["file_empty"]
