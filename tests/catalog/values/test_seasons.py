"""In which months there are goods."""

import pytest
from catalog.values.cells import codes, refusal, value

from impact.catalog.cells import read_cell
from impact.catalog.columns import BY_NAME

ALL = list(range(1, 13))
MONTHS = [
    ("9月-11月", [9, 10, 11]),
    ("9-11月", [9, 10, 11]),
    ("9-11", [9, 10, 11]),
    ("9~11月", [9, 10, 11]),
    ("9月至11月", [9, 10, 11]),
    ("9月到11月", [9, 10, 11]),
    ("９月－１１月", [9, 10, 11]),
    ("九月到十一月", [9, 10, 11]),
    ("十月", [10]),
    ("十二月", [12]),
    ("每年9-11月", [9, 10, 11]),
    ("9-11月上市", [9, 10, 11]),
    ("每年9月-11月陆续上市", [9, 10, 11]),
    ("9月", [9]),
    ("9", [9]),
    ("09", [9]),
    ("9月、10月", [9, 10]),
    ("9、10、11月", [9, 10, 11]),
    ("9月,10月", [9, 10]),
    ("9月和10月", [9, 10]),
    ("3-5月，9-11月", [3, 4, 5, 9, 10, 11]),
    ("11月-次年3月", [1, 2, 3, 11, 12]),
    ("11月至翌年3月", [1, 2, 3, 11, 12]),
    ("11-3月", [1, 2, 3, 11, 12]),
    ("10月-第二年4月", [1, 2, 3, 4, 10, 11, 12]),
    ("9月下旬-11月", [9, 10, 11]),
    ("9月中旬至10月上旬", [9, 10]),
    ("9月底", [9]),
    ("9月10日-11月20日", [9, 10, 11]),
    ("2024年9月-2024年11月", [9, 10, 11]),
    ("全年", ALL),
    ("全年供应", ALL),
    ("常年", ALL),
    ("四季", ALL),
    ("一年四季", ALL),
    ("1-12月", ALL),
    ("all year", ALL),
    ("year-round", ALL),
    ("春季", [3, 4, 5]),
    ("秋", [9, 10, 11]),
    ("秋季", [9, 10, 11]),
    ("秋冬季", [1, 2, 9, 10, 11, 12]),
    ("春、秋", [3, 4, 5, 9, 10, 11]),
    ("上半年", [1, 2, 3, 4, 5, 6]),
    ("二季度", [4, 5, 6]),
    ("第三季度", [7, 8, 9]),
    ("Q3", [7, 8, 9]),
    ("立秋后", [8, 9]),
    ("清明前", [3, 4]),
    ("谷雨前后", [4]),
    ("春节前后", [1, 2]),
    ("中秋", [9, 10]),
    ("中秋、国庆", [9, 10]),
    ("Sep-Nov", [9, 10, 11]),
    ("September to November".replace(" to ", "-"), [9, 10, 11]),
    ("Sept, Oct", [9, 10]),
    ("Nov-Mar", [1, 2, 3, 11, 12]),
    ("autumn", [9, 10, 11]),
    ("农历八月", [9]),
]
DATES = [
    ("2024-09-11", "9月-11月"),
    ("2024/9/11", "9月-11月"),
    ("2024-09-11 00:00:00", "9月-11月"),
    ("9月11日", "9月-11月"),
    ("11-Sep", "9月-11月"),
    ("Sep-11", "9月-11月"),
    ("9.11", "9月-11月"),
    ("9月25日", "9月"),
]


@pytest.mark.parametrize(("text", "months"), MONTHS)
def test_months_are_read_however_they_are_written(text, months):
    assert value("season", text) == months


@pytest.mark.parametrize(("text", "suggestion"), DATES)
def test_what_a_spreadsheet_took_for_a_date_is_flagged_and_never_guessed(text, suggestion):
    refused = read_cell(BY_NAME["season"], text).refused

    assert refused.code == "season_is_date"
    assert refused.params["suggestion"] == suggestion


@pytest.mark.parametrize("text", ["45546", "45546.0"])
def test_a_days_number_is_flagged(text):
    assert refusal("season", text) == "season_is_number"


@pytest.mark.parametrize("text", ["13月", "0", "看天气", "9月-", "成熟后", "9-11-12-1", "30天"])
def test_what_is_no_season_is_refused(text):
    assert refusal("season", text) == "not_a_season"


@pytest.mark.parametrize(
    ("text", "code"), [("9月下旬-11月", "whole_months"), ("中秋", "about_then"), ("农历八月", "lunar_month")]
)
def test_what_was_made_of_it_is_told(text, code):
    assert code in codes("season", text)
