"""Divisions are found by what people write, and several where several may be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model import FormerName, Level, Region
from impact.regions.gazetteer import Gazetteer


def two_provinces() -> Gazetteer:
    """East holds Lake City, which holds West Hill; North holds West Hill, once called Stone, code 299999."""
    return Gazetteer(
        [
            Region("100000", "东省", Level.PROVINCE, province="100000", short_name="东省"),
            Region("100100", "大湖市", Level.PREFECTURE, "100000", province="100000", short_name="大湖"),
            Region("100101", "西山区", Level.COUNTY, "100100", province="100000", short_name="西山"),
            Region("200000", "北省", Level.PROVINCE, province="200000", short_name="北省"),
            Region("200001", "西山县", Level.COUNTY, "200000", province="200000", short_name="西山"),
        ],
        [FormerName("299999", "石头县", "200001"), FormerName("100101", "大湖市", "200001")],
    )


def codes(gazetteer: Gazetteer, text: str) -> list[str]:
    return [region.adcode for region in gazetteer.candidates(text)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("西山区", ["100101"]),
        ("西山", ["100101", "200001"]),
        ("北省西山", ["200001"]),
        ("东省大湖市西山区", ["100101"]),
        ("东省西山区", ["100101"]),
        (" 东省 大湖 西山 ", ["100101"]),
        ("石头县", ["200001"]),
        ("299999", ["200001"]),
        ("北省大湖市", ["200001"]),
        ("无名县", []),
        ("东省无名县", []),
        ("", []),
    ],
)
def test_a_text_means_all_that_bear_the_name(text, meant):
    assert codes(two_provinces(), text) == meant


def test_a_former_name_gives_way_to_a_present_one_of_another_level():
    assert codes(two_provinces(), "大湖市") == ["100100"]


def test_a_code_given_out_again_means_both():
    assert [region.name for region in two_provinces().current("100101")] == ["西山区", "西山县"]


def test_divisions_know_what_is_above_and_below_them():
    gazetteer = two_provinces()

    assert [child.name for child in gazetteer.children("100000")] == ["大湖市"]
    assert gazetteer.province_of("100101").name == "东省"
    assert gazetteer.full_name(gazetteer.region("100101")) == "东省大湖市西山区"


def test_an_unknown_code_is_an_error_and_no_division():
    with pytest.raises(KeyError):
        two_provinces().region("999999")

    assert two_provinces().current("999999") == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("通州区", ["110112", "320612"]),
        ("江苏通州", ["320612"]),
        ("北京市通州区", ["110112"]),
        ("吉林", ["220000", "220200"]),
        ("昌平县", ["110114"]),
        ("110221", ["110114"]),
        ("滦县", ["130284"]),
        ("安徽省 巢湖市", ["340181"]),
        ("西藏林芝县", ["540402"]),
        ("湘西凤凰", ["433123"]),
        ("河南济源", ["419001"]),
        ("东莞市", ["441900"]),
        ("承德市", ["130800"]),
    ],
)
def test_known_traps_of_chinese_names(china, text, meant):
    assert codes(china, text) == meant


def test_every_division_is_found_by_its_code_and_by_its_full_name(china):
    for region in china.regions:
        assert china.candidates(china.full_name(region)) == (region,)
        assert region in china.candidates(region.adcode)


def test_a_bare_name_never_hides_another_that_bears_it(china):
    for region in china.regions:
        assert region in china.candidates(region.name)
        assert region in china.candidates(region.short_name)


def test_31_provinces_hold_all_counties_directly_or_not(china):
    counties = [region for region in china.regions if region.level is Level.COUNTY]

    assert len({china.province_of(county.adcode).adcode for county in counties}) == 31


@given(text=st.text(alphabet="东北省大湖市西山区县石头 1029", max_size=12))
def test_no_text_is_too_odd_to_ask(text):
    assert set(two_provinces().candidates(text)) <= set(two_provinces().regions)
