"""The end of a Chinese name says what the goods are."""

from dataclasses import replace

import pytest

from impact.catalog.listed.categories import Categories


@pytest.fixture(scope="module")
def categories(sample):
    return Categories(sample)


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("荣昌猪", "livestock"),  # a product of the sample
        ("紫阳富硒茶", "tea"),
        ("某某香菇", "mushroom"),
        ("女装、男装", "apparel"),
        ("鞋", "footwear"),
        ("手工竹席", "craft"),
        ("谁也没听过的梨", "fruit"),  # as other names that end so
        ("道路减速带", None),
        ("", None),
    ],
)
def test_a_name_tells_its_category(categories, name, category):
    assert categories.by_name(name) == category


def test_a_word_of_one_character_counts_only_at_the_end(categories):
    assert categories.by_name("茶") == "tea"
    assert categories.by_name("茶具") != "tea"


@pytest.mark.slow
def test_four_in_five_specialties_are_told_rightly_by_those_of_the_others(sample):
    own = [number for number, maker in enumerate(sample.producers) if maker.type == "specialty"]
    told = []
    for start in range(5):
        held = set(own[start::5])
        others = tuple(each for number, each in enumerate(sample.products) if number not in held)
        categories = Categories(replace(sample, products=others))
        told += [(categories.by_name(sample.products[i].name), sample.products[i].category) for i in held]

    assert sum(said == meant for said, meant in told) > 0.8 * len(told)
    assert sum(said not in {meant, None} for said, meant in told) < 0.06 * len(told)
