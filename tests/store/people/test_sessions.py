"""Sessions end when they are over, closed, or their user is shut out or has another password."""

import pytest
from sqlalchemy import select, update

from impact.access import SYSTEM
from impact.store.people.hashed import moment
from impact.store.people.sessions import (
    LASTS,
    SESSIONS,
    close_session,
    let_in,
    open_session,
    session_of,
    set_password,
    shut_out,
)
from impact.store.people.users import user_with_id


@pytest.fixture
def an(people):
    return people["coordinator"]


@pytest.fixture
def key(engine, an):
    return open_session(engine, an, who=an.acting(), how="password")


def test_a_session_tells_who_is_signed_in(engine, an, key):
    assert session_of(engine, key).user == an


@pytest.mark.parametrize("other", ["", "nothing", "x" * 10_000])
@pytest.mark.usefixtures("key")
def test_any_other_text_is_nobody(engine, other):
    assert session_of(engine, other) is None


def test_the_database_does_not_hold_what_a_browser_holds(engine, key):
    with engine.connect() as connection:
        assert key not in str(connection.execute(select(SESSIONS)).all())


def test_signing_out_ends_the_session_and_no_other(engine, an, key):
    other = open_session(engine, an, who=an.acting(), how="password")

    close_session(engine, key, who=an.acting())

    assert session_of(engine, key) is None
    assert session_of(engine, other).user == an


def test_a_session_is_over_after_a_day_of_work(engine, key):
    with engine.begin() as connection:
        connection.execute(update(SESSIONS).values(expires_at=moment(-LASTS)))

    assert session_of(engine, key) is None


def test_another_password_ends_all_sessions(engine, an, key):
    set_password(engine, an.user_id, "hash", who=an.acting())

    assert session_of(engine, key) is None
    assert user_with_id(engine, an.user_id).password == "hash"


def test_who_is_shut_out_is_out_at_once_and_signs_in_anew_when_let_in(engine, an, key):
    shut_out(engine, an.user_id, who=SYSTEM)
    assert session_of(engine, key) is None

    let_in(engine, an.user_id, who=SYSTEM)
    assert session_of(engine, key) is None
    assert user_with_id(engine, an.user_id).disabled_at is None


@pytest.mark.parametrize("act", [shut_out, lambda *given, who: set_password(*given, "hash", who=who)])
@pytest.mark.usefixtures("key")
def test_the_sessions_of_others_stay(engine, people, an, act):
    other = people["partner"]
    theirs = open_session(engine, other, who=other.acting(), how="password")

    act(engine, an.user_id, who=SYSTEM)

    assert session_of(engine, theirs).user == other


def test_sessions_that_are_over_are_not_kept_and_no_other_is_ended(engine, people, an, key):
    other = people["partner"]
    with engine.begin() as connection:
        connection.execute(update(SESSIONS).values(expires_at=moment(-LASTS)))

    for _ in range(2):
        open_session(engine, other, who=other.acting(), how="password")

    with engine.connect() as connection:
        assert connection.execute(select(SESSIONS.c.user_id)).scalars().all() == [other.user_id] * 2
