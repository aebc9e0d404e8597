"""Answers are kept under the key of who asked, for whoever asks again."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from impact.store.replays import REPLAYS, Answer, Held, Replay, Replays

ANSWER = Answer(201, {"Location": "/notes/1"}, "茶".encode())


@pytest.fixture
def replays(engine):
    return Replays(engine)


def let_time_pass(engine):
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    with engine.begin() as connection:
        connection.execute(update(REPLAYS).values(held_until=past))


def test_a_free_key_is_held_until_it_is_answered(replays):
    held = replays.hold("anna", "k1", "a")
    assert replays.hold("anna", "k1", "a") == Replay("a", None)

    replays.keep(held, ANSWER)

    assert replays.hold("anna", "k1", "b") == Replay("a", ANSWER)


def test_a_key_that_was_let_go_is_free_and_others_keys_are_their_own(replays):
    replays.release(replays.hold("anna", "k1", "a"))

    assert isinstance(replays.hold("anna", "k1", "b"), Held)
    assert isinstance(replays.hold("bo", "k1", "c"), Held)


def test_a_request_that_was_cut_off_holds_its_key_no_longer_than_it_may_take(replays, engine):
    replays.hold("anna", "k1", "a")
    let_time_pass(engine)

    assert isinstance(replays.hold("anna", "k1", "a"), Held)


def test_who_is_slower_than_may_be_keeps_no_answer_under_a_key_that_another_took(replays, engine):
    slow = replays.hold("anna", "k1", "a")
    let_time_pass(engine)
    replays.hold("anna", "k1", "a")

    assert replays.keep(slow, ANSWER) is None
    replays.release(slow)
    assert replays.hold("anna", "k1", "a") == Replay("a", None)


def test_an_answer_goes_with_what_was_done(replays):
    held = replays.hold("anna", "k1", "a")
    with pytest.raises(InterruptedError), replays.together():
        replays.keep(held, ANSWER)
        raise InterruptedError

    assert replays.hold("anna", "k1", "a") == Replay("a", None)


def test_answers_are_forgotten_after_a_day(replays, engine):
    replays.keep(replays.hold("anna", "k1", "a"), ANSWER)
    with engine.connect() as connection:
        until = connection.execute(select(REPLAYS.c.held_until)).scalar_one()
    let_time_pass(engine)
    replays.hold("bo", "k2", "b")

    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(REPLAYS)).scalar_one() == 1
    assert datetime.fromisoformat(until) - datetime.now(UTC) > timedelta(hours=23)
