"""The check finds every false claim, from the request alone."""

from dataclasses import replace

import pytest
from stages import request_of, slot

from impact.matching.plan import Status
from impact.matching.slots.check import objections
from impact.matching.slots.model import DailyCap, DependenceCap, ProducerCap, SlotFloor, Track
from impact.matching.slots.solve import book

SLOTS = [
    slot("ana", Track.ALLIANCE, hours=2, capacity=2),
    slot("ana too", Track.ALLIANCE, start_hour=21),
    slot("field", Track.FIELD, hours=2, capacity=5),
    slot("field too", Track.FIELD, start_hour=21, capacity=5),
    slot("star", Track.TOP_KOL, day=1),
]
REQUEST = request_of(
    SLOTS,
    {(producer, each.slot_id): 1.0 for producer in ("hill", "town") for each in SLOTS},
    {"hill": 2, "town": 9},
    hill="rural",
    town="urban",
)


def claiming(*pairs, **claims):
    """Claim bookings of (producer, slot), with true figures but for `claims`."""
    known = {(each.producer_id, each.slot_id): each for each in REQUEST.candidates}
    bookings = tuple(known[pair] for pair in pairs)
    plan = replace(
        book(REQUEST, []), bookings=bookings, worth=float(len(pairs)), bound=float(len(pairs)), gap=0.0
    )
    return replace(plan, **claims)


def codes(plan, rules=(), asked_gap=0.01):
    return [issue.code for issue in objections(REQUEST, rules, plan, asked_gap)]


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("hill", "star"), ("town", "star")], "slot_overfull"),
        ([("hill", "ana"), ("town", "ana too")], "in_two_places"),
        ([("town", "field"), ("town", "field too")], "in_two_places"),
        ([("hill", "ana"), ("hill", "ana")], "booking_repeated"),
    ],
)
def test_what_can_never_be_is_found(pairs, code):
    assert codes(claiming(*pairs)) == [code]


def test_too_many_own_hours_are_found():
    short = replace(REQUEST, participants=tuple(replace(each, own_hours=1) for each in REQUEST.participants))

    (issue,) = objections(short, [], claiming(("hill", "field")), 0.01)

    assert (issue.code, issue.params) == ("own_hours_exceeded", {"producer": "hill", "found": 2, "most": 1})


def test_different_producers_may_stream_at_once():
    assert codes(claiming(("hill", "field"), ("town", "field too"))) == []


def test_a_booking_nobody_asked_for_is_found():
    plan = claiming(("hill", "ana"))
    other = replace(plan, bookings=(replace(plan.bookings[0], product_id="gold"),))

    assert codes(other) == ["booking_unknown"]


@pytest.mark.parametrize(
    "rule",
    [
        ProducerCap("rule", 1),
        DailyCap("rule", 1),
        DependenceCap("rule", 0.332),
        DependenceCap("rule", 0.332, "total"),
        SlotFloor("rule", {"kind": "urban"}, 1),
    ],
)
def test_a_broken_rule_is_found_by_name(rule):
    pairs = [("hill", "ana"), ("hill", "field"), ("hill", "star")]

    (issue,) = objections(REQUEST, [rule], claiming(*pairs), 0.01)

    assert issue.code == "slot_rule_broken"
    assert issue.params["rule"] == "rule"
    assert issue.params["violation"] > 0


@pytest.mark.parametrize(
    "rule",
    [
        ProducerCap("rule", 3),
        DailyCap("rule", 2),
        DependenceCap("rule", 0.334),
        DependenceCap("rule", 0.334, "total"),
        SlotFloor("rule", {"kind": "rural"}, 3),
    ],
)
def test_a_rule_just_kept_is_not_objected_to(rule):
    assert codes(claiming(("hill", "ana"), ("hill", "field"), ("hill", "star")), [rule]) == []


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"worth": 2.0, "bound": 2.0}, ["worth_is_not_so", "gap_is_not_so", "status_not_earned"]),
        ({"bound": 0.5}, ["bound_below_worth"]),
        ({"gap": 0.3}, ["gap_is_not_so"]),
        ({"bound": 2.0, "gap": 0.5}, ["status_not_earned"]),
        ({"bound": 2.0, "gap": 0.5, "status": Status.WITHIN_GAP}, ["status_not_earned"]),
        ({"bound": 2.0, "gap": 0.5, "status": Status.TIME_LIMIT}, []),
        ({"worth": float("nan")}, ["worth_is_not_so"]),
        ({"bound": float("nan")}, ["bound_below_worth", "gap_is_not_so", "status_not_earned"]),
        ({"gap": float("nan")}, ["gap_is_not_so"]),
        ({"bound": float("inf")}, ["gap_is_not_so", "status_not_earned"]),
    ],
)
def test_false_figures_are_found(claims, code):
    assert codes(claiming(("hill", "ana"), **claims)) == code
