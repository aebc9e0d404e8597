"""Codes find their words, and numbers are written as each language writes them."""

import pytest

from impact.i18n import NoWords, compact, label, number, seconds, share, words
from impact.i18n.figures import exact


def test_a_code_is_said_in_both_languages():
    assert words("status.optimal", "zh") == "最优"
    assert words("status.optimal", "en") == "Optimal"


def test_a_missing_code_is_never_passed_over():
    with pytest.raises(NoWords, match=r"status\.dreamt"):
        words("status.dreamt", "zh")


def test_a_value_the_catalog_invented_names_itself():
    assert label("category", "tea", "en") == "Tea"
    assert label("category", "moon_rock", "en") == "moon_rock"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (3.14159, "3.14", "3.14"),
        (9999, "9,999", "9,999"),
        (235_000, "23.5万", "235K"),
        (93_728_481, "9373万", "93.7M"),
        (123_456_789, "1.23亿", "123M"),
    ],
)
def test_large_numbers_are_counted_in_the_units_of_the_language(value, zh, en):
    assert compact(value, "zh") == zh
    assert compact(value, "en") == en


def test_numbers_in_full_shares_and_seconds():
    assert number(1234567.5, "zh") == "1,234,567.5"
    assert share(0.2536, "en") == "25.4%"
    assert share(0.25, "zh") == "25%"
    assert seconds(0.128, "en") == "0.13"


@pytest.mark.parametrize(
    ("exposure", "said"), [(711, "711 次"), (71_100, "7.11万次"), (711_000_000, "7.11亿次")]
)
def test_a_number_with_a_unit_of_its_own_stands_next_to_what_is_counted(exposure, said):
    assert said in words("rule.group_cap_amount", "zh", group="茶", at_most=exposure)


def test_what_people_wrote_is_left_as_they_wrote_it():
    assert words("rule.group_cap_amount", "zh", group="3万 斤", at_most=1).startswith("3万 斤")


@pytest.mark.parametrize(("value", "said"), [(-0.945, "−0.945"), (0.5, "0.500"), (-0.00001, "−1.0e-05")])
def test_what_is_below_zero_has_a_minus_sign_and_no_hyphen(value, said):
    assert exact(value, "zh") == said
