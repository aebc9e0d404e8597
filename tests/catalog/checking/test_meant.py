"""Rows are read by what their columns mean, however many at once."""

from impact.catalog.checking.meant import AT_ONCE, NOWHERE, Meaning, Meant, Place
from impact.catalog.columns import BY_NAME
from impact.catalog.files import Line
from impact.catalog.listing import CLEAR
from impact.catalog.values.reading import BLANK, Cell

PRODUCT, COUNTY = Meaning("品名", BY_NAME["product"]), Meaning("县", BY_NAME["county"])
TASTE, REASON = Meaning("口味"), Meaning("退回原因", kept=False)


def said(meanings, *rows, place=lambda parts: Place("".join(parts.values()))):
    return list(Meant(meanings, place).said(Line(number, row) for number, row in enumerate(rows, 2)))


def test_a_row_says_its_cells_by_column_and_where_that_is():
    (row,) = said((COUNTY, PRODUCT), ("安吉县", "白茶"))

    assert row == (
        Line(2, ("安吉县", "白茶")),
        Place("安吉县"),
        {"county": Cell("安吉县", "安吉县"), "product": Cell("白茶", "白茶")},
    )


def test_a_blank_cell_is_blank():
    (row,) = said((PRODUCT, COUNTY), ("", ""))

    assert list(row.cells.values()) == [BLANK, BLANK]
    assert row.place == Place("")


def test_rows_beyond_those_read_at_once_come_in_their_order():
    many = [(f"茶{number}",) for number in range(2 * AT_ONCE + 1)]

    assert [row.line.cells for row in said((PRODUCT,), *many)] == many


def test_the_same_place_is_asked_for_once():
    asked = []

    def place(parts):
        asked.append(dict(parts))
        return NOWHERE

    said((PRODUCT, COUNTY), ("白茶", "安吉县"), ("笋干", "安吉县"), ("白茶", "德清县"), place=place)

    assert asked == [{"county": "安吉县"}, {"county": "德清县"}]


def test_a_list_that_says_no_place_asks_for_none():
    (row,) = said((PRODUCT,), ("白茶",), place=lambda parts: 1 / 0)

    assert row.place is NOWHERE


def test_a_list_none_of_whose_columns_is_ours_has_rows_all_the_same():
    rows = said((TASTE,), ("清香",), ("浓",))

    assert [row.cells for row in rows] == [{}, {}]


def test_columns_that_are_not_ours_are_kept_but_for_blanks_and_reasons():
    meant = Meant((PRODUCT, TASTE, REASON), lambda parts: NOWHERE)

    assert meant.attributes(Line(2, ("白茶", "清香", "没有价格"))) == {"口味": "清香"}
    assert meant.attributes(Line(3, ("白茶", "", ""))) == {}
    assert meant.attributes(Line(4, ("白茶", CLEAR.value, ""))) == {"口味": CLEAR}
