"""Years, days, and how long goods keep."""

import pytest
from catalog.values.cells import codes, refusal, value

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019", 2019),
        ("2019年", 2019),
        ("2019.0", 2019),
        ("２０１９", 2019),
        ("二〇一九年", 2019),
        ("2019年度", 2019),
        ("2019-05-06", 2019),
        ("2019/5/6", 2019),
        ("2019年5月", 2019),
        ("2019.5", 2019),
        ("2017年第一批", 2017),
    ],
)
def test_years(text, year):
    assert value("year", text) == year


@pytest.mark.parametrize("text", ["19", "24/9/1", "第三批", "45200", "1066", "去年", "20191", "12000"])
def test_what_is_no_year_is_refused(text):
    assert refusal("year", text) == "not_a_year"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-12-31", "2027-12-31"),
        ("2027/12/31", "2027-12-31"),
        ("2027.9.1", "2027-09-01"),
        ("2027年9月1日", "2027-09-01"),
        ("2027年9月", "2027-09-30"),
        ("2028年2月", "2028-02-29"),
        ("2027-12", "2027-12-31"),
        ("20270901", "2027-09-01"),
        ("2027", "2027-12-31"),
        ("2027-12-31 00:00:00", "2027-12-31"),
        ("2027-12-31T00:00:00", "2027-12-31"),
        ("31/12/2027", "2027-12-31"),
        ("12/31/2027", "2027-12-31"),
        ("长期", "unlimited"),
        ("长期有效", "unlimited"),
    ],
)
def test_last_days(text, day):
    assert value("valid_until", text) == day


@pytest.mark.parametrize("text", ["2027-13-01", "2027-02-30", "明年", "2027-00-01", "99", "1234567"])
def test_what_is_no_day_is_refused(text):
    assert refusal("valid_until", text) == "not_a_date"


@pytest.mark.parametrize(
    ("text", "candidates"),
    [("24/9/1", "2001-09-24, 2024-09-01"), ("9/1/2027", "2027-01-09, 2027-09-01")],
)
def test_a_date_that_may_be_several_is_flagged_and_never_guessed(text, candidates):
    refused = read_cell(BY_NAME["valid_until"], text).refused

    assert refused.code == "date_ambiguous"
    assert refused.params["candidates"] == candidates


def test_a_spreadsheets_number_of_a_day_is_read_and_doubted():
    assert value("valid_until", "45200") == "2023-10-01"
    assert codes("valid_until", "45200") == {"date_was_number"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("365天", {"any": 365}),
        ("365", {"any": 365}),
        ("12个月", {"any": 365}),
        ("18个月", {"any": 548}),
        ("1年", {"any": 365}),
        ("一年", {"any": 365}),
        ("一年半", {"any": 548}),
        ("半年", {"any": 182}),
        ("半个月", {"any": 15}),
        ("两年", {"any": 730}),
        ("2周", {"any": 14}),
        ("48小时", {"any": 2}),
        ("7-10天", {"any": 7}),
        ("约30天", {"any": 30}),
        ("保质期30天", {"any": 30}),
        ("冷藏7天", {"chilled": 7}),
        ("7天(冷藏)", {"chilled": 7}),
        ("冷藏条件下7天", {"chilled": 7}),
        ("冷冻12个月", {"frozen": 365}),
        ("常温10天/冷藏30天", {"ambient": 10, "chilled": 30}),
        ("常温10天，冷藏30天", {"ambient": 10, "chilled": 30}),
        ("12 months", {"any": 365}),
        ("30 days", {"any": 30}),
        ("长期", {"any": "unlimited"}),
    ],
)
def test_how_long_goods_keep(text, days):
    assert value("shelf_life", text) == days


@pytest.mark.parametrize(("text", "unit", "days"), [("12", "月", 365), ("30", "天", 30), ("7天", "月", 7)])
def test_a_header_lends_its_unit(text, unit, days):
    assert value("shelf_life", text, unit) == {"any": days}


@pytest.mark.parametrize("text", ["很久", "0天", "12斤", "冷藏", "-3天"])
def test_what_is_no_shelf_life_is_refused(text):
    assert refusal("shelf_life", text) == "not_a_shelf_life"
