"""A start obeys every cap, and a relaxation's bound is above every answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from stages import request_of, requests, slot

from impact.matching.slots.model import NoBookings, ProducerCap, SlotFloor, Track
from impact.matching.slots.program import holds, pose
from impact.matching.slots.solve import SlotLimits, book
from impact.matching.slots.start import Relaxed, first_bookings, greedy, relax


@settings(max_examples=40, deadline=None)
@given(requests())
def test_what_is_booked_by_hand_keeps_every_cap(drawn):
    request, rules = drawn
    posed = pose(request, [rule for rule in rules if not isinstance(rule, SlotFloor)])

    assert holds(posed.program, first_bookings(posed, relax(posed.program, 10)))


@settings(max_examples=40, deadline=None)
@given(requests())
def test_any_prices_prove_a_bound(drawn):
    request, rules = drawn
    posed = pose(request, rules)
    rows = np.arange(len(posed.program.lower))
    nothing = Relaxed(np.zeros(posed.columns.num), np.zeros(len(rows)))
    odd = Relaxed(nothing.share, np.where(rows % 2, 3.0, -2.0))

    try:
        worth = book(request, rules, SlotLimits(gap=0)).worth
    except NoBookings:
        return
    for relaxed in (nothing, odd, relax(posed.program, 10)):
        assert relaxed.bound(posed.program, rows) * posed.step >= worth * (1 - 1e-9)


def test_a_creator_is_not_held_twice_by_hand():
    early, late = slot("early", Track.ALLIANCE, hours=2), slot("late", Track.ALLIANCE, start_hour=21)
    posed = pose(request_of([early, late], {("a", "early"): 2, ("b", "late"): 3}), [])

    assert greedy(posed, np.array([0, 1])).tolist() == [True, False, True, False]
    assert greedy(posed, np.array([1, 0])).tolist() == [False, True, False, True]


def test_where_the_simplex_gave_up_the_bound_is_all_there_is():
    posed = pose(request_of([slot("gala")], {("a", "gala"): 2, ("b", "gala"): 3}), [])
    relaxed = relax(posed.program, 0.0)

    assert relaxed.bound(posed.program, np.arange(len(posed.program.lower))) in (pytest.approx(3), 5)


def crossed():
    """Two producers that each take one slot: who takes the best alone leaves the other nothing."""
    values = {("a", "s"): 10, ("a", "t"): 9, ("b", "s"): 9, ("b", "t"): 1}
    return pose(request_of([slot("s"), slot("t")], values), [ProducerCap("one", 1)])


def test_the_relaxation_is_tight_where_it_is_an_assignment():
    posed = crossed()

    assert relax(posed.program, 10).bound(
        posed.program, np.arange(len(posed.program.lower))
    ) == pytest.approx(18)


def test_shares_of_the_relaxation_lead_where_values_mislead():
    posed = crossed()

    assert posed.program.worth @ first_bookings(posed, relax(posed.program, 10)) == 18


def test_values_are_never_rounded_down():
    values = np.random.default_rng(0).random(50)
    posed = pose(request_of([slot("s")], {(f"p{i:02}", "s"): value for i, value in enumerate(values)}), [])

    assert np.all(posed.program.worth * posed.step >= values * (1 - 1e-15))
