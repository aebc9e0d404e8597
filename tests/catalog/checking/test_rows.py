"""Each row is checked by itself, beside the rows before it, and beside what is known."""

from dataclasses import replace

import pytest

from impact.catalog.checking.beside import Neighbours, checked
from impact.catalog.checking.examine import Nothing, examined
from impact.catalog.checking.meant import Meaning, Place
from impact.catalog.checking.named import Named
from impact.catalog.checking.plausible import Figures, PlausibleRow
from impact.catalog.checking.rows import Judge, World
from impact.catalog.columns import BY_NAME
from impact.catalog.differences import Outcome
from impact.catalog.files import Line
from impact.catalog.listing import CLEAR, Listing
from impact.catalog.values.reading import BLANK, Cell, Step
from impact.errors import Issue

ANJI = "330523"


def place(parts):
    said = "".join(parts.values())
    if not said:
        return Place()
    if said == "通州区":
        return Place(refused=Issue("place_ambiguous", params={"text": said}))
    return Place(ANJI, doubts=(Issue("place_doubtful"),) if "？" in said else ())


def price(text):
    if not text:
        return BLANK
    if text == CLEAR.value:
        return Cell(CLEAR, text)
    if not text.removesuffix("元").isdigit():
        return Cell(None, text, refused=Issue("not_a_price", params={"value": text}))
    return Cell(float(text.removesuffix("元")), text, (Step("in_yuan"),) if text.endswith("元") else ())


WORLD = World(
    place=place,
    settle=lambda cells: cells,
    figures=lambda values: Figures(
        "tea", None, None, None, None if values.get("price") is CLEAR else values.get("price")
    ),
    km2=lambda region: 1_886.0,
    plausible={"tea": PlausibleRow(category="tea", yuan_per_kg_least=10)},
    site=lambda cells, region: cells,
)
MEANINGS = (
    Meaning("品名", BY_NAME["product"]),
    Meaning("产地", BY_NAME["place"]),
    Meaning("单价", BY_NAME["price"], price),
    Meaning("口味"),
)


def rows(*cells, meanings=MEANINGS, world=WORLD, others=lambda regions: {}):
    judge, lines = Judge(meanings, world), [Line(number, row) for number, row in enumerate(cells, 3)]
    halves = [lines[:1], lines[1:]]
    judged = [(some, judge.judge(some)) for some in halves if some]
    return list(checked(judged, judge.column, Neighbours(others), Named()))


def codes(issues):
    return [(issue.code, issue.row, issue.column) for issue in issues]


def test_a_row_is_understood_cell_by_cell():
    (row,) = rows(("白茶", "安吉", "80元", "清香"))

    assert row.draft is not None
    assert row.draft.values == {"product": "白茶", "place": "安吉", "price": 80.0}
    assert row.draft.attributes == {"口味": "清香"}
    assert row.draft.written == {"price": "80元"}
    assert row.draft.region == ANJI


def test_what_is_wrong_is_told_with_row_and_the_partners_own_column():
    (row,) = rows(("白茶", "通州区", "很多", ""))

    assert row.draft is None
    assert codes(row.errors) == [("not_a_price", 3, "单价"), ("place_ambiguous", 3, "产地")]
    assert row.errors[0].params == {"value": "很多"}


def test_what_is_doubtful_blocks_nothing():
    (row,) = rows(("白茶", "安吉？", "2", ""))

    assert row.draft is not None
    assert codes(row.doubts) == [("place_doubtful", 3, "产地"), ("price_unusual", 3, "单价")]


def test_a_blank_cell_says_nothing_and_clear_asks_for_forgetting():
    (row,) = rows(("白茶", "安吉", CLEAR.value, CLEAR.value))

    assert row.draft is not None
    assert row.draft.values["price"] is CLEAR
    assert row.draft.attributes == {"口味": CLEAR}


def test_a_row_without_a_product_is_refused():
    (row,) = rows(("", "安吉", "80", ""))

    assert codes(row.errors) == [("cell_empty", 3, "品名")]


def test_the_same_row_twice_counts_once_and_is_said():
    first, second = rows(("白茶", "安吉", "80", ""), ("白茶", "安吉", "80", ""))

    assert first.draft is not None
    assert second.draft is None
    assert (second.errors, codes(second.doubts)) == ((), [("row_repeated", 4, None)])
    assert second.doubts[0].params == {"first_row": 3}


def test_two_rows_that_contradict_each_other_are_told_apart():
    first, second = rows(("白茶", "安吉", "80", ""), ("白茶", "安吉", "90", ""))

    assert first.draft is not None
    assert codes(second.errors) == [("row_contradicts", 4, None)]


class Shelf(Nothing):
    """One product, listed by the partner; and one listed by somebody else."""

    def of(self, keys):
        key = f"{ANJI}:/白茶"
        return (
            {key: Listing(key, ANJI, {"product": "白茶", "place": "安吉", "price": 80.0})}
            if key in keys
            else {}
        )

    def elsewhere(self, twins):
        return {f"{ANJI}/笋干"} & set(twins)


def test_rows_are_new_changed_unchanged_or_rejected():
    found = list(
        examined(
            rows(("白茶", "安吉", "80", ""), ("竹荪", "安吉", "", ""), ("香菇", "通州区", "", "")), Shelf()
        )
    )

    assert [each.outcome for each in found] == [Outcome.UNCHANGED, Outcome.NEW, Outcome.REJECTED]
    (changed,) = examined(rows(("白茶", "安吉", "90", "")), Shelf())
    assert changed.outcome is Outcome.CHANGED


def test_a_new_product_needs_a_place():
    (found,) = examined(rows(("白茶", "", "80", "")), Nothing())

    assert found.outcome is Outcome.REJECTED
    assert codes(found.row.errors) == [("place_missing", 3, None)]


def test_a_known_product_named_by_its_code_needs_neither_name_nor_place():
    meanings = (Meaning("编号", BY_NAME["product_code"]), *MEANINGS[1:])
    known = Listing("/#A1", ANJI, {"product_code": "A1", "product": "白茶"})

    class Coded(Nothing):
        def of(self, keys):
            return {"/#A1": known}

    (found,) = examined(rows(("A1", "", "70", ""), meanings=meanings), Coded())
    assert found.change is not None
    assert found.change.after is not None
    assert found.change.after.region == ANJI
    assert found.change.fields == {"price": (None, 70.0)}

    (new,) = examined(rows(("A1", "", "70", ""), meanings=meanings), Nothing())
    assert codes(new.row.errors) == [("product_missing", 3, None), ("place_missing", 3, None)]


def test_a_product_that_another_partner_lists_is_said_without_saying_who():
    (found,) = examined(rows(("笋干", "安吉", "", "")), Shelf())

    assert found.outcome is Outcome.NEW
    assert codes(found.row.doubts) == [("listed_elsewhere", 3, None)]
    assert found.row.doubts[0].params == {"product": "笋干"}


@pytest.mark.parametrize("column", ["county", "place"])
def test_a_place_is_blamed_on_the_column_that_says_most(column):
    meanings = (MEANINGS[0], Meaning("省", BY_NAME["province"]), Meaning("地", BY_NAME[column]))
    world = replace(WORLD, place=lambda parts: Place(refused=Issue("place_unknown")))

    (row,) = rows(("白茶", "浙江", "某地"), meanings=meanings, world=world)

    assert codes(row.errors) == [("place_unknown", 3, "地")]


SUPPLY = replace(WORLD, figures=lambda values: Figures("tea", 900.0, None, None, None))


def test_others_are_asked_for_once_for_all_regions_of_some_rows():
    asked = []

    def others(regions):
        asked.append(set(regions))
        return {ANJI: {"tea": [30.0] * 5}}

    first, second, third = rows(
        *[(f"白茶{n}", "安吉", "", "") for n in range(3)], world=SUPPLY, others=others
    )

    assert asked == [{ANJI}]
    for row in (first, second, third):
        assert codes(row.doubts) == [("capacity_beyond_others", row.line.number, "月产能")]
        assert row.doubts[0].params == {"found": 900.0, "middle": 30.0, "count": 5}


def test_coordinates_are_brought_to_where_they_are_row_by_row():
    meanings = (*MEANINGS[:2], *(Meaning(name, BY_NAME[name]) for name in ("latitude", "longitude")))
    world = replace(WORLD, site=lambda cells, region: cells | {"latitude": Cell(region, "北纬")})

    (row,) = rows(("白茶", "安吉", "30", "119"), meanings=meanings, world=world)

    assert row.draft.values["latitude"] == ANJI
    assert row.draft.values["longitude"] == "119"


def test_coordinates_are_left_alone_where_the_file_has_but_one_of_them():
    meanings = (*MEANINGS[:2], Meaning("纬度", BY_NAME["latitude"]))
    world = replace(WORLD, site=lambda cells, region: pytest.fail("There is no place to bring anything to."))

    (row,) = rows(("白茶", "安吉", "30"), meanings=meanings, world=world)

    assert row.draft.values["latitude"] == "30"


def test_a_column_that_is_not_in_the_file_goes_by_our_name():
    judge = Judge(MEANINGS, WORLD)

    assert (judge.column("product"), judge.column("monthly_capacity"), judge.column("mood")) == (
        "品名",
        "月产能",
        "mood",
    )


def test_a_blank_place_is_not_blamed_for_what_another_column_says():
    meanings = (MEANINGS[0], Meaning("省", BY_NAME["province"]), Meaning("地", BY_NAME["place"]))
    world = replace(WORLD, place=lambda parts: Place(refused=Issue("place_unknown")))

    (row,) = rows(("白茶", "浙江", ""), meanings=meanings, world=world)

    assert codes(row.errors) == [("place_unknown", 3, "省")]
