"""The lexicon reaches from every category of goods to every interest."""

import csv

from impact.i18n.wording import label
from impact.model import ColdChain


def rows(data, name):
    with (data / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_category_reaches_an_interest_or_says_why_not(data):
    reached = {row["category"] for row in rows(data, "demand/lexicon.csv")}
    excused = {row["category"] for row in rows(data, "demand/categories.csv") if row["why_no_interest"]}

    assert reached | excused == {row["category"] for row in rows(data, "demand/categories.csv")}
    assert not reached & excused


def test_the_categories_are_those_of_the_first_mapping(data):
    mapped = {row["producer_category"] for row in rows(data, "demo/category_map.csv")}

    assert {row["category"] for row in rows(data, "demand/categories.csv")} == mapped


def test_categories_bear_the_names_that_pages_give_them(sample):
    for category in sample.categories:
        assert category.name_zh == label("category", category.category_id, "zh")
        assert category.name_en == label("category", category.category_id, "en")


def test_every_interest_is_reached_by_a_category_of_the_sample(sample):
    sold = {product.category for product in sample.products}

    reached = {line.interest for line in sample.lexicon if line.category in sold}
    assert reached == {interest.interest_id for interest in sample.interests}


def test_each_category_speaks_most_to_one_interest(sample):
    for category in {line.category for line in sample.lexicon} - {"other"}:
        strengths = sorted(line.strength for line in sample.lexicon if line.category == category)
        assert strengths[-1] >= 0.5
        assert len(strengths) == 1 or strengths[-1] > strengths[-2]


def test_a_pair_of_category_and_interest_is_told_once(sample):
    pairs = [(line.category, line.interest) for line in sample.lexicon]

    assert len(pairs) == len(set(pairs))


def test_a_pair_of_word_and_interest_is_told_once(sample):
    pairs = [(line.word, line.interest) for line in sample.keywords]

    assert len(pairs) == len(set(pairs))


def test_no_keyword_hides_in_the_name_of_a_place(sample):
    words = {line.word for line in sample.keywords}
    hidden = {word for word in words for region in sample.regions if word in region.name}

    assert hidden == {"茶"}  # 茶陵县, which grew tea


def test_a_corrected_producer_is_of_its_right_category_and_its_goods_keep_so(sample):
    [wine] = [product for product in sample.products if product.name == "陕西丹凤葡萄酒有限公司"]

    assert wine.category == "liquor_beverage"
    assert (wine.cold_chain, wine.shelf_life_days) == (ColdChain.AMBIENT, None)
