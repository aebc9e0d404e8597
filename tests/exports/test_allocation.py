"""Every line of a plan says who, where, how much, why, and what behind it nobody observed."""

from dataclasses import replace

import numpy as np
import pytest
from reports.hamlets import N_GIFTS, goods, hamlet
from shelves import valley
from valleys import SOUTH

from impact.exports.allocation import COLUMNS, IDS, given, id_lines, lines, titles
from impact.i18n import words
from impact.matching.graph.links import PARTS


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


def test_a_line_is_the_link_it_is_of_word_for_word():
    given_here = {("black", f"{N_GIFTS}-mall"): 30.0, ("lantern", f"{N_GIFTS}-live"): 5.0}
    black = goods().products[1]
    products = (goods().products[0], replace(black, imputed=frozenset({"quality"})), goods().products[2])
    solved = hamlet(given_here, replace(goods(), products=products))

    first, second = (dict(zip(COLUMNS, line, strict=True)) for line in lines(solved, "en"))

    link = int(np.flatnonzero(solved.plan.exposure)[0])
    assert [first[name] for name in ("product", "product_id", "producer", "producer_id")] == [
        "black",
        "black",
        "maker of black",
        "maker of black",
    ]
    assert (first["adcode"], first["type"], first["tier"]) == (SOUTH, "Leading firms", words("tier.0", "en"))
    assert (first["interest"], first["channel"], first["placement_id"]) == (
        "Gifts",
        "Mall",
        f"{N_GIFTS}-mall",
    )
    assert (first["exposure"], first["baseline"]) == (30, 0)
    assert first["worth"] == pytest.approx(30 * solved.problem.value[link])
    assert first["score"] == pytest.approx(solved.graph.links.score[link])
    assert (first["imputed"], second["imputed"]) == (words("imputed_field.quality", "en"), "")
    assert (second["product_id"], second["exposure"]) == ("lantern", 5)


def test_two_reasons_at_most_speak_for_a_line_the_strongest_first():
    solved = hamlet({("lantern", f"{N_GIFTS}-live"): 5.0})
    (line,) = (dict(zip(COLUMNS, line, strict=True)) for line in lines(solved, "en"))

    link = int(np.flatnonzero(solved.plan.exposure)[0])
    weighted = solved.graph.links.weights * solved.graph.links.parts[:, link]
    first, second = np.argsort(-weighted, kind="stable")[:2]
    assert line["because"] == f"{words(f'part.{PARTS[first]}', 'en')}, {words(f'part.{PARTS[second]}', 'en')}"


def test_only_what_is_given_has_a_line():
    assert list(lines(hamlet({}), "en")) == []
    assert given(hamlet({("green", f"{N_GIFTS}-live"): 1e-9})).tolist() != []
