"""Belts are neighbours of one trade; where they can be checked against lists, most are on them."""

import csv
from collections.abc import Iterable

from impact.model import Belt, Catalog, Category, Level, Place, Producer, Product, Region
from impact.regions.belts import find_belts

HOME = {"east": Place(30.0, 120.0), "next": Place(30.3, 120.3), "far": Place(40.0, 100.0)}


def catalog(sellers: Iterable[tuple[str, str]], level: Level = Level.COUNTY) -> Catalog:
    """Make producers of (county, category), two counties 44 km apart and one far away."""
    numbered = list(enumerate(sellers))
    return Catalog(
        regions=tuple(Region(name, f"{name}县", level, short_name=name) for name in HOME),
        belts=(),
        producers=tuple(
            Producer(f"P{i}", f"P{i}", county, HOME[county], "belt", "industry_belts", "small", "0", 1.0)
            for i, (county, _) in numbered
        ),
        products=tuple(Product(f"P{i}-1", f"P{i}", f"P{i}", category, 0.5) for i, (_, category) in numbered),
        interests=(),
        channels=(),
        segments=(),
        placements=(),
        lexicon=(),
        categories=(Category("shoes", "鞋", "Shoes"),),
    )


def test_three_shoemakers_in_two_neighbouring_counties_are_a_belt_named_after_the_stronger_county():
    belts = find_belts(catalog([("next", "shoes"), ("east", "shoes"), ("next", "shoes")]))

    assert belts == (Belt("shoes-next", "next鞋", "shoes", ("east", "next")),)


def test_two_are_too_few():
    assert find_belts(catalog([("east", "shoes"), ("next", "shoes")])) == ()


def test_one_county_with_enough_producers_is_a_belt():
    [belt] = find_belts(catalog([("east", "shoes")] * 3))

    assert belt.regions == ("east",)


def test_a_county_far_away_is_not_part_of_it():
    [belt] = find_belts(catalog([("east", "shoes")] * 3 + [("far", "shoes")]))

    assert belt.regions == ("east",)


def test_another_trade_next_door_is_not_part_of_it():
    assert find_belts(catalog([("east", "shoes"), ("next", "shoes"), ("next", "tea")])) == ()


def test_other_goods_are_no_trade():
    assert find_belts(catalog([("east", "other")] * 3)) == ()


def test_producers_known_only_by_prefecture_stay_out():
    assert find_belts(catalog([("east", "shoes")] * 3, level=Level.PREFECTURE)) == ()


def test_the_sample_has_belts_each_county_once_a_trade(sample):
    belts = find_belts(sample)
    pairs = [(belt.category, county) for belt in belts for county in belt.regions]

    assert len(belts) > 80
    assert len(pairs) == len(set(pairs))
    assert [belt.belt_id for belt in belts] == sorted(belt.belt_id for belt in belts)
    assert "海宁服装" in {belt.name for belt in belts}


def test_counties_that_a_later_list_names_as_traders_lie_in_belts_far_more_often(sample, data):
    found = {county for belt in find_belts(sample) for county in belt.regions}
    with (data / "belts" / "cn_county_industry_profile.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["adcode"] for row in csv.DictReader(file) if int(row["taobao_villages_2016"] or 0) >= 5}
    counties = {region.adcode for region in sample.regions if region.level is Level.COUNTY}

    assert len(listed & found) / len(listed) > 0.5
    assert len(found) / len(counties) < 0.12


def test_belts_do_not_depend_on_the_order_of_producers(sample):
    turned = Catalog(
        **{**vars(sample), "producers": sample.producers[::-1], "products": sample.products[::-1]}
    )

    assert find_belts(turned) == find_belts(sample)
