"""Quality, season, cold chain and popularity follow their stated rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.catalog.sample.products import months, organic_exposure, quality_from_nps
from impact.model import ALL_YEAR, ColdChain

MONTH = st.integers(1, 12)


def product(sample, name):
    return next(product for product in sample.products if product.name == name)


@pytest.mark.parametrize(("nps", "quality"), [(-100, 0), (0, 0.5), (50, 0.75), (100, 1)])
def test_quality_maps_the_whole_range_of_nps(nps, quality):
    assert quality_from_nps(nps) == quality


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(7, 9, {7, 8, 9}), (10, 4, {10, 11, 12, 1, 2, 3, 4}), (12, 1, {12, 1}), (5, 5, {5}), (1, 12, ALL_YEAR)],
)
def test_a_season_may_run_over_the_turn_of_the_year(first, last, expected):
    assert months(first, last) == expected


@given(first=MONTH, last=MONTH)
def test_a_season_holds_its_ends_and_its_rest_is_the_other_season(first, last):
    season = months(first, last)
    after, before = last % 12 + 1, (first - 2) % 12 + 1

    assert {first, last} <= season
    assert season == ALL_YEAR or season ^ months(after, before) == ALL_YEAR


def test_twice_the_capacity_gets_four_times_the_organic_exposure_at_the_power_of_two():
    assert organic_exposure(np.array([100.0, 200.0]), 0.5, 2.0) == pytest.approx([30, 120])


@given(
    capacity=st.lists(st.floats(1, 1e6), min_size=1, max_size=30),
    share=st.floats(0, 1),
    power=st.floats(0, 3),
)
def test_organic_exposure_adds_up_to_its_share_of_capacity(capacity, share, power):
    organic = organic_exposure(np.array(capacity), share, power)

    assert organic.sum() == pytest.approx(share * sum(capacity))


def test_a_listed_season_is_real_and_a_proxied_one_imputed(sample):
    apples, grapes = product(sample, "沂源苹果"), product(sample, "乌海葡萄")

    assert apples.season == {10, 11, 12, 1, 2, 3, 4}
    assert "season" not in apples.imputed
    assert grapes.season == {8, 9}
    assert "season" in grapes.imputed


def test_59_seasons_are_listed(sample):
    assert sum("season" not in product.imputed for product in sample.products) == 59


def test_fish_travel_alive_and_mushrooms_dry(sample):
    assert product(sample, "方正银鲫").cold_chain is ColdChain.LIVE
    assert product(sample, "宁陕香菇").cold_chain is ColdChain.AMBIENT


def test_listed_specialties_are_famous_and_nobody_else_wholly(sample):
    kind = {producer.producer_id: producer.type for producer in sample.producers}

    assert {product.fame for product in sample.products if kind[product.producer_id] == "specialty"} == {1.0}
    assert max(product.fame for product in sample.products if kind[product.producer_id] != "specialty") < 1


def test_popularity_has_a_heavy_tail_and_fills_a_bestseller(sample):
    popularity = np.array([product.popularity for product in sample.products])
    capacity = np.array([producer.capacity for producer in sample.producers])

    assert np.sort(popularity)[-95:].sum() > 0.5 * popularity.sum()  # the largest 5 %
    assert 1 <= (popularity >= capacity).sum() < 10


def test_every_product_names_what_is_imputed(sample):
    always = {"quality", "fame", "cold_chain", "popularity"}

    assert all(always <= product.imputed for product in sample.products)
    assert all(
        ("shelf_life_days" in product.imputed) == (product.shelf_life_days is not None)
        for product in sample.products
    )
