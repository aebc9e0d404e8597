"""Who fails too often waits, whether there is such a user or not; others are let be."""

import threading

import pytest
from sqlalchemy import select, update

from impact.store.people.attempts import (
    ATTEMPTS,
    FORGOTTEN_AFTER,
    FREE_FROM_ALL,
    FREE_FROM_ONE_ADDRESS,
    forget_attempts,
    may_try,
)
from impact.store.people.hashed import moment

HERE, THERE = "192.0.2.7", "192.0.2.8"


def fail(engine, times, name="an", address=HERE):
    return [may_try(engine, name, address) for _ in range(times)]


def test_after_too_many_failures_one_waits(engine):
    assert fail(engine, FREE_FROM_ONE_ADDRESS + 2) == [True] * FREE_FROM_ONE_ADDRESS + [False] * 2


def test_writing_the_name_otherwise_gains_nothing(engine):
    fail(engine, FREE_FROM_ONE_ADDRESS)

    assert not may_try(engine, " AN ", HERE)


@pytest.mark.parametrize(("name", "address"), [("an", THERE), ("bo", HERE)])
def test_other_addresses_and_other_names_need_not_wait(engine, name, address):
    fail(engine, FREE_FROM_ONE_ADDRESS)

    assert may_try(engine, name, address)


def test_failing_from_many_addresses_makes_all_wait(engine):
    for number in range(FREE_FROM_ALL):
        assert may_try(engine, "an", f"198.51.100.{number}")

    assert not may_try(engine, "an", THERE)


def test_a_right_attempt_makes_the_address_forget(engine):
    fail(engine, FREE_FROM_ONE_ADDRESS - 1)
    forget_attempts(engine, "an", HERE)

    assert all(fail(engine, FREE_FROM_ONE_ADDRESS))


def test_what_one_gets_right_is_forgotten_of_nobody_else(engine):
    fail(engine, FREE_FROM_ONE_ADDRESS)

    forget_attempts(engine, "an", THERE)
    forget_attempts(engine, "bo", HERE)

    assert not may_try(engine, "an", HERE)


def waited(engine):
    """Let the wait be over, and return how long it was."""
    with engine.begin() as connection:
        until = (
            connection.execute(select(ATTEMPTS.c.until).order_by(ATTEMPTS.c.until.desc())).scalars().first()
        )
        now = moment()
        connection.execute(update(ATTEMPTS).values(until=now))
    return (_minutes(until) - _minutes(now)) % (24 * 60)


def _minutes(at):
    return int(at[11:13]) * 60 + int(at[14:16]) + float(at[17:19]) / 60


def test_each_further_failure_makes_one_wait_twice_as_long_up_to_an_hour(engine):
    fail(engine, FREE_FROM_ONE_ADDRESS - 1)

    waits = []
    for _ in range(8):
        assert may_try(engine, "an", HERE)
        waits.append(round(waited(engine)))

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_failures_are_forgotten_after_a_day(engine):
    fail(engine, FREE_FROM_ONE_ADDRESS)
    with engine.begin() as connection:
        connection.execute(update(ATTEMPTS).values(last_at=moment(-2 * FORGOTTEN_AFTER)))

    assert may_try(engine, "an", HERE)


def test_neither_name_nor_address_is_kept_in_words(engine):
    fail(engine, 1)

    with engine.connect() as connection:
        kept = str(connection.execute(select(ATTEMPTS)).all())
    assert "an'" not in kept
    assert HERE not in kept


def test_many_at_once_gain_no_attempt(engine):
    allowed = []
    threads = [threading.Thread(target=lambda: allowed.extend(fail(engine, 3))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(allowed) == FREE_FROM_ONE_ADDRESS
