"""What is said of a cell names what stands in it, so that whoever wrote it finds it again."""

import pytest

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME


def read(name, text):
    return read_cell(BY_NAME[name], text, "")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("monthly_capacity", "很多", "not_an_amount"),
        ("monthly_capacity", "12箱-15吨", "not_an_amount"),  # cases are no tons
        ("product_code", "1.2E+10", "code_in_powers"),
        ("phone", "电话", "not_a_phone"),
        ("shelf_life", "很久", "not_a_shelf_life"),
        ("valid_until", "2026-13-01", "not_a_date"),
        ("season", "13月", "not_a_season"),
        ("price", "很贵", "not_a_price"),
        ("shop_link", "ftp://x", "not_a_link"),
        ("year", "99", "not_a_year"),
    ],
)
def test_a_refused_cell_is_told_with_its_text_and_has_no_value(name, text, code):
    cell = read(name, text)

    assert (cell.value, cell.doubts) == (None, ())
    assert (cell.refused.code, cell.refused.params) == (code, {"value": text})


@pytest.mark.parametrize(
    ("name", "text", "value", "code"),
    [
        ("monthly_capacity", "12", {"amount": 12, "unit": "piece"}, "unit_missing"),
        ("product_code", "2026-10-01", "2026-10-01", "code_is_date"),
        ("product", "茶\ufffd", "茶\ufffd", "text_garbled"),
    ],
)
def test_a_doubted_cell_keeps_its_value_and_is_told_with_it(name, text, value, code):
    cell = read(name, text)

    assert (cell.value, cell.refused) == (value, None)
    assert [(doubt.code, doubt.params) for doubt in cell.doubts] == [(code, {"value": text})]


@pytest.mark.parametrize(
    ("name", "text", "value", "steps"),
    [
        ("product_code", "1234.0", "1234", [("decimal_dropped", {"value": "1234"})]),
        ("valid_until", "2026年10月", "2026-10-31", [("last_day", {"date": "2026-10-31"})]),
        ("valid_until", "2028年2月", "2028-02-29", [("last_day", {"date": "2028-02-29"})]),
        ("product", " 安吉\u200b白茶 ", "安吉白茶", [("unseen_removed", {})]),
        ("product_code", "0012", "0012", []),  # zeros in front are part of it
    ],
)
def test_what_was_made_of_a_cell_is_told_step_by_step(name, text, value, steps):
    cell = read(name, text)

    assert (cell.value, cell.issues) == (value, ())
    assert [(step.code, dict(step.params)) for step in cell.steps] == steps


def test_a_text_that_is_too_long_is_told_by_how_much():
    cell = read("product", "茶" * 201)

    assert (cell.refused.code, cell.refused.params) == ("text_too_long", {"length": 201, "most": 200})
    assert read("product", "茶" * 200).value == "茶" * 200
