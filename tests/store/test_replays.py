"""Answers are kept under the key of who asked, for whoever asks again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from impact.store.replays import REPLAYS, Answer, Replay, Replays

ANSWER = Answer(201, {"Location": "/notes/1"}, "茶".encode())


@pytest.fixture
def replays(engine):
    return Replays(engine)


def test_a_free_key_is_held_until_it_is_answered(replays):
    assert replays.hold("anna", "k1", "a") is None
    assert replays.hold("anna", "k1", "a") == Replay("a", None)

    replays.keep("anna", "k1", ANSWER)

    assert replays.hold("anna", "k1", "b") == Replay("a", ANSWER)


def test_a_key_that_was_let_go_is_free_and_others_keys_are_their_own(replays):
    replays.hold("anna", "k1", "a")
    replays.release("anna", "k1")

    assert replays.hold("anna", "k1", "b") is None
    assert replays.hold("bo", "k1", "c") is None


def test_a_request_that_was_cut_off_holds_its_key_no_longer_than_it_may_take(replays, engine):
    replays.hold("anna", "k1", "a")
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    with engine.begin() as connection:
        connection.execute(update(REPLAYS).values(held_until=past))

    assert replays.hold("anna", "k1", "a") is None


def test_answers_are_forgotten_after_a_day(replays, engine):
    replays.hold("anna", "k1", "a")
    replays.keep("anna", "k1", ANSWER)
    with engine.begin() as connection:
        until = connection.execute(select(REPLAYS.c.held_until)).scalar_one()
        past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
        connection.execute(update(REPLAYS).values(held_until=past))
    replays.hold("bo", "k2", "b")

    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(REPLAYS)).scalar_one() == 1
    assert datetime.fromisoformat(until) - datetime.now(UTC) > timedelta(hours=23)
