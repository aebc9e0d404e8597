"""Every line of a plan says who, where, how much, why, and what behind it nobody observed."""

import pytest
from shelves import valley

from impact.exports.allocation import COLUMNS, IDS, given, id_lines, lines, titles
from impact.i18n import words


def told(lang):
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines(valley(), lang)]


def test_lines_add_up_to_the_plan_and_to_each_other():
    exposures = [exposure for _, _, exposure in id_lines(valley(), given(valley()))]

    assert sum(exposures) == pytest.approx(valley().plan.exposure.sum())
    assert [line["exposure"] for line in told("zh")] == pytest.approx(exposures)


def test_a_line_names_the_same_product_and_placement_as_the_one_for_programs():
    pairs = [line[:2] for line in id_lines(valley(), given(valley()))]

    assert [(line["product_id"], line["placement_id"]) for line in told("en")] == pairs
    assert IDS == ("product_id", "placement_id", "exposure")


def test_a_line_is_told_in_the_words_of_the_language():
    (zh, *_), (en, *_) = told("zh"), told("en")

    assert (zh["product"], zh["place"], zh["tier"]) == ("安吉白茶", "浙江 安吉县", words("tier.0", "zh"))
    assert (en["audience"], en["interest"]) == (words("province.330000", "en"), "Tea")
    assert len(titles("zh")) == len(set(titles("en"))) == len(COLUMNS)


def test_figures_nobody_observed_are_named_in_the_line():
    assert all(line["imputed"] == "产能，质量，保质期，规模，展位供给" for line in told("zh")[:1])


def test_a_line_says_what_speaks_for_it_and_why_it_is_not_more():
    reasons = {line["fate"] for line in told("en")}

    assert all(line["because"] for line in told("en"))
    assert any("Priority counties" in reason or "30%" in reason or "60%" in reason for reason in reasons)
