"""Rows are read by what their columns mean, however many at once."""

from impact.catalog.checking.meant import NOWHERE, Meaning, Meant, Place
from impact.catalog.columns import BY_NAME
from impact.catalog.files import Line
from impact.catalog.listing import CLEAR
from impact.catalog.values.reading import BLANK, Cell

PRODUCT, COUNTY = Meaning("品名", BY_NAME["product"]), Meaning("县", BY_NAME["county"])
TASTE, REASON = Meaning("口味"), Meaning("退回原因", kept=False)


def read(meanings, *rows, place=lambda parts: Place("".join(parts.values()))):
    return Meant(meanings, place).read([Line(number, row) for number, row in enumerate(rows, 2)])


def test_rows_say_their_cells_by_column_and_where_they_are():
    places, cells = read((COUNTY, PRODUCT), ("安吉县", "白茶"), ("德清县", "笋干"))

    assert places == [Place("安吉县"), Place("德清县")]
    assert cells == {
        "county": [Cell("安吉县", "安吉县"), Cell("德清县", "德清县")],
        "product": [Cell("白茶", "白茶"), Cell("笋干", "笋干")],
    }


def test_a_blank_cell_is_blank():
    places, cells = read((PRODUCT, COUNTY), ("", ""))

    assert list(cells.values()) == [[BLANK], [BLANK]]
    assert places == [Place("")]


def test_the_same_place_is_asked_for_once():
    asked = []

    def place(parts):
        asked.append(dict(parts))
        return NOWHERE

    read((PRODUCT, COUNTY), ("白茶", "安吉县"), ("笋干", "安吉县"), ("白茶", "德清县"), place=place)

    assert asked == [{"county": "安吉县"}, {"county": "德清县"}]


def test_a_list_that_says_no_place_asks_for_none():
    places, _ = read((PRODUCT,), ("白茶",), place=lambda parts: 1 / 0)

    assert places == [NOWHERE]


def test_a_list_none_of_whose_columns_is_ours_has_rows_all_the_same():
    assert read((TASTE,), ("清香",), ("浓",)) == ([NOWHERE, NOWHERE], {})


def test_columns_that_are_not_ours_are_kept_but_for_blanks_and_reasons():
    meant = Meant((PRODUCT, TASTE, REASON), lambda parts: NOWHERE)

    assert meant.attributes(Line(2, ("白茶", "清香", "没有价格"))) == {"口味": "清香"}
    assert meant.attributes(Line(3, ("白茶", "", ""))) == {}
    assert meant.attributes(Line(4, ("白茶", CLEAR.value, ""))) == {"口味": CLEAR}
