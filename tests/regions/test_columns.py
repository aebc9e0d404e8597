"""Rows that say in several cells where they are from."""

import pytest

from impact.errors import Issue
from impact.regions.columns import resolve_columns
from impact.regions.resolver import Resolver


@pytest.fixture(scope="module")
def resolver(china):
    return Resolver(china)


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
    assert resolve_columns(resolver, parts).region.name == name


def test_a_code_that_names_contradict_is_refused(resolver):
    found = resolve_columns(resolver, {"adcode": "330523", "province": "福建省", "county": "安溪县"})

    assert found.region is None
    assert found.refused == Issue(
        "place_code_contradicts",
        params={"code": "330523", "region": "浙江省湖州市安吉县", "text": "福建省安溪县"},
    )
    assert [region.name for region in found.candidates] == ["安吉县", "安溪县"]


@pytest.mark.parametrize(
    ("parts", "name", "why"),
    [
        (
            {"adcode": "999999", "province": "浙江省", "county": "安吉县"},
            "安吉县",
            "names say it",
        ),
        ({"adcode": "330523", "province": "浙江省"}, "安吉县", "a code inside what names say"),
        ({"adcode": "330000", "county": "安吉县"}, "浙江省", "a code decides, of a wider one too"),
        (
            {"adcode": "330523", "county": "没有这个县"},
            "安吉县",
            "unknown names contradict nothing",
        ),
        ({"adcode": "330523", "place": "安溪县"}, "安吉县", "a place is not read beside a code"),
        ({"province": "浙江省", "place": "好山好水"}, "浙江省", "a place that is none adds nothing"),
        ({"province": "浙江省", "place": "浙江省"}, "浙江省", "said twice"),
        ({"county": "没有这个县", "place": "安吉县"}, None, "names that nobody knows leave a place in doubt"),
        ({"adcode": "999999"}, None, "nobody bears that code"),
        ({}, None, "nothing is said"),
        ({"province": "", "county": "", "place": "", "adcode": ""}, None, "blank cells"),
    ],
)
def test_what_one_column_does_not_say_another_may(resolver, parts, name, why):
    region = resolve_columns(resolver, parts).region

    assert (region and region.name) == name, why
