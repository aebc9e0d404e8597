"""A link lets somebody in once, for one purpose, for a day."""

import threading

import pytest
from sqlalchemy import select, update

from impact.access import SYSTEM
from impact.store.people.hashed import moment
from impact.store.people.links import LASTS, LINKS, Purpose, link_user, make_link, use_link
from impact.store.people.sessions import shut_out


@pytest.fixture
def an(people):
    return people["coordinator"]


@pytest.fixture
def key(engine, an):
    return make_link(engine, an.user_id, Purpose.ENTER, who=SYSTEM)


def test_looking_at_a_link_does_not_use_it_up(engine, an, key):
    assert [link_user(engine, key, Purpose.ENTER) for _ in range(2)] == [an, an]


def test_a_link_works_once(engine, an, key):
    assert use_link(engine, key, Purpose.ENTER) == an
    assert use_link(engine, key, Purpose.ENTER) is None
    assert link_user(engine, key, Purpose.ENTER) is None


def test_of_many_who_use_it_at_once_one_gets_in(engine, key):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(use_link(engine, key, Purpose.ENTER))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([user for user in found if user]) == 1


def test_a_link_is_good_for_nothing_else(engine, key):
    assert link_user(engine, key, Purpose.PASSWORD) is None
    assert use_link(engine, key, Purpose.PASSWORD) is None
    assert link_user(engine, key, Purpose.ENTER)


def test_a_link_is_over_after_a_day(engine, key):
    with engine.begin() as connection:
        connection.execute(update(LINKS).values(expires_at=moment(-LASTS)))

    assert use_link(engine, key, Purpose.ENTER) is None


def test_a_new_link_takes_the_place_of_the_one_before(engine, an, key):
    newer = make_link(engine, an.user_id, Purpose.ENTER, who=SYSTEM)

    assert link_user(engine, key, Purpose.ENTER) is None
    assert link_user(engine, newer, Purpose.ENTER) == an


def test_who_is_shut_out_gets_in_by_no_link(engine, an, key):
    shut_out(engine, an.user_id, who=SYSTEM)

    assert use_link(engine, key, Purpose.ENTER) is None


def test_links_of_others_and_for_other_purposes_stay(engine, people, an, key):
    theirs = make_link(engine, people["partner"].user_id, Purpose.ENTER, who=SYSTEM)
    another = make_link(engine, an.user_id, Purpose.PASSWORD, who=SYSTEM)

    assert use_link(engine, key, Purpose.ENTER) == an

    assert link_user(engine, theirs, Purpose.ENTER) == people["partner"]
    assert link_user(engine, another, Purpose.PASSWORD) == an


def test_links_that_are_over_are_not_kept(engine, people, key):
    with engine.begin() as connection:
        connection.execute(update(LINKS).values(expires_at=moment(-LASTS)))

    make_link(engine, people["partner"].user_id, Purpose.ENTER, who=SYSTEM)

    with engine.connect() as connection:
        assert len(connection.execute(select(LINKS)).all()) == 1
