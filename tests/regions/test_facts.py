"""All that is known of a division, put together from the gazetteer and from lists."""

from impact.model import Belt, FormerName
from impact.regions.facts import Lists, facts_of

LISTS = Lists(
    tier_of={"520526": "1"},
    cold_counties={"330523"},
    belts=(
        Belt("tea-330523", "安吉茶", "tea", ("330523", "330522")),
        Belt("shoes", "鞋", "shoes", ("350582",)),
    ),
)


def facts(china, adcode):
    return facts_of(china, china.region(adcode), LISTS)


def test_a_county_lies_in_what_holds_it_and_in_its_belts(china):
    anji = facts(china, "330523")

    assert [holder.name for holder in anji.holders] == ["浙江省", "湖州市"]
    assert anji.children == ()
    assert (anji.tier, anji.has_cold_chain) == ("0", True)
    assert [belt.name for belt in anji.belts] == ["安吉茶"]


def test_a_province_holds_its_prefectures_and_the_belts_of_its_counties(china):
    zhejiang = facts(china, "330000")

    assert len(zhejiang.children) == 11
    assert zhejiang.holders == ()
    assert [belt.name for belt in zhejiang.belts] == ["安吉茶"]


def test_former_names_and_tiers_are_told(china):
    assert FormerName("110221", "昌平县", "110114") in facts(china, "110114").former
    assert facts(china, "520526").tier == "1"
