"""Demand that nobody serves, with the nearest regions that could: a list to recruit from."""

from dataclasses import replace

import pytest
from valleys import NORTH, SOUTH, maker, market, tea

from impact.matching.graph.settings import DEFAULTS
from impact.model import Affinity, Catalog, Place
from impact.pipeline import link
from impact.reports.recruiting import unmet_demand


def graph_of(catalog: Catalog, excluded=(), month=10):
    return link(catalog, month, excluded)


def test_where_everybody_is_reached_there_is_nobody_to_recruit():
    assert unmet_demand(graph_of(market([tea()]))) == ()


def test_demand_that_only_the_ineligible_could_serve_names_them_nearest_first():
    near, far = tea("near"), tea("far")
    catalog = market([near, far], [maker(near, NORTH), maker(far, SOUTH)], regions=[NORTH], supply=50.0)

    (unmet,) = unmet_demand(graph_of(catalog, {"near", "far"}))

    assert (unmet.segment.segment_id, unmet.supply, len(unmet.placements)) == (f"{NORTH}-tea", 100.0, 2)
    assert [origin.region.adcode for origin in unmet.origins] == [NORTH, SOUTH]
    assert unmet.origins[0].km == pytest.approx(0, abs=1e-3)
    assert unmet.origins[1].km == pytest.approx(1900, rel=0.05)
    assert [product.product_id for product in unmet.origins[0].products] == ["near"]
    assert unmet.origins[0].reasons == {"ineligible": 1}


def test_one_who_is_let_in_serves_it():
    near, far = tea("near"), tea("far")
    catalog = market([near, far], [maker(near, NORTH), maker(far, SOUTH)], regions=[NORTH])

    assert unmet_demand(graph_of(catalog, {"near"})) == ()


def test_what_spoils_or_is_out_of_season_says_so():
    fresh = tea("fresh", shelf_life_days=1.0)
    spring = tea("spring", season=frozenset({3}))
    catalog = market([fresh, spring], [maker(fresh, SOUTH), maker(spring, SOUTH)], regions=[NORTH])

    (unmet,) = unmet_demand(graph_of(catalog))

    (origin,) = unmet.origins
    assert (origin.num_producers, origin.num_products) == (2, 2)
    assert origin.reasons == {"spoils": 1, "out_of_season": 1}


def test_what_nobody_known_makes_has_no_origin():
    (unmet,) = unmet_demand(graph_of(market([tea("lantern", category="craft")], regions=[NORTH])))

    assert unmet.origins == ()


def test_the_greatest_demand_comes_first_and_only_a_few_origins_are_named():
    catalog = market([tea("green")], interests=["tea", "gifts"], regions=[NORTH, SOUTH])

    found = unmet_demand(graph_of(catalog, {"green"}), num_origins=1)

    assert len(found) == 4
    assert [each.supply for each in found] == sorted((each.supply for each in found), reverse=True)
    assert all(len(each.origins) == 1 for each in found)


@pytest.mark.slow
def test_the_sample_without_its_teas_is_sent_to_where_tea_grows(sample):
    teas = {
        product.product_id for product in sample.products if product.category in {"tea", "flower", "herb"}
    }

    found = [each for each in unmet_demand(graph_of(sample, teas)) if each.segment.interest == "tea"]

    for each in found:
        assert each.origins
        assert [origin.km for origin in each.origins] == sorted(origin.km for origin in each.origins)
        assert all("ineligible" in origin.reasons for origin in each.origins)


def test_the_products_that_fit_best_are_named_three_at_most():
    lexicon = [Affinity(f"c{each}", "tea", strength) for each, strength in enumerate((0.4, 0.9, 0.6, 0.9))]
    made = [tea(f"p{number}", category=f"c{number}") for number in range(4)]
    catalog = market(made, regions=[NORTH], lexicon=lexicon)

    (unmet,) = unmet_demand(graph_of(catalog, {"p0", "p1", "p2", "p3"}))

    (origin,) = unmet.origins
    assert [product.product_id for product in origin.products] == ["p1", "p3", "p2"]
    assert (origin.num_products, origin.reasons) == (4, {"ineligible": 4})


def test_a_region_is_as_far_as_its_nearest_producer():
    near, far = tea("near"), tea("far")
    remote = replace(maker(far, NORTH), place=Place(45, 130))
    catalog = market([far, near], [remote, maker(near, NORTH)], regions=[NORTH])

    (unmet,) = unmet_demand(graph_of(catalog, {"near", "far"}))

    assert unmet.origins[0].km == pytest.approx(0, abs=1e-3)


def test_greater_demand_is_told_before_less():
    catalog = market([tea("green")], regions=[NORTH, SOUTH])
    louder = tuple(
        replace(each, supply=70.0 if each.segment_id.startswith(SOUTH) else 50.0)
        for each in catalog.placements
    )

    found = unmet_demand(graph_of(replace(catalog, placements=louder), {"green"}))

    assert [(each.segment.region, each.supply) for each in found] == [(SOUTH, 140), (NORTH, 100)]


def test_what_only_touches_an_interest_is_not_where_to_recruit():
    floor = DEFAULTS.interest_floor
    lexicon = [Affinity("enough", "tea", floor), Affinity("little", "tea", floor - 1e-6)]
    catalog = market(
        [tea("a", category="enough"), tea("b", category="little")], regions=[NORTH], lexicon=lexicon
    )

    (unmet,) = unmet_demand(graph_of(catalog, {"a", "b"}))

    assert [product.product_id for origin in unmet.origins for product in origin.products] == ["a"]
