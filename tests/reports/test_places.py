"""Where producers are, and who else sells nearby."""

from dataclasses import replace

import pytest
from reports.hamlets import goods, hamlet, shown
from shelves import valley

from impact.model import Belt
from impact.reports.places import Neighbour, belts_of, neighbours, points
from impact.reports.producers import rows


def test_the_nearest_come_first_and_nobody_is_their_own_neighbour():
    number = valley().problem.producer_ids.index("P05")

    found = neighbours(valley(), number)

    assert found[0].row.producer.producer_id == "P06"  # of the same county
    assert "P05" not in {one.row.producer.producer_id for one in found}
    assert [one.km for one in found] == sorted(one.km for one in found)


def test_points_are_the_smallest_divisions_and_every_producer():
    found = points(valley())

    assert len(found.divisions) == 8  # the counties; every province holds one
    assert found.producers == rows(valley())


def test_a_producer_stands_in_the_belts_of_its_county_and_trade():
    catalog = valley().graph.catalog
    producer = catalog.producers[0]
    made = [product for product in catalog.products if product.producer_id == producer.producer_id]
    category = made[0].category
    own = Belt("own", "安吉茶叶", category, (producer.region, "330000"))
    others = (
        Belt("far", "别处茶叶", category, ("620524",)),
        Belt("trade", "安吉鱼", "aquatic", (producer.region,)),
    )

    assert belts_of(replace(catalog, belts=(own, *others)), producer, made) == (own,)


def test_six_neighbours_are_told_and_who_is_as_near_as_another_stands_as_in_the_catalog():
    number = valley().problem.producer_ids.index("P05")
    assert len(neighbours(valley(), number)) == 6

    green, black, lantern = goods().producers
    around = [Neighbour(row, pytest.approx(0)) for row in rows(shown())]
    crowded = replace(goods(), producers=(green, replace(black, place=green.place), lantern))

    assert [each.row.products for each in neighbours(hamlet({}, crowded), 2)] == [("green",), ("black",)]
    assert neighbours(shown(), 2)[0] == around[0]


def test_a_division_without_a_place_is_no_point():
    north, south = goods().regions

    assert points(hamlet({}, replace(goods(), regions=(north, replace(south, place=None))))).divisions == (
        north.place,
    )
