"""What holds for every graph, whatever the catalog."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from valleys import LEXICON, NORTH, SOUTH, maker, market, tea

from impact.matching.graph import candidates
from impact.matching.graph.build import build_graph
from impact.matching.graph.links import REASONS
from impact.matching.graph.settings import DEFAULTS, GraphSettings
from impact.model import Affinity, ColdChain

pytestmark = pytest.mark.slow

MONTH = 10
FEW = GraphSettings(num_best=1, num_nearest=1, num_suitors=1)
LINES = (*LEXICON, Affinity("cup", "gifts", 0.8))

shares = st.floats(0, 1)
days_kept = st.none() | st.integers(0, 9)
seasons = st.frozensets(st.integers(1, 12), min_size=1)


@st.composite
def products(draw, number):
    return tea(
        f"p{number}",
        category=draw(st.sampled_from(["tea", "craft", "cup", "turbine"])),
        quality=draw(shares),
        fame=draw(shares),
        cold_chain=draw(st.sampled_from(ColdChain)),
        shelf_life_days=draw(days_kept),
        season=draw(seasons | st.just(frozenset(range(1, 13)))),
        popularity=draw(st.floats(0, 200)),
    )


@st.composite
def worlds(draw):
    """A catalog with kilometres and days."""
    goods = [draw(products(number)) for number in range(draw(st.integers(1, 6)))]
    makers = [
        maker(each, draw(st.sampled_from([NORTH, SOUTH])), cold_chain_county=draw(st.booleans()))
        for each in goods
    ]
    catalog = market(
        goods, makers, interests=["tea", "gifts"], supply=draw(st.integers(0, 500)), lexicon=LINES
    )
    km = [[draw(st.floats(0, 4000)) for _ in range(2)] for _ in goods]
    return catalog, np.array(km), 1 + np.array(km) / 700


few_or_many = st.sampled_from([FEW, DEFAULTS])


@given(worlds(), few_or_many)
def test_evidence_lies_in_bounds_and_adds_up(world, setting):
    catalog, km, days = world

    links = build_graph(catalog, km, days, MONTH, setting).links

    value_of = {"live": 1.0, "mall": 2.0}
    worth = np.array([value_of[catalog.placements[j].channel_id] for j in links.placement_of])
    assert np.all((links.parts >= 0) & (links.parts <= 1))
    assert np.all((links.score >= 0) & (links.score <= 1 + 1e-12))
    np.testing.assert_allclose(links.value, links.score * worth, rtol=1e-12)


@given(worlds(), few_or_many)
def test_links_are_sorted_and_occur_once(world, setting):
    catalog, km, days = world

    links = build_graph(catalog, km, days, MONTH, setting).links

    assert np.all(np.diff(links.product_of * len(catalog.placements) + links.placement_of) > 0)


@given(worlds(), few_or_many)
def test_every_placement_is_linked_or_refused_for_a_reason(world, setting):
    catalog, km, days = world

    graph = build_graph(catalog, km, days, MONTH, setting)

    num_links = np.bincount(graph.links.product_of, minlength=len(catalog.products))
    assert graph.refused.keys() == set(REASONS)
    assert all(np.all(num >= 0) for num in graph.refused.values())
    assert np.all(num_links + sum(graph.refused.values()) == len(catalog.placements))
    assert np.all((num_links > 0) | (sum(graph.refused.values()) > 0))


@given(worlds(), few_or_many)
def test_nobody_with_a_feasible_placement_goes_without_a_link(world, setting):
    catalog, km, days = world

    graph = build_graph(catalog, km, days, MONTH, setting)

    linked = np.bincount(graph.links.product_of, minlength=len(catalog.products)) > 0
    assert not np.any(~linked & (graph.refused["outranked"] > 0))


@given(worlds(), few_or_many)
def test_links_are_in_season_and_fresh(world, setting):
    catalog, km, days = world

    links = build_graph(catalog, km, days, MONTH, setting).links

    assert all(MONTH in catalog.products[i].season for i in links.product_of)
    assert np.all(links.parts[[0, 2, 3]] > 0)


@given(worlds(), few_or_many)
def test_baseline_and_exposure_stay_within_what_is_useful(world, setting):
    catalog, km, days = world

    links = build_graph(catalog, km, days, MONTH, setting).links

    supply = np.array([placement.supply for placement in catalog.placements])[links.placement_of]
    popularity = np.array([product.popularity for product in catalog.products])
    assert np.all(links.baseline + links.max_exposure <= setting.useful_share * supply * (1 + 1e-9))
    assert np.all(
        np.bincount(links.product_of, links.baseline, len(popularity)) <= popularity * (1 + 1e-9) + 1e-9
    )


@pytest.mark.slow
@given(worlds(), st.integers(0, 5), few_or_many)
def test_fame_never_costs_a_product_score_or_links(world, number, setting):
    catalog, km, days = world
    famous = catalog.products[number % len(catalog.products)]
    risen = tuple(replace(each, fame=1.0) if each is famous else each for each in catalog.products)

    before = _scores(build_graph(catalog, km, days, MONTH, setting), famous.product_id)
    after = _scores(
        build_graph(replace(catalog, products=risen), km, days, MONTH, setting), famous.product_id
    )

    assert before.keys() <= after.keys()
    assert all(after[placement] >= before[placement] - 1e-12 for placement in before)


@pytest.mark.slow
@given(worlds(), few_or_many)
def test_looking_at_products_two_at_a_time_changes_nothing(world, setting):
    catalog, km, days = world
    whole = build_graph(catalog, km, days, MONTH, setting)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK", 2)
        split = build_graph(catalog, km, days, MONTH, setting)

    assert np.array_equal(whole.links.product_of, split.links.product_of)
    assert np.array_equal(whole.links.placement_of, split.links.placement_of)
    np.testing.assert_allclose(whole.links.parts, split.links.parts, rtol=1e-9)


@settings(max_examples=50)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_products_changes_nothing(world, random):
    catalog, km, days = world
    order = random.sample(range(len(catalog.products)), len(catalog.products))
    shuffled = replace(
        catalog,
        producers=tuple(catalog.producers[i] for i in order),
        products=tuple(catalog.products[i] for i in order),
    )

    here = build_graph(catalog, km, days, MONTH)
    there = build_graph(shuffled, km[order], days[order], MONTH)

    for product in catalog.products:
        expected, found = _scores(here, product.product_id), _scores(there, product.product_id)
        assert expected.keys() == found.keys()
        np.testing.assert_allclose([found[j] for j in expected], list(expected.values()), rtol=1e-9)


def _scores(graph, product_id):
    ids = [product.product_id for product in graph.catalog.products]
    own = np.flatnonzero(graph.links.product_of == ids.index(product_id))
    return dict(zip(graph.links.placement_of[own].tolist(), graph.links.score[own].tolist(), strict=True))
