"""The log only grows, and whoever changes it is found out."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DatabaseError
from store.tampering import tamper

from impact.access import SYSTEM, Actor, Role
from impact.store.audit import AUDIT, FIRST, Sought, digest, entries, holds, record, verify

AN = Actor("user-an", "An", Role.COORDINATOR, request_id="order-7")


@pytest.fixture
def log(engine):
    """A log of three entries."""
    with engine.begin() as connection:
        record(connection, SYSTEM, "user.add", "user-an", after={"role": "coordinator"})
        record(connection, AN, "scenario.run", "autumn", before={"rules": 2}, after={"rules": 3}, reason="秋")
        record(connection, AN, "plan.withdraw", "autumn-1")
    return engine


def listed(engine, sought=None, **part):
    with engine.connect() as connection:
        return entries(connection, sought, **part)


def broken(engine):
    with engine.connect() as connection:
        return list(verify(connection))


def test_an_entry_says_who_did_what_to_what_and_why(log):
    entry = listed(log)[1]

    assert (entry.who, entry.role, entry.what, entry.subject) == (
        "user-an",
        "coordinator",
        "scenario.run",
        "autumn",
    )
    assert (entry.before, entry.after, entry.reason) == ('{"rules":2}', '{"rules":3}', "秋")
    assert (entry.request_id, entry.at[-6:]) == ("order-7", "+00:00")


def test_an_entry_keeps_the_id_of_who_acted_and_not_their_name(log):
    assert all("An" not in str(entry) for entry in listed(log, Sought(who="user-an")))


def test_entries_are_numbered_and_each_holds_the_hash_of_the_one_before(log):
    third, second, first = listed(log)

    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert (first.previous, second.previous, third.previous) == (FIRST, first.hash, second.hash)
    assert broken(log) == []


def test_what_is_rolled_back_leaves_no_entry(log):
    with pytest.raises(RuntimeError), log.begin() as connection:
        record(connection, AN, "plan.publish", "autumn-1")
        raise RuntimeError

    assert len(listed(log)) == 3


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        (Sought(who="user-an"), [3, 2]),
        (Sought(what="user.add"), [1]),
        (Sought(subject="autumn"), [2]),
        (Sought(who="user-an", subject="nothing"), []),
    ],
)
def test_entries_are_found_by_who_what_and_subject(log, sought, numbers):
    assert [entry.number for entry in listed(log, sought)] == numbers


def test_entries_are_walked_by_number_newest_first(log):
    assert [entry.number for entry in listed(log, limit=2)] == [3, 2]
    assert [entry.number for entry in listed(log, before=2)] == [1]


def test_entries_are_walked_by_number_oldest_first_after_one_of_them(log):
    assert [entry.number for entry in listed(log, after=0, limit=2)] == [1, 2]
    assert [entry.number for entry in listed(log, after=2)] == [3]


COLUMNS = [column.name for column in AUDIT.columns]
REPLACED = dict.fromkeys(COLUMNS, "x") | {"number": 2}


@pytest.mark.parametrize(
    "statement",
    [
        update(AUDIT).where(AUDIT.c.number == 2).values(who="somebody"),
        delete(AUDIT).where(AUDIT.c.number == 3),
        insert(AUDIT).prefix_with("OR REPLACE", dialect="sqlite").values(REPLACED),
    ],
    ids=["changed", "taken out", "replaced"],
)
def test_the_database_refuses_to_change_the_log(log, statement):
    with pytest.raises(DatabaseError, match=r"only grows|unique"), log.begin() as connection:
        connection.execute(statement)

    assert len(listed(log)) == 3
    assert broken(log) == []


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "number"])
def test_a_changed_field_shows(log, column):
    tamper(log, update(AUDIT).where(AUDIT.c.number == 2).values({column: "x"}))

    assert 2 in broken(log)


@pytest.mark.parametrize(("number", "shows"), [(1, [2]), (2, [3])])
def test_an_entry_left_out_shows_at_the_next(log, number, shows):
    tamper(log, delete(AUDIT).where(AUDIT.c.number == number))

    assert broken(log) == shows


def test_an_entry_written_anew_with_its_hash_shows_at_the_next(log):
    forged = replace(listed(log)[1], who="somebody")
    tamper(log, update(AUDIT).where(AUDIT.c.number == 2).values(who=forged.who, hash=digest(forged)))

    assert broken(log) == [3]


def test_an_end_cut_off_shows_by_a_hash_that_was_noted(log):
    noted = listed(log)[0].hash
    tamper(log, delete(AUDIT).where(AUDIT.c.number == 3))

    assert broken(log) == []
    with log.connect() as connection:
        assert not holds(connection, noted)


def test_many_writers_at_once_make_one_chain(engine):
    def act():
        for number in range(25):
            with engine.begin() as connection:
                record(connection, AN, "tally", str(number))

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [entry.number for entry in listed(engine, limit=200)] == list(range(100, 0, -1))
    assert broken(engine) == []
