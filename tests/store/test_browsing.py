"""Nouns are read one by one, or a page of those wanted."""

import pytest
from shelves import valley

from impact.store.browsing import NounShelf, Wanted
from impact.store.catalogs import save_catalog


@pytest.fixture
def nouns(engine):
    save_catalog(engine, valley().graph.catalog)
    return NounShelf(engine)


def test_a_noun_comes_back_as_it_was_kept(nouns):
    (kept,) = [each for each in valley().graph.catalog.producers if each.producer_id == "P05"]

    assert nouns.get("producers", "P05") == kept
    assert nouns.get("producers", "P99") is None


def test_pages_follow_each_other_in_the_order_of_ids(nouns):
    first = nouns.page("products", Wanted(limit=5))
    second = nouns.page("products", Wanted(after=first[-1].product_id, limit=5))

    ids = [each.product_id for each in (*first, *second)]
    assert ids == [f"P{number:02}-1" for number in range(1, 11)]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted({"region": "621026"}), ["P11", "P12"]),
        (Wanted({"region": "621026", "type": "firm"}), ["P12"]),
        (Wanted(words="苹果"), ["P05", "P11"]),
        (Wanted(words="100%"), []),
        (Wanted(words="_"), []),
    ],
)
def test_only_what_is_wanted_is_found(nouns, wanted, ids):
    assert [each.producer_id for each in nouns.page("producers", wanted)] == ids
