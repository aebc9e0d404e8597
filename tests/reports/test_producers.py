"""The table of producers: search, sort, page."""

import pytest
from shelves import HOSTILE, valley

from impact.reports.producers import Query, find, rows


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
