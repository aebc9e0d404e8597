"""The table of producers: search, sort, page."""

from dataclasses import replace

import pytest
from reports.hamlets import shown
from shelves import HOSTILE, valley

from impact.reports.producers import SORTS, Query, find, lineage, regions_by_code, rows


def _names(query):
    return [row.producer.name for row in find(valley(), query).rows]


def test_rows_add_up_to_the_plan():
    solved = valley()

    assert sum(row.exposure for row in rows(solved)) == pytest.approx(solved.plan.exposure.sum())
    assert sum(row.worth for row in rows(solved)) == pytest.approx(solved.plan.worth)
    assert sum(row.num_links for row in rows(solved)) == solved.problem.num_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("核桃", {"盐源核桃合作社"}),  # a name
        (" p04 ", {"新津柳编作坊"}),  # an id, in any case, with blanks around
        ("甘肃", {"武山韭菜", "宁县苹果合作社", HOSTILE}),  # the province it lies in
        ("没有这样的", set()),
    ],
)
def test_searching_looks_at_names_ids_and_places(text, found):
    assert set(_names(Query(text))) == found


def test_unseen_producers_can_be_listed_alone():
    assert _names(Query(reach="unseen")) == ["电白水产集团"]


@pytest.mark.parametrize(
    ("sort", "first"), [("capacity", "电白水产集团"), ("unfilled", "电白水产集团"), ("region", "安吉白茶")]
)
def test_sorting(sort, first):
    assert _names(Query(sort=sort))[0] == first


def test_pages_follow_one_another_without_gap_or_repeat():
    pages = [find(valley(), Query(page=page, page_size=5)) for page in (1, 2, 3)]

    names = [row.producer.name for page in pages for row in page.rows]
    assert pages[0].num_pages == 3
    assert len(names) == len(set(names)) == 12


@pytest.mark.parametrize("asked", [0, -1, 99])
def test_a_page_that_is_not_there_is_the_nearest_one(asked):
    page = find(valley(), Query(page=asked, page_size=5))

    assert page.page in (1, 3)
    assert page.rows


BY_HAND = shown(green=100, black=90, lantern=110)  # of 200, of 600, of who knows how much


@pytest.mark.parametrize(
    ("sort", "products"),
    [
        ("exposure", ["lantern", "green", "black"]),
        ("worth", ["lantern", "green", "black"]),
        ("filled", ["green", "black", "lantern"]),
        ("unfilled", ["lantern", "black", "green"]),
        ("capacity", ["lantern", "black", "green"]),
        ("region", ["green", "lantern", "black"]),
    ],
)
def test_rows_stand_in_the_order_asked_for(sort, products):
    found = find(BY_HAND, Query(sort=sort)).rows

    assert [row.products for row in found] == [(product,) for product in products]


def test_every_order_has_a_test():
    assert set(SORTS) == {"exposure", "worth", "filled", "unfilled", "capacity", "region"}


@pytest.mark.parametrize(("capacity", "share"), [(200.0, 0.5), (0.0, 0.0)])
def test_a_producer_of_no_capacity_is_not_filled(capacity, share):
    row = rows(BY_HAND)[0]

    assert replace(row, producer=replace(row.producer, capacity=capacity)).filled_share == share


@pytest.mark.parametrize(
    ("reach", "products"),
    [("all", {"green", "black", "lantern"}), ("shown", {"green"}), ("unseen", {"black", "lantern"})],
)
def test_who_is_shown_is_told_from_who_is_not(reach, products):
    assert {row.products[0] for row in find(shown(green=0.5), Query(reach=reach)).rows} == products


def test_a_row_is_found_by_its_products_and_not_by_what_two_fields_make_together():
    (row,) = find(BY_HAND, Query("LANTERN")).rows

    assert row.products == ("lantern",)
    assert find(BY_HAND, Query("green green")).rows == ()


def test_a_region_stands_in_those_it_lies_in_the_widest_first():
    regions = regions_by_code(valley())

    assert [each.adcode for each in lineage(regions["530923"], regions)] == ["530000", "530923"]
    assert [each.adcode for each in lineage(replace(regions["530000"], parent="100000"), regions)] == [
        "530000"
    ]
