"""Events are told once under their own id, whoever tells them again, and found by day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from impact.access import SYSTEM
from impact.store.audit import Sought, entries
from impact.store.database import reading
from impact.store.happened import events
from impact.store.happened.events import EVENTS, Event
from impact.store.paging import Part

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
ORDER = Event("e-2", NOON, "order", "tea", "mall", "p-1", 3.0)
VIEW = Event("e-1", NOON + timedelta(days=1), "view", "tea")


def num(engine):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()


def test_events_come_back_by_day_and_id(engine):
    events.put(engine, [VIEW, ORDER], SYSTEM)

    assert events.listed(engine, "2026-10-05", "2026-10-06", Part()).items == (ORDER, VIEW)
    assert events.listed(engine, "2026-10-06", "2026-10-31", Part()).items == (VIEW,)
    assert events.listed(engine, "2026-10-01", "2026-10-05", Part()).items == (ORDER,)
    page = events.listed(engine, "2026-10-05", "2026-10-06", Part(limit=1))
    assert events.listed(engine, "2026-10-05", "2026-10-06", Part(1, page.next)).items == (VIEW,)


def test_a_time_of_another_zone_belongs_to_its_day_in_utc(engine):
    early = datetime(2026, 10, 6, 7, tzinfo=timezone(timedelta(hours=8)))
    events.put(engine, [Event("e", early, "view", "tea")], SYSTEM)

    (found,) = events.listed(engine, "2026-10-05", "2026-10-05", Part()).items
    assert found.at == early


def test_a_time_without_a_zone_is_no_time():
    with pytest.raises(ValueError, match="zone"):
        Event("e", datetime(2026, 10, 6, 7), "view", "tea")  # that is the point


def test_duplicates_and_order_change_nothing(engine):
    many = [Event(f"e-{number}", NOON, "view", "tea") for number in range(2_300)]
    events.put(engine, many[:1_500], SYSTEM)

    received = events.put(engine, many[::-1], SYSTEM)

    assert (len(received.accepted), len(received.duplicate), num(engine)) == (800, 1_500, 2_300)


def test_of_two_who_tell_the_same_at_once_each_event_is_kept_once(engine):
    many = [Event(f"e-{number}", NOON, "view", "tea") for number in range(300)]

    with ThreadPoolExecutor(2) as two:
        told = list(two.map(lambda part: events.put(engine, part, SYSTEM), (many, many[::-1])))

    assert num(engine) == 300
    assert sorted(len(received.accepted) for received in told) == [0, 300]


def test_a_batch_is_one_entry_of_the_log_and_one_that_changes_nothing_none(engine):
    for _ in range(2):
        events.put(engine, [VIEW, ORDER], SYSTEM)

    with reading(engine) as connection:
        (entry,) = entries(connection, Sought(what="events.put"))
    assert entry.after == '{"accepted":2,"duplicate":0}'


@pytest.mark.parametrize("attempt", [delete, lambda table: update(table).values(amount=0)])
def test_what_happened_is_never_taken_away_or_changed(engine, attempt):
    events.put(engine, [VIEW], SYSTEM)

    with pytest.raises(DBAPIError, match="kept for good"), engine.begin() as connection:
        connection.execute(attempt(EVENTS))
