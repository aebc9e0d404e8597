"""The atlas places producers, belts and demand, for everything wanted or for one interest."""

from dataclasses import replace

import numpy as np
import pytest
from reports.hamlets import N_GIFTS, N_TEA, S_GIFTS, goods, hamlet
from shelves import valley
from valleys import NORTH, PLACE_OF, SOUTH

from impact.model import Belt
from impact.reports.atlas import atlas

TEA_BELT = Belt("tea-530923", "永德茶", "tea", ("530923", "530822"))


@pytest.fixture(scope="module")
def belted():
    catalog = replace(valley().graph.catalog, belts=(TEA_BELT, Belt("nowhere", "无", "craft", ("530923",))))
    return replace(valley(), graph=replace(valley().graph, catalog=catalog))


def test_everything_given_is_on_the_map_once():
    found, given = atlas(valley()), valley().plan.exposure.sum()

    assert sum(row.exposure for row in found.points.producers) == pytest.approx(given)
    assert sum(each.used for each in found.demand) == pytest.approx(given)
    assert sum(each.supply for each in found.demand) == pytest.approx(valley().problem.supply.sum())


def test_demand_lies_where_its_consumers_are_the_greatest_first():
    found = atlas(valley()).demand

    segments = {segment.region: segment.place for segment in valley().graph.catalog.segments}
    assert {each.region.adcode: each.place for each in found} == segments
    assert [each.supply for each in found] == sorted((each.supply for each in found), reverse=True)


def test_an_interest_leaves_its_demand_and_who_may_be_shown_to_it():
    found, problem = atlas(valley(), "tea"), valley().problem

    asked = np.array(problem.placement_attributes["interest"])[problem.placement_of] == "tea"
    near = {problem.producer_ids[i] for i in problem.producer_of[asked].tolist()}
    assert {row.producer.producer_id for row in found.points.producers} == near
    assert sum(row.exposure for row in found.points.producers) == pytest.approx(
        valley().plan.exposure[asked].sum()
    )
    assert sum(each.supply for each in found.demand) < valley().problem.supply.sum()


def test_who_could_be_shown_somewhere_is_counted_there_once():
    problem = valley().problem
    regions = dict(zip(problem.placement_ids, valley().graph.catalog.placements, strict=True))
    for each in atlas(valley()).demand:
        there = [regions[name].segment_id.startswith(each.region.adcode) for name in problem.placement_ids]
        makers = set(problem.producer_of[np.array(there)[problem.placement_of]].tolist())
        assert each.num_producers == len(makers)


def test_demand_that_no_product_may_be_shown_to_is_told_apart():
    before, after = (
        {each.region.adcode: each.unmet for each in atlas(one, "tea").demand}
        for one in (valley(), without_tea())
    )

    assert sum(before.values()) == 0
    assert after == {each.region.adcode: each.supply for each in atlas(valley(), "tea").demand}


def without_tea():
    """A plan over a graph in which no product may be shown to who wants tea."""
    solved, problem = valley(), valley().problem
    other = np.array(problem.placement_attributes["interest"])[problem.placement_of] != "tea"
    links = replace(
        solved.graph.links,
        product_of=problem.product_of[other],
        placement_of=problem.placement_of[other],
    )
    return replace(solved, graph=replace(solved.graph, links=links))


def test_a_belt_is_the_middle_of_its_regions_with_what_its_producers_got(belted):
    (found,) = atlas(belted).belts

    places = {region.adcode: region.place for region in belted.graph.catalog.regions}
    assert found.belt == TEA_BELT
    assert found.place.lat == pytest.approx((places["530923"].lat + places["530822"].lat) / 2)
    assert found.num_producers == 1
    row = next(row for row in atlas(belted).points.producers if row.producer.name == "永德古树茶")
    assert found.exposure == pytest.approx(row.exposure)


def test_a_belt_of_other_goods_is_not_shown_for_an_interest(belted):
    assert [each.belt for each in atlas(belted, "fruit").belts] == []


def test_demand_is_told_by_region_with_what_is_offered_used_and_by_how_many():
    found = atlas(hamlet({("green", f"{N_TEA}-live"): 40, ("lantern", f"{S_GIFTS}-mall"): 25})).demand

    assert [
        (each.region.adcode, each.supply, each.used, each.unmet, each.num_producers) for each in found
    ] == [
        (NORTH, 400, 40, 0, 3),
        (SOUTH, 400, 25, 0, 3),
    ]


def test_demand_of_an_interest_is_offered_by_who_has_it_and_counts_who_may_be_shown_to_them():
    found = atlas(hamlet({("green", f"{N_TEA}-live"): 40, ("green", f"{N_GIFTS}-live"): 60}), "tea").demand

    assert [(each.region.adcode, each.supply, each.used, each.num_producers) for each in found] == [
        (NORTH, 200, 40, 2),
        (SOUTH, 200, 0, 2),
    ]


def test_a_region_that_offers_nothing_is_not_on_the_map():
    quiet = tuple(
        replace(each, supply=0.0 if each.segment_id.startswith(NORTH) else 100.0)
        for each in goods().placements
    )

    found = atlas(hamlet({}, replace(goods(), placements=quiet))).demand

    assert [each.region.adcode for each in found] == [SOUTH]


def test_the_greatest_demand_comes_first():
    more = tuple(
        replace(each, supply=150.0 if each.segment_id.startswith(SOUTH) else 100.0)
        for each in goods().placements
    )

    found = atlas(hamlet({}, replace(goods(), placements=more))).demand

    assert [(each.region.adcode, each.supply) for each in found] == [(SOUTH, 600), (NORTH, 400)]


def test_belts_come_by_what_their_producers_got_then_by_id():
    belts = (
        Belt("b-north", "北", "tea", (NORTH,)),
        Belt("a-north", "北", "tea", (NORTH, "999999")),  # a region that nobody knows has no place
        Belt("lanterns", "灯", "craft", (NORTH,)),
        Belt("south", "南", "tea", (SOUTH,)),
        Belt("nobody", "无", "fruit", (NORTH,)),
        Belt("nowhere", "无", "tea", ("999999",)),
    )
    solved = hamlet(
        {("black", f"{N_TEA}-live"): 40, ("lantern", f"{N_GIFTS}-live"): 50}, replace(goods(), belts=belts)
    )

    found = atlas(solved).belts

    assert [(each.belt.belt_id, each.num_producers, each.num_shown, each.exposure) for each in found] == [
        ("lanterns", 1, 1, 50),
        ("south", 1, 1, 40),
        ("a-north", 1, 0, 0),
        ("b-north", 1, 0, 0),
    ]
    assert found[2].place == PLACE_OF[NORTH]
    assert [each.belt.belt_id for each in atlas(solved, "tea").belts] == ["south", "a-north", "b-north"]
