"""Links, their evidence and the reasons for having none, on catalogs small enough to reckon by hand."""

from math import exp

import numpy as np
import pytest
from valleys import NORTH, SOUTH, maker, market, next_door, tea

from impact.matching.graph.build import build_graph
from impact.matching.graph.links import PARTS, REASONS
from impact.matching.graph.settings import GraphSettings
from impact.model import ColdChain


def _near(catalog, month=10, settings=None):
    km = days = next_door(catalog)
    return build_graph(catalog, km, days, month, settings or GraphSettings())


def _linked(graph):
    products, placements = graph.catalog.products, graph.catalog.placements
    return {
        (products[i].product_id, placements[j].placement_id)
        for i, j in zip(graph.links.product_of, graph.links.placement_of, strict=True)
    }


def _parts(graph, link):
    return dict(zip(PARTS, graph.links.parts[:, link], strict=True))


def test_a_link_carries_evidence_that_can_be_reckoned_by_hand():
    catalog = market([tea(fame=1.0, shelf_life_days=4, season=frozenset({10}))])
    km, days = np.array([[0.0, 1000.0]]), np.array([[1.0, 3.0]])

    graph = build_graph(catalog, km, days, 10)

    north = {
        "interest": 1,
        "distance": 1,
        "freshness": 0.75,
        "season": 1,
        "fame": 1,
        "quality": 0.5,
        "difference": 1,
    }
    assert _parts(graph, 0) == pytest.approx(north)
    assert _parts(graph, 2) == pytest.approx({**north, "distance": exp(-1), "freshness": 0.25})
    # .35·1 + .10·1 + .10·.75 + .05·1 + .10·1 + .15·.5 + .15·1
    assert graph.links.score[0] == pytest.approx(0.90)
    assert graph.links.value[:2] == pytest.approx([0.90, 1.80])


def test_goods_of_all_year_are_less_timely_than_goods_of_this_month():
    always, now, half = (
        tea("always"),
        tea("now", season=frozenset({10})),
        tea("half", season=frozenset(range(6, 12))),
    )

    graph = _near(market([always, half, now], regions=[NORTH]))

    assert graph.links.parts[PARTS.index("season"), ::2] == pytest.approx([0.5, 1 - 5 / 22, 1.0])


def test_a_product_that_would_arrive_spoiled_has_no_link_and_a_reason():
    catalog = market([tea(shelf_life_days=4)])

    graph = build_graph(catalog, next_door(catalog), np.array([[1.0, 4.0]]), 10)

    assert _linked(graph) == {("green", f"{NORTH}-tea-live"), ("green", f"{NORTH}-tea-mall")}
    assert graph.refused["spoils"].tolist() == [2]


@pytest.mark.parametrize(
    ("cold_chain", "cold_county", "linked"),
    [
        (ColdChain.AMBIENT, False, True),
        (ColdChain.CHILLED, True, True),
        (ColdChain.CHILLED, False, False),  # keeps 2 of its 4 days
        (ColdChain.LIVE, False, False),
    ],
)
def test_what_needs_cold_spoils_sooner_where_there_is_no_cold_chain(cold_chain, cold_county, linked):
    product = tea(shelf_life_days=4, cold_chain=cold_chain)
    catalog = market([product], [maker(product, cold_chain_county=cold_county)])

    graph = build_graph(catalog, next_door(catalog), next_door(catalog, 3.0), 10)

    assert bool(len(graph.links)) is linked
    assert bool(graph.refused["spoils"][0]) is not linked


def test_a_shelf_life_of_nothing_spoils_at_once():
    graph = _near(market([tea(shelf_life_days=0)]))

    assert graph.refused["spoils"].tolist() == [4]


def test_a_product_out_of_season_has_no_link_and_a_reason():
    graph = _near(market([tea(season=frozenset({4, 5}))]), month=10)

    assert len(graph.links) == 0
    assert graph.refused["out_of_season"].tolist() == [4]


def test_a_product_nobody_wants_has_no_link_and_a_reason():
    graph = _near(market([tea(category="turbines")]))

    assert len(graph.links) == 0
    assert graph.refused["no_interest"].tolist() == [4]


def test_a_weak_interest_makes_no_link():
    graph = _near(market([tea()], interests=["gifts"]), settings=GraphSettings(interest_floor=0.5))

    assert graph.refused["no_interest"].tolist() == [4]


def test_the_baseline_of_a_product_adds_up_to_its_popularity():
    graph = _near(market([tea(popularity=40)], interests=["tea", "gifts"]))

    # by interest 1.0 and 0.4, over two regions and two channels
    assert graph.links.baseline.tolist() == pytest.approx([40 / 5.6, 40 / 5.6, 16 / 5.6, 16 / 5.6] * 2)


def test_the_baseline_falls_where_people_are_near():
    catalog = market([tea(popularity=40)])

    graph = build_graph(catalog, np.array([[0.0, 1000.0]]), next_door(catalog), 10)

    assert graph.links.baseline[0] / graph.links.baseline[2] == pytest.approx(exp(1))


def test_what_is_already_seen_leaves_less_that_is_useful():
    graph = _near(market([tea(popularity=20)], regions=[NORTH]))

    assert graph.links.baseline == pytest.approx([10, 10])
    assert graph.links.max_exposure == pytest.approx([10, 10])  # 20 of 100 are useful


def test_a_saturated_bestseller_gets_nothing_extra():
    graph = _near(market([tea("bestseller", popularity=40), tea("newcomer")], regions=[NORTH]))

    assert {product for product, _ in _linked(graph)} == {"newcomer"}
    assert graph.refused["saturated"].tolist() == [2, 0]


def test_a_product_differs_by_how_little_of_its_kind_is_seen():
    common, rare, absent = tea("common", popularity=9), tea("rare", popularity=3), tea("absent")
    producers = [maker(common, NORTH), maker(rare, SOUTH), maker(absent, SOUTH)]

    graph = _near(market([common, rare, absent], producers, regions=[NORTH]))

    difference = graph.links.parts[PARTS.index("difference"), ::2]
    assert difference == pytest.approx([0.25, 0.75, 0.75])  # teas of one province are one kind


def test_a_product_keeps_its_nearest_region_beside_its_best_segment():
    green, lantern = tea("green"), tea("lantern", category="craft", quality=0.9)
    catalog = market([green, lantern], interests=["tea", "gifts"])
    km = np.array([[10.0, 500.0], [10.0, 500.0]])
    few = GraphSettings(num_best=1, num_nearest=1, num_suitors=1)

    graph = build_graph(catalog, km, next_door(catalog), 10, few)

    assert ("green", f"{NORTH}-gifts-live") in _linked(graph)  # though the lantern makes the better gift
    assert ("green", f"{SOUTH}-gifts-live") not in _linked(graph)
    assert graph.refused["outranked"].tolist() == [2, 0]


def test_a_segment_keeps_its_best_product_where_no_product_puts_it_first():
    catalog = market([tea("green", quality=0.4), tea("black", quality=0.6)])
    km = np.array([[10.0, 500.0], [10.0, 500.0]])
    few = GraphSettings(num_best=1, num_nearest=1, num_suitors=1)

    graph = build_graph(catalog, km, next_door(catalog), 10, few)

    assert ("black", f"{SOUTH}-tea-live") in _linked(graph)
    assert ("green", f"{SOUTH}-tea-live") not in _linked(graph)


def test_more_candidates_only_add_links():
    catalog = market([tea(str(i), quality=i / 10) for i in range(10)], interests=["tea", "gifts"])
    few = GraphSettings(num_best=1, num_nearest=1, num_suitors=1)

    assert _linked(_near(catalog, settings=few)) <= _linked(_near(catalog))


def test_who_is_excluded_gets_no_link_yet_is_seen_as_before():
    common, rare = tea("common", popularity=9), tea("rare", popularity=3)
    catalog = market([common, rare], [maker(common), maker(rare)], regions=[NORTH])

    graph = build_graph(catalog, next_door(catalog), next_door(catalog), 10, excluded={"common"})

    assert {product for product, _ in _linked(graph)} == {"rare"}
    assert graph.refused["ineligible"].tolist() == [2, 0]
    everybody = build_graph(catalog, next_door(catalog), next_door(catalog), 10).links
    of_rare = everybody.product_of == 1
    assert graph.links.parts.tolist() == everybody.parts[:, of_rare].tolist()


def test_who_is_excluded_takes_no_place_among_the_best_of_a_segment():
    catalog = market([tea("green", quality=0.4), tea("black", quality=0.6)])
    km = np.array([[10.0, 500.0], [10.0, 500.0]])
    few = GraphSettings(num_best=1, num_nearest=1, num_suitors=1)

    graph = build_graph(catalog, km, next_door(catalog), 10, few, excluded=["black"])

    assert {product for product, _ in _linked(graph)} == {"green"}
    assert ("green", f"{SOUTH}-tea-live") in _linked(graph)  # where black was the best


def test_what_nobody_wants_is_told_so_even_where_it_is_excluded():
    catalog = market([tea("lantern", category="craft")])

    graph = build_graph(catalog, next_door(catalog), next_door(catalog), 10, excluded=["lantern"])

    assert graph.refused["no_interest"].tolist() == [4]
    assert graph.refused["ineligible"].tolist() == [0]


def test_an_empty_catalog_has_an_empty_graph():
    graph = _near(market([]))

    assert len(graph.links) == 0
    assert graph.refused.keys() == set(REASONS)


@pytest.mark.parametrize(
    ("km_shape", "days", "month", "told"),
    [
        ((1, 3), 0.0, 10, "km of shape"),  # there are two regions
        ((2, 2), 0.0, 10, "km of shape"),  # there is one producer
        ((1, 2), -1.0, 10, "days of at least 0"),
        ((1, 2), np.inf, 10, "finite days"),
        ((1, 2), 0.0, 13, "month"),
    ],
)
def test_unusable_distances_and_months_are_refused_by_name(km_shape, days, month, told):
    catalog = market([tea()])

    with pytest.raises(ValueError, match=told):
        build_graph(catalog, np.zeros(km_shape), np.full((1, 2), days), month)
