"""Lists come a part at a time, each after the last of the part before, in either direction."""

import pytest
from sqlalchemy import Column, MetaData, Table, Text, create_engine, insert, select

from impact.errors import Conflict, Issue
from impact.store.paging import Part, page_of
from impact.store.versions import expect

MARKS = ["c", "a", "e", "b", "d"]


NAMES = Table("names", MetaData(), Column("name", Text, primary_key=True))


def page(part, **how):
    with create_engine("sqlite://").begin() as connection:
        NAMES.create(connection)
        connection.execute(insert(NAMES), [{"name": mark} for mark in MARKS])
        found = page_of(connection, select(NAMES), NAMES.c.name, part, lambda row: row.name, **how)
    return "".join(found.items), found.next


@pytest.mark.parametrize(
    ("part", "shown", "further"),
    [
        (Part(2), "ab", "b"),
        (Part(2, "b"), "cd", "d"),
        (Part(2, "d"), "e", None),
        (Part(5), "abcde", None),  # just all there are: nothing comes after
        (Part(4), "abcd", "d"),
        (Part(2, "bb"), "cd", "d"),  # whoever bore the mark is gone
        (Part(2, "e"), "", None),
        (Part(), "abcde", None),
    ],
)
def test_a_part_ends_with_the_mark_to_go_on_after(part, shown, further):
    assert page(part) == (shown, further)


@pytest.mark.parametrize(
    ("part", "shown", "further"),
    [(Part(2), "ed", "d"), (Part(2, "d"), "cb", "b"), (Part(2, "b"), "a", None), (Part(2, "a"), "", None)],
)
def test_the_newest_first_is_the_other_way_round(part, shown, further):
    assert page(part, newest_first=True) == (shown, further)


@pytest.mark.parametrize(("found", "expected"), [(3, 3), (3, None), (1, 1)])
def test_what_was_seen_may_be_changed_and_so_may_what_nobody_asks_the_version_of(found, expected):
    expect("tea", found, expected)


@pytest.mark.parametrize("expected", [2, 4, 0])
def test_what_moved_meanwhile_is_not_changed(expected):
    with pytest.raises(Conflict) as refusal:
        expect("tea", 3, expected)

    told = {"value": "tea", "found": 3, "expected": expected}
    assert refusal.value.issues == (Issue("version_moved", params=told),)
