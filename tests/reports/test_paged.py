"""Lists are told a page at a time."""

import pytest

from impact.reports.paged import page_of


@pytest.mark.parametrize(
    ("asked", "page", "rows", "why"),
    [
        (1, 1, "abc", "the first"),
        (3, 3, "g", "the last has what is left"),
        (0, 1, "abc", "one before the first is the first"),
        (99, 3, "g", "one past the last is the last"),
    ],
)
def test_a_page_holds_so_many_and_says_which_it_is(asked, page, rows, why):
    found = page_of("abcdefg", asked, 3)

    assert (found.page, "".join(found.rows), found.num_found, found.num_pages) == (page, rows, 7, 3), why


def test_nothing_found_is_one_empty_page():
    found = page_of((), 1)

    assert (found.rows, found.num_found, found.page, found.num_pages) == ((), 0, 1, 1)


def test_a_page_holds_twenty_five_unless_asked_otherwise():
    assert [len(page_of(range(26), page).rows) for page in (1, 2)] == [25, 1]


@pytest.mark.parametrize(("found", "num_pages"), [(24, 1), (25, 1), (26, 2), (50, 2), (51, 3)])
def test_a_full_page_asks_for_no_further_one(found, num_pages):
    assert page_of(range(found), 1).num_pages == num_pages
