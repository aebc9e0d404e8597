"""A programme is a document kept version by version; of two who change it at once one is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from impact.access import SYSTEM, Actor, Role
from impact.errors import Conflict, Unknown
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.decisions import programmes
from impact.store.decisions.changed import changed
from impact.store.paging import Part

AN = Actor("an", "An", Role.COORDINATOR)
FIRST = {
    "name": {"zh": "山货", "en": "Mountain goods"},
    "month": 10,
    "rules": [{"id": "floor", "share": 0.3}],
}
HIGHER = {**FIRST, "rules": [{"id": "floor", "share": 0.4}]}


@pytest.fixture
def kept(engine):
    programmes.create(engine, "mountain", FIRST, AN)
    return engine


def test_a_programme_comes_back_as_it_was_kept(kept):
    found = programmes.get(kept, "mountain")

    assert (found.version, found.document, found.made_by) == (1, FIRST, "an")
    assert programmes.get(kept, "valley") is None


def test_a_change_is_a_version_that_says_what_it_changed_and_the_former_stays(kept):
    programmes.change(kept, "mountain", HIGHER, SYSTEM, expected=1, reason="更多名额")

    now, before = programmes.versions(kept, "mountain")
    assert (now.version, now.changed, now.reason) == (2, ("/rules",), "更多名额")
    assert (before.version, before.document) == (1, FIRST)
    assert programmes.get(kept, "mountain", 1) == before


def test_a_change_of_nothing_is_no_version(kept):
    assert programmes.change(kept, "mountain", dict(FIRST), AN, expected=1).version == 1
    assert len(programmes.versions(kept, "mountain")) == 1


def test_of_two_who_change_the_same_version_at_once_one_is_told(kept):
    def attempt(share):
        document = {**FIRST, "rules": [{"id": "floor", "share": share}]}
        try:
            return programmes.change(kept, "mountain", document, AN, expected=1).version
        except Conflict as conflict:
            return conflict.issues[0].code

    with ThreadPoolExecutor(2) as two:
        told = set(two.map(attempt, (0.1, 0.2)))

    assert told == {2, "version_moved"}
    assert len(programmes.versions(kept, "mountain")) == 2


def test_ids_are_given_once(kept):
    with pytest.raises(Conflict, match="programme_taken"):
        programmes.create(kept, "mountain", HIGHER, AN)
    assert programmes.get(kept, "mountain").document == FIRST


def test_an_unknown_programme_is_not_changed(engine):
    with pytest.raises(Unknown, match="programme_unknown"):
        programmes.change(engine, "mountain", FIRST, AN, expected=1)


def test_programmes_are_listed_page_by_page(engine):
    for name in ("c", "a", "d", "b"):
        programmes.create(engine, name, FIRST, AN)
    programmes.change(engine, "b", HIGHER, AN, expected=1)

    first = programmes.listed(engine, Part(limit=3))
    rest = programmes.listed(engine, Part(limit=3, after=first.next))

    assert [each.programme_id for each in first.items] == ["a", "b", "c"]
    assert [each.version for each in first.items] == [1, 2, 1]
    assert ([each.programme_id for each in rest.items], rest.next) == (["d"], None)


@pytest.mark.parametrize("table", [programmes.PROGRAMMES, programmes.VERSIONS])
def test_a_programme_is_never_deleted(kept, table):
    with pytest.raises(DBAPIError, match="kept for good"), kept.begin() as connection:
        connection.execute(delete(table))


def test_a_version_is_never_written_over(kept):
    with pytest.raises(DBAPIError, match="kept for good"), kept.begin() as connection:
        connection.execute(update(programmes.VERSIONS).values(document={}))


def test_who_changed_it_is_in_the_log(kept):
    programmes.change(kept, "mountain", HIGHER, SYSTEM, expected=1, reason="r")

    with reading(kept) as connection:
        newest, first = entries(connection, Sought(subject="mountain"))
    assert (first.what, first.who) == ("programme.create", "an")
    assert (newest.what, newest.before, newest.reason) == ("programme.change", '{"version":1}', "r")
    assert newest.after == '{"changed":["/rules"],"version":2}'


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ({"a": 1}, {"a": 1}, ()),
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, ("/b/c",)),
        ({"a": 1}, {"b": 1}, ("/a", "/b")),
        ({"a/b": {"~": 1}}, {"a/b": {"~": 2}}, ("/a~1b/~0",)),
        ({"a": {"b": 1}}, {"a": [1]}, ("/a",)),
    ],
)
def test_what_differs_between_documents_is_pointed_at(before, after, places):
    assert changed(before, after) == places
