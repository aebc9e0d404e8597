"""Which division a text means: hard cases by kind, how many are right, and that nothing is guessed."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.divisions import read_former_names, read_regions
from impact.catalog.table import Tables
from impact.config import DATA
from impact.model import Level, Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver

CASES = Path(__file__).parents[1] / "data" / "places"
RIGHT_SHARE, WRONG_SHARE = 0.98, 0.005
"""Of the labelled cases so many at least are right, and so many at most wrong and taken for sure."""


@pytest.fixture(scope="module")
def resolver():
    tables = Tables(DATA)
    return Resolver(Gazetteer(read_regions(tables), read_former_names(tables)))


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
    labelled = [*cases("written.csv"), *cases("listed.csv")]
    wrong = [
        (text, region, told(resolver, text)) for text, region, _ in labelled if told(resolver, text) != region
    ]
    sure = [case for case in wrong if case[2] not in ("ambiguous", "unknown")]

    assert len(labelled) >= 300
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


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"province": "浙江省", "county": "安吉县"}, "安吉县"),
        ({"province": "浙江", "prefecture": "湖州", "county": "安吉"}, "安吉县"),
        ({"province": "重庆市", "prefecture": "重庆市", "county": "石柱县"}, "石柱土家族自治县"),
        ({"province": "北京市", "county": "通州区"}, "通州区"),
        ({"adcode": "330523"}, "安吉县"),
        ({"adcode": "330523", "county": "安吉县"}, "安吉县"),
        ({"place": "浙江安吉天荒坪镇"}, "安吉县"),
        ({"province": "江苏省", "place": "通州区石港镇"}, "通州区"),
        ({"county": "安吉县", "place": "天荒坪镇大溪村"}, "安吉县"),
        ({"province": "山西省"}, "山西省"),
    ],
)
def test_columns_are_read_together(resolver, parts, name):
    assert resolver.resolve_parts(parts).region.name == name


def test_a_code_that_names_contradict_is_refused(resolver):
    found = resolver.resolve_parts({"adcode": "330523", "province": "福建省", "county": "安溪县"})

    assert found.region is None
    assert found.refused.code == "place_code_contradicts"


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
