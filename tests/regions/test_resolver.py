"""Which division a text means: hard cases by kind, how many are right, and that nothing is guessed."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver

CASES = Path(__file__).parents[1] / "data" / "places"
SETS = ("written.csv", "listed.csv", "later.csv", "blind.csv")
"""Written before the resolver; drawn from lists; written against it; written after it was mended."""
NAMES = [
    "浙江",
    "浙江省",
    "杭州",
    "湖州市",
    "安吉",
    "安吉县",
    "长兴县",
    "通州",
    "通州区",
    "北京",
    "江苏",
    "市中区",
    "西湖",
    "镇",
    "新区",
    "苹果",
]
BETWEEN = ["", " ", "、", ",", "/", "和", "("]
RIGHT_SHARE, WRONG_SHARE = 0.98, 0.005
"""Of the labelled cases so many at least are right, and so many at most wrong and taken for sure."""


@pytest.fixture(scope="module")
def resolver(china):
    return Resolver(china)


@pytest.fixture(scope="module")
def turned(china):
    return Resolver(Gazetteer(china.regions[::-1], china.former_names[::-1]))


def cases(name):
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["region"], row["kind"]) for row in csv.DictReader(file)]


def told(resolver, text):
    found = resolver.resolve(text)
    if found.region:
        return resolver.gazetteer.full_name(found.region)
    assert found.refused
    return "ambiguous" if found.refused.code == "place_ambiguous" else "unknown"


def test_nearly_all_labelled_cases_are_right_and_hardly_any_is_wrong_and_sure(resolver):
    labelled = [case for name in SETS for case in cases(name)]
    wrong = [
        (text, region, told(resolver, text)) for text, region, _ in labelled if told(resolver, text) != region
    ]
    sure = [case for case in wrong if case[2] not in ("ambiguous", "unknown")]

    assert len(labelled) >= 600
    assert len(Counter(kind for _, _, kind in labelled)) >= 20
    assert len(wrong) <= (1 - RIGHT_SHARE) * len(labelled), wrong
    assert len(sure) <= WRONG_SHARE * len(labelled), sure


def test_what_is_ambiguous_names_all_that_may_be_meant(resolver):
    found = resolver.resolve("通州区")

    assert found.region is None
    assert {region.adcode for region in found.candidates} == {"110112", "320612"}
    assert found.confidence <= 0.5
    assert found.refused is not None
    assert found.refused.params["candidates"] == "北京市通州区, 江苏省南通市通州区"


def test_what_is_known_around_a_name_decides(resolver):
    assert resolver.resolve("通州区", within="320000").region.adcode == "320612"


def test_the_surer_the_more_was_said(resolver):
    said = ["浙江省湖州市安吉县", "浙江安吉", "湖州市长沙县"]

    confidence = [resolver.resolve(text).confidence for text in said]

    assert confidence == sorted(confidence, reverse=True)
    assert confidence[0] == 1.0


def test_a_county_under_another_prefecture_is_found_with_a_doubt(resolver):
    found = resolver.resolve("浙江省杭州市安吉县")

    assert found.region.name == "安吉县"
    assert [doubt.code for doubt in found.doubts] == ["place_elsewhere"]
    assert found.confidence < 0.8


def test_several_places_count_as_what_holds_them_and_are_all_told(resolver):
    found = resolver.resolve("涪陵区、丰都县")

    assert found.region.name == "重庆市"
    assert [region.name for region in found.several] == ["涪陵区", "丰都县"]
    assert [doubt.code for doubt in found.doubts] == ["places_several"]


def test_another_countrys_divisions_are_resolved_alike():
    bavaria = Region("DE-BY", "Bayern", Level.PROVINCE, province="DE-BY", short_name="Bayern")
    munich = Region("DE-BY-M", "München", Level.COUNTY, "DE-BY", province="DE-BY", short_name="München")

    found = Resolver(Gazetteer([bavaria, munich])).resolve("Bayern München")

    assert found.region == munich


@given(st.text(max_size=40))
def test_no_text_is_too_odd_and_nothing_is_told_without_a_reason(resolver, text):
    found = resolver.resolve(text)

    assert 0 <= found.confidence <= 1
    assert (found.region is None) == (found.refused is not None)


@given(names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), between=st.sampled_from(BETWEEN))
def test_answers_do_not_depend_on_the_order_of_the_gazetteer(resolver, turned, names, between):
    text = between.join(names)
    found, other = resolver.resolve(text), turned.resolve(text)

    assert (found.region, found.confidence) == (other.region, other.confidence)
    assert found.candidates == other.candidates
    assert all(resolver.gazetteer.holds(found.region, place) for place in found.several if found.region)


@pytest.mark.parametrize(
    "text", ["朝阳" * 5_000, "市中" * 200, "通州区、" * 100, "(" * 300, "\ud800浙江", "9" * 99]
)
def test_texts_that_would_keep_a_reader_busy_end_soon(resolver, text):
    found = resolver.resolve(text)

    assert found.region is None or found.confidence < 1
    assert found.refused is None or len(str(found.refused.params)) < 10_000
