"""Why a producer reaches nobody, and which demand nobody reaches."""

from dataclasses import replace

import numpy as np
import pytest
from valleys import SOUTH, maker, market, next_door, tea

from impact.matching.graph.build import build_graph
from impact.matching.graph.isolation import Neighbour, unmet_placements, why_isolated


@pytest.fixture
def hills():
    """A tea out of season, two teas in season north and south, and a turbine."""
    late, near, far = tea("late", season=frozenset({4})), tea("near"), tea("far")
    turbine = tea("turbine", category="turbine")
    goods = [late, near, far, turbine]
    catalog = market(goods, [maker(late), maker(near), maker(far, SOUTH), maker(turbine)])
    km = days = next_door(catalog)
    return build_graph(catalog, km, days, 10)


def test_an_isolated_producer_stands_alone_with_its_reason(hills):
    isolation = why_isolated(hills, "maker of late")

    assert isolation.num_links == 0
    assert isolation.reasons == {"out_of_season": 4}
    assert (isolation.num_products, isolation.num_placements) == (1, 0)


def test_the_nearest_product_of_its_kind_that_reaches_consumers_is_named(hills):
    assert why_isolated(hills, "maker of late").neighbour == Neighbour("near", 0.0)
    assert why_isolated(hills, "maker of far").neighbour.product_id == "near"


def test_the_distance_to_the_neighbour_is_that_on_the_earth(hills):
    assert why_isolated(hills, "maker of far").neighbour.km == pytest.approx(1907, rel=0.01)


def test_a_product_like_no_other_has_no_neighbour(hills):
    assert why_isolated(hills, "maker of turbine").neighbour is None


def test_a_connected_producer_is_told_who_else_is_there(hills):
    isolation = why_isolated(hills, "maker of near")

    assert isolation.num_links == 4
    assert (isolation.num_products, isolation.num_placements) == (2, 4)


def test_a_producer_that_is_not_in_the_catalog_is_refused_by_name(hills):
    with pytest.raises(KeyError, match="oolong"):
        why_isolated(hills, "oolong")


def test_demand_that_nobody_can_serve_is_listed_the_greatest_first():
    catalog = market([tea(shelf_life_days=4)])
    *others, mall = catalog.placements
    catalog = replace(catalog, placements=(*others, replace(mall, supply=500.0)))
    graph = build_graph(catalog, next_door(catalog), np.array([[1.0, 9.0]]), 10)

    assert unmet_placements(graph) == (f"{SOUTH}-tea-mall", f"{SOUTH}-tea-live")


def test_a_placement_with_nothing_to_give_is_no_unmet_demand():
    catalog = market([tea(shelf_life_days=4)], supply=0.0)
    graph = build_graph(catalog, next_door(catalog), np.array([[1.0, 9.0]]), 10)

    assert unmet_placements(graph) == ()
