"""The graph of the real sample: large enough, fast enough, and one a coordinator would nod at."""

from time import process_time

import numpy as np
import pytest

from impact.matching.graph.isolation import unmet_placements
from impact.matching.graph.settings import DEFAULTS
from impact.pipeline import link

MONTH = 10


@pytest.fixture(scope="module")
def graph(sample):
    return link(sample, MONTH)


@pytest.fixture(scope="module")
def interests_of(graph):
    """The interests that each product is linked to, by its name."""
    catalog, links = graph.catalog, graph.links
    interest_of = {segment.segment_id: segment.interest for segment in catalog.segments}
    found: dict[str, set[str]] = {}
    for product, placement in zip(links.product_of.tolist(), links.placement_of.tolist(), strict=True):
        wanted = interest_of[catalog.placements[placement].segment_id]
        found.setdefault(catalog.products[product].name, set()).add(wanted)
    return found


def test_the_sample_has_at_least_80_000_links_within_five_seconds_of_computing(sample, graph):
    start = process_time()
    again = link(sample, MONTH)  # once more: what is loaded for the first one is not linking

    assert process_time() - start < 5
    assert len(again.links) == len(graph.links) >= 80_000


def test_every_product_without_a_link_has_a_reason(graph):
    unlinked = np.bincount(graph.links.product_of, minlength=len(graph.catalog.products)) == 0

    assert unlinked.any()
    assert np.all(sum(graph.refused.values())[unlinked] == len(graph.catalog.placements))
    assert graph.refused["outranked"][unlinked].sum() == 0


def test_all_demand_of_the_sample_is_within_somebodys_reach(graph):
    assert unmet_placements(graph) == ()


def test_the_greatest_bestseller_is_saturated_somewhere(graph):
    most = max(range(len(graph.catalog.products)), key=lambda i: graph.catalog.products[i].popularity)

    assert graph.refused["saturated"][most] > 0


def test_no_link_takes_more_than_what_is_useful(graph):
    supply = np.array([placement.supply for placement in graph.catalog.placements])[graph.links.placement_of]

    useful = DEFAULTS.useful_share * supply
    assert graph.links.baseline + graph.links.max_exposure == pytest.approx(useful)


@pytest.mark.parametrize(
    ("name", "wanted", "unwanted"),
    [
        ("黎城核桃", "nuts_dried_fruit", "apparel"),
        ("常山油茶", "grain_oil", "tea"),  # camellia oil, not tea
        ("大庙香水梨", "fresh_fruit", "beauty"),  # a pear, not perfume
        ("茶坡芹菜", "vegetables", "tea"),  # celery from Chapo
        ("福山大樱桃", None, "fresh_fruit"),  # cherries are over in October
    ],
)
def test_products_are_linked_to_what_they_are(interests_of, name, wanted, unwanted):
    found = interests_of.get(name, set())

    assert wanted is None or wanted in found
    assert unwanted not in found
