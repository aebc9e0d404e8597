"""Divisions are found by code, and know what is above and below them."""

import pytest

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


def test_a_blank_code_was_never_borne():
    nameless = Gazetteer(two_provinces().regions, [FormerName("", "石头县", "200001")])

    assert nameless.current("") == ()


def test_a_division_holds_itself_and_what_lies_in_it():
    gazetteer = two_provinces()
    east, hill, other = (gazetteer.region(code) for code in ("100000", "100101", "200001"))

    assert gazetteer.holds(east, hill)
    assert gazetteer.holds(hill, hill)
    assert not gazetteer.holds(hill, east)
    assert not gazetteer.holds(east, other)


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("110221", "昌平区"),
        ("520222", "盘州市"),  # the list of former codes gives its neighbour
        ("610125", "鄠邑区"),
        ("420122", "江夏区"),
        ("110104", "西城区"),
        ("442500", "惠州市"),
    ],
)
def test_former_codes_lead_to_what_bears_them_now(china, former, today):
    assert [region.name for region in china.current(former)] == [today]


def test_31_provinces_hold_all_counties_directly_or_not(china):
    counties = [region for region in china.regions if region.level is Level.COUNTY]

    assert len({china.province_of(county.adcode).adcode for county in counties}) == 31


def test_names_in_other_scripts_are_written_apart():
    regions = [
        Region("1", "Hills", Level.PROVINCE, province="1"),
        Region("11", "Lake Town", Level.COUNTY, "1", province="1"),
    ]

    assert Gazetteer(regions).full_name(regions[1]) == "Hills Lake Town"


def test_a_code_borne_once_means_the_division_that_bore_it():
    assert [region.name for region in two_provinces().current("299999")] == ["西山县"]
    assert [name.old_name for name in two_provinces().formerly("200001")] == ["石头县", "大湖市"]
    assert two_provinces().formerly("100000") == ()


@pytest.mark.parametrize("order", [1, -1])
def test_divisions_may_come_in_any_order(order):
    turned = Gazetteer(two_provinces().regions[::order])

    assert [each.adcode for each in turned.lineage(turned.region("100101"))] == ["100000", "100100", "100101"]
