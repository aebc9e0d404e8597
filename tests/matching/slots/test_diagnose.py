"""When no bookings obey all rules, the rules that conflict are named, and which floor would have to give."""

import pytest
from stages import request_of, slot

from impact.errors import SolverFailed
from impact.matching.slots.diagnose import diagnose
from impact.matching.slots.model import (
    DailyCap,
    DependenceCap,
    NoBookings,
    ProducerCap,
    SlotFloor,
    Track,
    WayOut,
)
from impact.matching.slots.program import pose
from impact.matching.slots.solve import book

DAYS = [slot(f"day {day}", day=day) for day in range(3)]
REQUEST = request_of(
    DAYS,
    {(producer, each.slot_id): 1.0 for producer in ("hill", "town") for each in DAYS},
    hill="rural",
    town="urban",
)


def conflict(request, rules):
    with pytest.raises(NoBookings) as refused:
        book(request, rules)
    return refused.value.conflict


def test_a_floor_and_a_cap_conflict_and_what_has_nothing_to_do_with_it_is_left_out():
    rules = [
        DailyCap("daily", 1),
        SlotFloor("for hills", {"kind": "rural"}, 3),
        ProducerCap("at most two", 2),
        SlotFloor("for towns", {"kind": "urban"}, 1),
    ]

    found = conflict(REQUEST, rules)

    assert found.rules == ("for hills", "at most two")
    assert found.ways_out == (WayOut("for hills", 3, 2),)
    assert found.minimal


def test_two_floors_conflict_and_either_may_give():
    rules = [SlotFloor("for hills", {"kind": "rural"}, 2), SlotFloor("for towns", {"kind": "urban"}, 2)]

    found = conflict(REQUEST, rules)

    assert found.rules == ("for hills", "for towns")
    assert found.ways_out == (WayOut("for hills", 2, 1), WayOut("for towns", 2, 1))


def test_a_floor_beyond_what_there_is_conflicts_with_nothing_but_the_slots():
    found = conflict(REQUEST, [SlotFloor("floor", {"kind": "rural"}, 4), ProducerCap("cap", 9)])

    assert (found.rules, found.ways_out) == (("floor",), (WayOut("floor", 4, 3),))


def test_a_group_without_candidates_can_be_given_nothing():
    request = request_of(DAYS, {("town", "day 0"): 1.0}, hill="rural", town="urban")

    assert conflict(request, [SlotFloor("floor", {"kind": "rural"}, 1)]).ways_out == (WayOut("floor", 1, 0),)


def test_a_group_that_has_only_top_kols_conflicts_with_the_cap_on_them():
    request = request_of([slot("star", Track.TOP_KOL)], {("hill", "star"): 1.0}, hill="rural")

    found = conflict(request, [DependenceCap("top", 0.5), SlotFloor("floor", {"kind": "rural"}, 1)])

    assert found.rules == ("top", "floor")
    assert found.ways_out == (WayOut("floor", 1, 0),)


def test_a_way_out_is_one():
    rules = [SlotFloor("for hills", {"kind": "rural"}, 2), SlotFloor("for towns", {"kind": "urban"}, 2)]
    way = conflict(REQUEST, rules).ways_out[0]

    assert book(
        REQUEST, [SlotFloor("for hills", {"kind": "rural"}, way.to), rules[1]]
    ).worth == pytest.approx(3)


def test_no_conflict_is_claimed_where_there_is_none():
    rules = [ProducerCap("cap", 1)]

    with pytest.raises(SolverFailed, match="conflict_not_proved"):
        diagnose(pose(REQUEST, rules), rules, 10.0, 0)
