"""What was delivered is added once by its id, and adds up by link."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from impact.access import SYSTEM
from impact.store.happened import deliveries
from impact.store.happened.deliveries import Delivery
from impact.store.paging import Part

MONDAY = Delivery("d-1", "2026-10-05", "p-1", "tea", "mall", 100.0)
TUESDAY = Delivery("d-2", "2026-10-06", "p-1", "tea", "mall", 50.0)
OTHERS = Delivery("d-3", "2026-10-06", "p-1", "nuts", "mall", 7.0)
ELSEWHERE = Delivery("d-4", "2026-10-06", "p-2", "tea", "mall", 9.0)


def test_deliveries_add_up_by_link(engine):
    received = deliveries.put(engine, [MONDAY, TUESDAY, OTHERS, ELSEWHERE], SYSTEM)

    assert (len(received.accepted), received.duplicate) == (4, frozenset())
    assert deliveries.delivered(engine, "p-1") == {("tea", "mall"): 150.0, ("nuts", "mall"): 7.0}
    assert deliveries.delivered(engine, "nothing") == {}


def test_what_was_sent_before_changes_nothing_in_whatever_order_it_comes_again(engine):
    deliveries.put(engine, [TUESDAY], SYSTEM)

    received = deliveries.put(engine, [OTHERS, MONDAY, TUESDAY, MONDAY], SYSTEM)

    assert received == deliveries.Received(frozenset({"d-1", "d-3"}), frozenset({"d-2"}))
    assert deliveries.delivered(engine, "p-1") == {("tea", "mall"): 150.0, ("nuts", "mall"): 7.0}


def test_an_id_that_comes_again_with_something_else_stays_what_it_was(engine):
    deliveries.put(engine, [MONDAY], SYSTEM)

    received = deliveries.put(engine, [Delivery("d-1", "2026-10-09", "p-1", "tea", "mall", 1.0)], SYSTEM)

    assert received.duplicate == {"d-1"}
    assert deliveries.listed(engine, "p-1", Part()).items == (MONDAY,)


def test_deliveries_are_listed_page_by_page(engine):
    deliveries.put(engine, [OTHERS, TUESDAY, MONDAY], SYSTEM)

    first = deliveries.listed(engine, "p-1", Part(limit=2))
    rest = deliveries.listed(engine, "p-1", Part(limit=2, after=first.next))

    assert (*first.items, *rest.items) == (MONDAY, TUESDAY, OTHERS)
    assert rest.next is None


def test_what_was_delivered_of_one_plan_is_told_of_that_plan(engine):
    deliveries.put(engine, [MONDAY, TUESDAY, OTHERS, ELSEWHERE], SYSTEM)

    assert deliveries.listed(engine, "p-2", Part()).items == (ELSEWHERE,)
    assert deliveries.delivered_of(engine, "p-1", ["tea", "nuts", "figs"]) == {"tea": 150.0, "nuts": 7.0}
    assert deliveries.delivered_of(engine, "p-1", ["nuts"]) == {"nuts": 7.0}
    assert deliveries.delivered_of(engine, "p-2", ["tea", "nuts"]) == {"tea": 9.0}
    assert deliveries.delivered_of(engine, "p-1", []) == {}


def test_of_more_products_than_are_asked_for_at_once_each_is_told(engine):
    many = [Delivery(f"d-{n:04}", "2026-10-05", "p-1", f"tea-{n}", "mall", 1.0) for n in range(1_001)]
    deliveries.put(engine, many, SYSTEM)

    found = deliveries.delivered_of(engine, "p-1", [each.product_id for each in many])

    assert (len(found), set(found.values())) == (1_001, {1.0})


@pytest.mark.parametrize("attempt", [delete, lambda table: update(table).values(exposure=0)])
def test_what_was_delivered_is_never_taken_away_or_changed(engine, attempt):
    deliveries.put(engine, [MONDAY], SYSTEM)

    with pytest.raises(DBAPIError, match="kept for good"), engine.begin() as connection:
        connection.execute(attempt(deliveries.DELIVERIES))
    assert deliveries.delivered(engine, "p-1") == {("tea", "mall"): 100.0}


def test_that_nothing_was_delivered_may_be_said(engine):
    deliveries.put(engine, [replace(MONDAY, exposure=0.0)], SYSTEM)

    assert deliveries.delivered(engine, "p-1") == {("tea", "mall"): 0.0}


@pytest.mark.parametrize("exposure", [-1.0, -1e-9, float("nan"), float("inf")])
def test_an_exposure_that_cannot_be_is_no_delivery(exposure):
    with pytest.raises(ValueError, match="at least 0"):
        Delivery("d", "2026-10-05", "p", "tea", "mall", exposure)
