"""Sizes by rank of capacity; types, programmes and tiers in the words of the glossary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.sample.producers import sizes_by_capacity


def test_of_twenty_the_largest_is_head_and_the_smaller_half_small():
    sizes = sizes_by_capacity(np.arange(1.0, 21.0), head_share=0.05, small_share=0.5)

    assert sizes == ["small"] * 10 + ["middle"] * 9 + ["head"]


def test_equals_are_called_the_same():
    assert sizes_by_capacity(np.array([1.0, 1, 1, 5]), head_share=0.05, small_share=0.5) == ["small"] * 3 + [
        "head"
    ]


@given(capacity=st.lists(st.floats(0, 1e9), min_size=1, max_size=50))
def test_nobody_larger_is_called_smaller(capacity):
    sizes = sizes_by_capacity(np.array(capacity), head_share=0.05, small_share=0.5)

    order = ("small", "middle", "head")
    by_size = {
        size: [own for own, called in zip(capacity, sizes, strict=True) if called == size] for size in order
    }
    assert max(by_size["small"], default=0) <= min(by_size["middle"] + by_size["head"], default=1e9)
    assert max(by_size["middle"], default=0) <= min(by_size["head"], default=1e9)


def test_words_are_those_of_the_glossary(sample):
    assert {producer.type for producer in sample.producers} == {"specialty", "belt", "firm", "craft"}
    assert {producer.programme for producer in sample.producers} == {
        "mountain_goods",
        "industry_belts",
        "domestic_brands",
        "crafts",
    }
    assert {producer.size for producer in sample.producers} == {"head", "middle", "small"}
    assert {producer.tier for producer in sample.producers} == {"0", "1", "2"}


def test_every_producer_says_that_capacity_and_size_are_imputed(sample):
    assert {producer.imputed for producer in sample.producers} == {frozenset({"capacity", "size"})}


def test_crafts_are_the_producers_of_the_crafts_programme(sample):
    crafts = [producer for producer in sample.producers if producer.type == "craft"]

    assert len(crafts) == 20
    assert {producer.programme for producer in crafts} == {"crafts"}


def test_a_known_producer_is_read_as_listed(sample):
    walnuts = sample.producers[0]

    assert (walnuts.producer_id, walnuts.name, walnuts.region) == ("CN00001", "黎城核桃", "140426")
    assert (walnuts.type, walnuts.tier, walnuts.source) == ("specialty", "0", "农产品地理标志(AGI)")
