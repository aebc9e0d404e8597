"""The sample loads as a whole, fast, and is refused as a whole when its tables do not agree."""

import shutil
from operator import attrgetter
from time import process_time

import pytest

from impact.catalog.sample.load import load_sample
from impact.errors import BadInput, Issue

pytestmark = pytest.mark.slow

IDS = {
    "regions": "adcode",
    "producers": "producer_id",
    "products": "product_id",
    "interests": "interest_id",
    "channels": "channel_id",
    "segments": "segment_id",
    "placements": "placement_id",
    "categories": "category_id",
}


@pytest.fixture
def copy(data, tmp_path):
    """A copy of the sample that a test may spoil."""
    return shutil.copytree(data, tmp_path / "data")


def spoil(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def refused(folder):
    with pytest.raises(BadInput) as refusal:
        load_sample(folder)
    return refusal.value.issues


def test_the_sample_is_as_large_as_it_says(sample):
    assert (len(sample.regions), len(sample.producers), len(sample.products)) == (3212, 1898, 1898)
    assert (len(sample.interests), len(sample.channels), len(sample.placements)) == (28, 4, 31 * 28 * 4)


@pytest.mark.parametrize(("nouns", "id_name"), IDS.items())
def test_nouns_stand_in_the_order_of_their_ids_and_occur_once(sample, nouns, id_name):
    ids = list(map(attrgetter(id_name), getattr(sample, nouns)))

    assert ids == sorted(set(ids))


def test_placements_are_named_after_what_they_are(sample):
    assert any(placement.placement_id == "440000-tea-livestream" for placement in sample.placements)


def test_the_sample_loads_in_a_second_of_computing(data):
    start = process_time()
    load_sample(data)

    assert process_time() - start < 1


def test_bad_cells_of_all_tables_are_told_together(copy):
    spoil(copy / "demo" / "producers.csv", ",1272,50\n", ",about 1272,50\n")
    spoil(copy / "demand" / "lexicon.csv", "fruit,fresh_fruit,1.00", "fruit,fresh_fruit,1.70")

    assert set(map(attrgetter("file", "row", "column"), refused(copy))) == {
        ("demo/producers.csv", 2, "imp_capacity_units_month"),
        ("demand/lexicon.csv", 2, "strength"),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value", "table"),
    [
        (
            "demand/lexicon.csv",
            "fruit,fresh_fruit",
            "fruit,fresh_frut",
            "interest",
            "fresh_frut",
            "demand/interests.csv",
        ),
        (
            "demand/lexicon.csv",
            "fruit,fresh_fruit",
            "froot,fresh_fruit",
            "category",
            "froot",
            "demand/categories.csv",
        ),
        ("demo/producers.csv", "140426", "999999", "adcode", "999999", "gazetteer/cn_divisions.csv"),
        ("demo/category_corrections.csv", ",herb", ",hreb", "category", "hreb", "demo/producers.csv"),
        (
            "demo/category_corrections.csv",
            "安国市",
            "保国市",
            "producer_name",
            "保国市中药材精深加工",
            "demo/producers.csv",
        ),
        ("demo/producers.csv", "regional_specialty", "local_hero", "kind", "local_hero", "demo/kinds.csv"),
    ],
)
def test_a_name_that_no_other_table_knows_is_refused(copy, file, old, new, column, value, table):
    spoil(copy / file, old, new)

    assert refused(copy) == (Issue("id_dangling", file, 2, column, {"value": value, "table": table}),)


def test_attention_that_does_not_add_up_is_refused(copy):
    spoil(copy / "demand" / "channels.csv", "0.40", "0.50")

    [issue] = refused(copy)
    assert (issue.code, issue.params["total"]) == ("shares_not_whole", pytest.approx(1.1))


def test_interests_that_take_more_of_a_category_than_there_is_are_refused(copy):
    spoil(copy / "demand" / "interests.csv", "clothing,0.700", "clothing,0.900")

    [issue] = refused(copy)
    assert (issue.code, issue.params["category"]) == ("shares_above_whole", "clothing")


def test_a_province_that_nobody_counted_is_refused(copy):
    spoil(copy / "demand" / "cn_province_consumption_2019_2024.csv", "216722.0,2185.0", "216722.0,")

    [issue] = refused(copy)
    assert (issue.code, issue.params["province"]) == ("population_missing", "110000")


def test_a_missing_assumption_is_refused_by_name(copy):
    spoil(copy / "demo" / "assumptions.csv", "budget_share", "budget")

    [issue] = refused(copy)
    assert (issue.code, issue.params["name"]) == ("assumption_missing", "budget_share")
