"""Answers agree with brute force, repeat to the bit, and say what is proved."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stages import request_of, requests, slot

from impact.errors import SolverFailed
from impact.matching.plan import Status
from impact.matching.slots.check import objections
from impact.matching.slots.model import (
    BookingPlan,
    DependenceCap,
    NoBookings,
    ProducerCap,
    SlotFloor,
    SlotRequest,
    Track,
)
from impact.matching.slots.solve import SlotLimits, book

EXACT = SlotLimits(seconds=20, gap=0.0)
FALSE_FIGURES = {"worth_is_not_so", "bound_below_worth", "gap_is_not_so", "status_not_earned"}


def brute_force(request, rules):
    """Try every set of bookings; None where none obeys all rules."""
    empty = BookingPlan((), Status.TIME_LIMIT, 0, 0, 0, 0, 1, False, "", 0)
    worths = []
    for size in range(len(request.candidates) + 1):
        for bookings in combinations(request.candidates, size):
            found = objections(request, rules, replace(empty, bookings=bookings), 0.0)
            if {issue.code for issue in found} <= FALSE_FIGURES:
                worths.append(sum(booking.value for booking in bookings))
    return max(worths, default=None)


@settings(max_examples=60, deadline=None)
@given(requests())
def test_the_answer_is_that_of_brute_force(drawn):
    request, rules = drawn
    best = brute_force(request, rules)

    if best is None:
        with pytest.raises(NoBookings):
            book(request, rules, EXACT)
    else:
        plan = book(request, rules, EXACT)
        assert plan.worth == pytest.approx(best, rel=1e-6)
        assert plan.bound >= best * (1 - 1e-9)
        assert plan.status is Status.OPTIMAL
        assert objections(request, rules, plan, 0.0) == ()


@settings(max_examples=20, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(drawn, shuffler):
    request, _ = drawn
    shuffled = [list(part) for part in (request.slots, request.participants, request.candidates)]
    for part in shuffled:
        shuffler.shuffle(part)

    again = book(SlotRequest(*map(tuple, shuffled)), [], EXACT)

    assert again.bookings == book(request, [], EXACT).bookings


@settings(max_examples=20, deadline=None)
@given(requests())
def test_a_rule_never_raises_the_worth_and_room_never_lowers_it(drawn):
    request, rules = drawn
    roomy = replace(request, slots=tuple(replace(each, capacity=each.capacity + 1) for each in request.slots))
    free = book(request, [], EXACT).worth

    assert book(roomy, [], EXACT).worth >= free - 1e-6
    try:
        assert book(request, rules, EXACT).worth <= free + 1e-6
    except NoBookings:
        assert any(isinstance(rule, SlotFloor) for rule in rules)


def test_a_bound_that_the_relaxation_leaves_loose_is_closed_by_the_search():
    days = [slot(f"day {day}", Track.FIELD, day=day, hours=2) for day in range(2)]
    request = request_of(days, {("a", each.slot_id): 1.0 for each in days}, {"a": 3})

    plan = book(request, [], EXACT)

    assert (plan.worth, plan.bound) == pytest.approx((1, 1))  # three of four hours would be worth 1½
    assert plan.status is Status.OPTIMAL


def test_days_that_share_no_rule_are_solved_apart():
    slots = [slot(f"day {day}", day=day) for day in range(4)]
    values = {(producer, each.slot_id): 1 + each.day for each in slots for producer in ("a", "b")}
    request = request_of(slots, values)

    plan = book(request, [])

    assert plan.num_slices == 4
    assert plan.bound == pytest.approx(plan.worth) == pytest.approx(10)
    assert book(request, [ProducerCap("cap", 4)]).num_slices == 4
    assert book(request, [ProducerCap("cap", 1)]).num_slices == 1


def crowded():
    slots = [
        slot(f"slot {number:02}", Track.ALLIANCE, start_hour=number % 24, hours=3, capacity=2)
        for number in range(30)
    ]
    values = {
        (f"p{producer:02}", each.slot_id): 1 + (7 * producer + 11 * number) % 13
        for producer in range(30)
        for number, each in enumerate(slots)
    }
    return request_of(slots, values)


def season():
    """Seven days of six slots, a third of them a top KOL's, and 42 producers that want them all."""
    rng = np.random.default_rng(4)
    tracks = (Track.CAMPAIGN, Track.TOP_KOL, Track.ALLIANCE)
    slots = [
        slot(f"slot {number:02}", tracks[number % 3], day=number // 6, exposure=int(rng.integers(50, 150)))
        for number in range(42)
    ]
    values = {(f"p{producer:02}", each.slot_id): rng.random() for producer in range(42) for each in slots}
    return request_of(slots, values), [ProducerCap("cap", 2), DependenceCap("top", 0.5)]


def test_a_search_among_many_columns_ends_close_to_the_bound_and_beats_the_hand():
    request, rules = season()

    plan = book(request, rules, SlotLimits(seconds=60, gap=0.01))

    assert plan.gap <= 0.01
    assert plan.worth > plan.hint_worth
    assert objections(request, rules, plan, 0.01) == ()


def test_runs_repeat_to_the_bit():
    plans = [book(crowded(), [ProducerCap("cap", 1)], SlotLimits(gap=0.001)) for _ in range(2)]

    assert not plans[0].cut_short
    assert replace(plans[0], seconds={}) == replace(plans[1], seconds={})


def test_when_time_is_up_the_best_so_far_is_given_and_labelled():
    request, rules = season()

    plan = book(request, rules, SlotLimits(seconds=1e-6, gap=0.0))

    assert plan.cut_short
    assert plan.status is Status.TIME_LIMIT
    assert plan.bound > plan.worth == plan.hint_worth > 0
    assert objections(request, rules, plan, 0.0) == ()


def test_when_time_is_up_before_a_proof_nothing_is_called_impossible():
    request = request_of([slot("gala")], {("hill", "gala"): 1.0, ("town", "gala"): 1.0}, hill="a", town="b")
    rules = [SlotFloor("for hills", {"kind": "a"}, 1), SlotFloor("for towns", {"kind": "b"}, 1)]

    with pytest.raises(SolverFailed):
        book(request, rules, SlotLimits(seconds=1e-9))


@pytest.mark.parametrize(("seconds", "gap"), [(0, 0.1), (1, 1.0), (1, -0.1)])
def test_limits_without_meaning_are_refused(seconds, gap):
    with pytest.raises(ValueError, match="Expected seconds"):
        SlotLimits(seconds, gap)
