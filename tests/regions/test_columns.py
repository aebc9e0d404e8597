"""Rows that say in several cells where they are from."""

import pytest

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
    assert found.refused.code == "place_code_contradicts"
