"""What a file changes: blank keeps, `__clear__` erases, the same file twice changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.differences import Outcome, absences, counted, difference
from impact.catalog.listing import CLEAR, Draft, Listing, key_of

TEA = Listing(
    "440000:/白茶", "330523", {"product": "白茶", "price": 80.0}, {"等级": "特级"}, {"price": "80元/斤"}
)


def draft(**values: object) -> Draft:
    return Draft(7, TEA.key, TEA.region, values)  # type: ignore[arg-type]


def test_a_product_nobody_knew_is_new():
    change = difference(draft(product="白茶"), None)

    assert change.outcome is Outcome.NEW
    assert change.fields == {"region": (None, "330523"), "product": (None, "白茶")}


def test_a_blank_cell_keeps_what_was_known():
    change = difference(draft(product="白茶"), TEA)

    assert change.outcome is Outcome.UNCHANGED
    assert change.after is not None
    assert change.after.values["price"] == 80.0
    assert change.after.written == {"price": "80元/斤"}


def test_a_cell_that_says_clear_erases():
    change = difference(draft(product="白茶", price=CLEAR), TEA)

    assert change.fields == {"price": (80.0, None)}
    assert change.after is not None
    assert change.after.written == {}


def test_an_attribute_is_kept_changed_and_erased_like_a_column():
    row = Draft(7, TEA.key, TEA.region, {}, {"等级": CLEAR, "口味": "清香"})

    assert difference(row, TEA).fields == {"+等级": ("特级", None), "+口味": (None, "清香")}


def test_changes_are_told_field_by_field():
    change = difference(draft(product="白茶", price=90.0, season=[3, 4]), TEA)

    assert change.outcome is Outcome.CHANGED
    assert change.fields == {"price": (80.0, 90.0), "season": (None, [3, 4])}
    assert change.row == 7


def test_writing_the_same_figure_another_way_is_no_change():
    row = Draft(7, TEA.key, TEA.region, {"price": 80.0}, {}, {"price": "八十元每斤"})

    assert difference(row, TEA).outcome is Outcome.UNCHANGED


def test_products_that_a_file_does_not_name_are_told():
    other = Listing("x", "330523", {"product": "笋干"})

    found = list(absences({TEA.key: TEA, "x": other}, {TEA.key}))

    assert [(change.key, change.outcome) for change in found] == [("x", Outcome.ABSENT)]


def test_outcomes_are_counted_also_where_there_are_none():
    assert counted([Outcome.NEW, Outcome.NEW])[Outcome.NEW] == 2
    assert counted([])[Outcome.REJECTED] == 0


def test_codes_name_a_product_wherever_it_is_said_to_come_from():
    values = {"producer_code": "007", "product_code": "0042", "product": "白茶"}

    assert key_of(values, "330523") == key_of({**values, "product": "安吉白茶"}, "330500")


def test_without_codes_names_and_place_do():
    same = key_of({"producer": "大山 合作社", "product": "白茶"}, "330523")

    assert same == key_of({"producer": "大山合作社", "product": "白茶 "}, "330523")
    assert same != key_of({"producer": "大山合作社", "product": "白茶"}, "330500")
    assert same != key_of({"producer": "小山合作社", "product": "白茶"}, "330523")


def test_villages_that_list_the_same_product_are_told_apart():
    one = key_of({"product": "木制玩具", "town": "西街道", "village": "一村"}, "331123")

    assert one != key_of({"product": "木制玩具", "town": "西街道", "village": "二村"}, "331123")
    assert key_of({"producer": "大山合作社", "product": "白茶", "village": "一村"}, "330523") == key_of(
        {"producer": "大山合作社", "product": "白茶"}, "330523"
    )


def test_a_product_code_alone_is_the_partners_own():
    assert key_of({"product_code": "A1"}, "330523") == key_of({"product_code": "A1"}, "330500")


VALUES = st.dictionaries(st.sampled_from(["product", "price", "season"]), st.integers() | st.text())


@given(VALUES, st.none() | VALUES)
def test_what_is_taken_over_twice_changes_nothing_the_second_time(asked, known):
    before = None if known is None else Listing("k", "330523", known)
    row = Draft(2, "k", "330523", asked)

    after = difference(row, before).after

    assert difference(row, after).outcome is Outcome.UNCHANGED
