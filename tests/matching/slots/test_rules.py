"""Each rule on a stage small enough to see the answer."""

import pytest
from stages import request_of, slot

from impact.errors import BadInput
from impact.matching.plan import Status
from impact.matching.slots.model import (
    Candidate,
    DailyCap,
    DependenceCap,
    ProducerCap,
    SlotFloor,
    SlotRequest,
    Track,
)
from impact.matching.slots.solve import book


def shown(plan):
    return [(booking.producer_id, booking.slot_id) for booking in plan.bookings]


def test_a_slot_shows_no_more_products_than_it_can():
    request = request_of([slot("gala", capacity=2)], {("a", "gala"): 3, ("b", "gala"): 2, ("c", "gala"): 1})

    plan = book(request, [])

    assert shown(plan) == [("a", "gala"), ("b", "gala")]
    assert plan.status is Status.OPTIMAL
    assert (plan.worth, plan.bound) == pytest.approx((5, 5))


def test_a_creator_is_in_one_place_at_a_time():
    early, late = slot("early", Track.ALLIANCE, hours=2), slot("late", Track.ALLIANCE, start_hour=21)
    next_day = slot("next day", Track.ALLIANCE, day=1)
    values = {("a", "early"): 3, ("b", "late"): 2, ("c", "next day"): 1}

    assert shown(book(request_of([early, late, next_day], values), [])) == [("a", "early"), ("c", "next day")]


def test_a_slot_held_for_several_outweighs_one_of_higher_value():
    early = slot("early", Track.ALLIANCE, hours=2)
    late = slot("late", Track.ALLIANCE, start_hour=21, capacity=2)
    values = {("a", "early"): 3, ("b", "late"): 2, ("c", "late"): 2}

    assert shown(book(request_of([early, late], values), [])) == [("b", "late"), ("c", "late")]


def test_slots_that_only_touch_do_not_overlap():
    first, second = slot("first", Track.ALLIANCE), slot("second", Track.ALLIANCE, start_hour=21)

    assert len(book(request_of([first, second], {("a", "first"): 1, ("a", "second"): 1}), []).bookings) == 2


def test_a_slot_past_midnight_overlaps_one_of_the_next_day():
    night, morning = (
        slot("night", Track.ALLIANCE, start_hour=23, hours=3),
        slot("morning", Track.ALLIANCE, day=1, start_hour=1),
    )

    plan = book(request_of([night, morning], {("a", "night"): 1, ("b", "morning"): 2}), [])

    assert shown(plan) == [("b", "morning")]


def test_a_producer_streams_in_one_place_at_a_time():
    one, other = slot("one", Track.FIELD, capacity=5), slot("other", Track.FIELD, capacity=5)
    values = {("a", "one"): 3, ("a", "other"): 2, ("b", "other"): 1}

    plan = book(request_of([one, other], values, {"a": 9, "b": 9}), [])

    assert shown(plan) == [("a", "one"), ("b", "other")]


def test_own_hours_never_exceed_what_was_declared():
    days = [slot(f"day {day}", Track.FIELD, day=day, hours=2) for day in range(3)]
    values = {("a", each.slot_id): 1 + each.day for each in days}

    assert shown(book(request_of(days, values, {"a": 5}), [])) == [("a", "day 1"), ("a", "day 2")]
    assert shown(book(request_of(days, values, {"a": 1}), [])) == []
    assert shown(book(request_of(days, values, {"a": 0}), [])) == []


def test_a_cap_limits_the_slots_of_every_producer():
    days = [slot(f"day {day}", day=day) for day in range(3)]
    values = {("a", each.slot_id): 5 for each in days} | {("b", "day 2"): 1}

    assert book(request_of(days, values), [ProducerCap("cap", 2)]).worth == pytest.approx(11)


def test_a_daily_cap_leaves_other_days_alone():
    slots = [slot("noon", start_hour=12), slot("eve"), slot("tomorrow", day=1)]
    values = {("a", "noon"): 1, ("a", "eve"): 2, ("a", "tomorrow"): 1}

    assert shown(book(request_of(slots, values), [DailyCap("daily", 1)])) == [("a", "eve"), ("a", "tomorrow")]


def test_dependence_on_top_kols_is_capped_for_each_producer():
    star = slot("star", Track.TOP_KOL, exposure=300, capacity=2)
    small = slot("small", exposure=200)
    values = {("a", "star"): 9, ("a", "small"): 1, ("b", "star"): 9}
    request = request_of([star, small], values)

    assert shown(book(request, [DependenceCap("top", 0.6)])) == [("a", "small"), ("a", "star")]
    assert shown(book(request, [DependenceCap("top", 0.599)])) == [("a", "small")]


def test_dependence_of_all_together_lets_one_lean_on_another():
    star, small = slot("star", Track.TOP_KOL, exposure=300), slot("small", exposure=300)
    request = request_of([star, small], {("a", "star"): 9, ("b", "small"): 1})

    assert shown(book(request, [DependenceCap("top", 0.5, "total")])) == [("b", "small"), ("a", "star")]
    assert shown(book(request, [DependenceCap("top", 0.5)])) == [("b", "small")]


def test_a_floor_moves_just_enough_slots_to_a_group():
    days = [slot(f"day {day}", day=day) for day in range(3)]
    values = {("hill", each.slot_id): 1 + each.day for each in days}
    values |= {("town", each.slot_id): 5 for each in days}
    request = request_of(days, values, hill="rural", town="urban")

    plan = book(request, [SlotFloor("floor", {"kind": "rural"}, 1)])

    assert shown(plan) == [("town", "day 0"), ("town", "day 1"), ("hill", "day 2")]


def test_without_slots_or_candidates_nothing_is_booked():
    empty, lonely = SlotRequest((), (), ()), request_of([slot("gala")], {}, {"a": 1})

    for request in (empty, lonely):
        plan = book(
            request, [ProducerCap("cap", 1), DailyCap("daily", 1), DependenceCap("top", 0.1, "total")]
        )

        assert (plan.bookings, plan.status, plan.worth, plan.gap) == ((), Status.OPTIMAL, 0, 0)


def test_equal_values_are_solved_like_others():
    slots = [slot(f"slot {number}", capacity=2) for number in range(6)]
    values = {(f"p{producer}", each.slot_id): 1.0 for producer in range(6) for each in slots}

    assert book(request_of(slots, values), [ProducerCap("cap", 1)]).worth == pytest.approx(6)


def test_a_rule_about_what_nobody_has_is_refused():
    request = request_of([slot("gala")], {("a", "gala"): 1}, a="rural")

    with pytest.raises(BadInput) as refused:
        book(request, [SlotFloor("f", {"mood": "good"}, 1), ProducerCap("f", 1)])

    assert [issue.code for issue in refused.value.issues] == ["unknown_attribute", "rule_id_taken"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda: slot("s", Track.ALLIANCE, creator_id=None), "nobody stands on a creator's stage"),
        (lambda: slot("s", Track.CAMPAIGN, creator_id="Ana"), "a campaign has no creator"),
        (lambda: slot("s", hours=0), "no time at all"),
        (lambda: slot("s", start_hour=24), "no such hour"),
        (lambda: slot("s", capacity=-1), "less than no room"),
        (lambda: slot("s", exposure=10**9 + 1), "sums would not fit"),
        (lambda: DependenceCap("top", 1 / 3), "not a whole number of thousandths"),
        (lambda: DependenceCap("top", 1.1), "more than all"),
        (lambda: Candidate("a", "s", "tea", float("nan")), "not a value"),
        (lambda: request_of([], {("a", "s"): 1}), "an unknown slot"),
        (lambda: request_of([slot("s"), slot("s")], {}), "a slot twice"),
    ],
)
def test_wrong_states_cannot_be_said(wrong, why):
    with pytest.raises(ValueError, match="Expected"):
        wrong()
