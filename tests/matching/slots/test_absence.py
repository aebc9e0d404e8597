"""Without a creator, those who lose are named with what they lose."""

import pytest
from stages import request_of, slot

from impact.matching.slots.absence import Change, who_is_hurt
from impact.matching.slots.model import SlotConflict, SlotFloor, Track
from impact.matching.slots.solve import book

STAR, GALA = slot("star", Track.TOP_KOL, exposure=900, capacity=2), slot("gala", exposure=100)


def test_who_loses_the_creator_and_who_is_pushed_aside_are_both_hurt():
    request = request_of(
        [STAR, GALA], {("a", "star"): 9, ("b", "star"): 8, ("a", "gala"): 1, ("c", "gala"): 2}
    )
    plan = book(request, [])

    absence = who_is_hurt(request, [], plan, "Star")

    assert absence.hurt == (
        Change("a", slots=(1, 0), exposure=(900, 0), value=(9, 0)),
        Change("b", slots=(1, 0), exposure=(900, 0), value=(8, 0)),
    )
    assert absence.helped == ()
    assert absence.anew.worth == pytest.approx(2)


def test_one_who_takes_another_stage_pushes_its_holder_aside():
    request = request_of([STAR, GALA], {("a", "star"): 9, ("a", "gala"): 5, ("b", "gala"): 4}, a="rural")
    rules = [SlotFloor("floor", {"kind": "rural"}, 1)]
    plan = book(request_of([STAR, GALA], {("a", "star"): 9, ("b", "gala"): 4}, a="rural"), rules)

    absence = who_is_hurt(request, rules, plan, "Star")

    assert [change.producer_id for change in absence.hurt] == ["a", "b"]
    assert absence.hurt[0].value == (9, 5)


def test_one_who_gains_is_named_too():
    later = slot("later", Track.TOP_KOL, start_hour=22, exposure=0)
    request = request_of(
        [STAR, later, GALA], {("a", "star"): 9, ("a", "gala"): 5, ("b", "gala"): 6, ("b", "later"): 1}
    )
    plan = book(request_of([STAR, later, GALA], {("a", "star"): 9, ("a", "gala"): 5}), [])

    absence = who_is_hurt(request, [], plan, "Star")

    assert [(change.producer_id, change.value) for change in absence.hurt] == [("a", (14, 0))]
    assert [(change.producer_id, change.value) for change in absence.helped] == [("b", (0, 6))]


def test_what_does_not_depend_on_the_creator_stays_where_it_is():
    galas = [slot(f"gala {number}", day=number) for number in range(6)]
    holder = {each.slot_id: "pq"[each.day % 2] for each in galas}
    held = {(producer, slot_id): 1 for slot_id, producer in holder.items()}
    equal = {(producer, each.slot_id): 1 for producer in "pq" for each in galas}
    plan = book(request_of([STAR, *galas], {("a", "star"): 9, **held}), [])

    absence = who_is_hurt(request_of([STAR, *galas], {("a", "star"): 9, **equal}), [], plan, "Star")

    assert {booking.slot_id: booking.producer_id for booking in absence.anew.bookings} == holder
    assert [change.producer_id for change in absence.hurt] == ["a"]
    assert absence.helped == ()


def test_where_the_rules_need_the_creator_that_is_said():
    request = request_of([STAR], {("a", "star"): 9}, a="rural")
    rules = [SlotFloor("floor", {"kind": "rural"}, 1)]

    absence = who_is_hurt(request, rules, book(request, rules), "Star")

    assert isinstance(absence.anew, SlotConflict)
    assert absence.anew.rules == ("floor",)
    assert absence.hurt == (Change("a", slots=(1, 0), exposure=(900, 0), value=(9, 0)),)


def test_a_creator_nobody_knows_is_refused():
    request = request_of([GALA], {("a", "gala"): 1})

    with pytest.raises(ValueError, match="nobody"):
        who_is_hurt(request, [], book(request, []), "nobody")
