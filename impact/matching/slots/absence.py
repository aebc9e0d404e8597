"""What if a creator were not there: who loses what, by booking anew without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from impact.matching.slots.model import (
    BookingPlan,
    Candidate,
    NoBookings,
    SlotConflict,
    SlotRequest,
    SlotRule,
)
from impact.matching.slots.solve import SlotLimits, book


@dataclass(frozen=True)
class Change:
    """What one producer has with the creator and without: slots, their exposures, their value in points."""

    producer_id: str
    slots: tuple[int, int]
    exposure: tuple[int, int]
    value: tuple[float, float]


@dataclass(frozen=True)
class Absence:
    """`hurt` and `helped` in the order of what they lose or gain most of, in points.

    `anew` is the plan without the creator; where the rules cannot hold without, it is why, and `hurt` names
    what each producer loses with the creator's slots alone.
    """

    creator_id: str
    hurt: tuple[Change, ...]
    helped: tuple[Change, ...]
    anew: BookingPlan | SlotConflict


def who_is_hurt(
    request: SlotRequest,
    rules: Sequence[SlotRule],
    plan: BookingPlan,
    creator_id: str,
    limits: SlotLimits | None = None,
) -> Absence:
    """Book anew without a creator, starting from what is left of `plan`, and compare producer by producer.

    Raises
    ------
    ValueError
        If no slot is the creator's.
    SolverFailed
        If time ran out before there was an answer.
    """
    gone = {slot.slot_id for slot in request.slots if slot.creator_id == creator_id}
    if not gone:
        raise ValueError(f"Expected a creator with slots, got {creator_id!r}.")
    left = replace(
        request,
        slots=tuple(slot for slot in request.slots if slot.slot_id not in gone),
        candidates=tuple(candidate for candidate in request.candidates if candidate.slot_id not in gone),
    )
    booked = {(booking.slot_id, booking.producer_id) for booking in plan.bookings}
    start = [(candidate.slot_id, candidate.producer_id) in booked for candidate in left.candidates]
    anew: BookingPlan | SlotConflict
    try:
        anew = book(left, rules, limits, hint=np.array(start, bool))
        after: Sequence[Candidate] = anew.bookings
    except NoBookings as refused:
        anew = refused.conflict
        after = [booking for booking in plan.bookings if booking.slot_id not in gone]
    changes = _changes(request, plan.bookings, after)
    return Absence(
        creator_id,
        hurt=tuple(change for change in changes if _gain(change) < 0),
        helped=tuple(change for change in reversed(changes) if _gain(change) > 0),
        anew=anew,
    )


def _changes(request: SlotRequest, before: Sequence[Candidate], after: Sequence[Candidate]) -> list[Change]:
    """Compare producer by producer, the greatest loss first."""
    had, has = (_by_producer(bookings) for bookings in (before, after))
    exposure = {slot.slot_id: slot.exposure for slot in request.slots}
    changes = [
        Change(
            producer_id=producer,
            slots=(len(had.get(producer, [])), len(has.get(producer, []))),
            exposure=(_exposure(had.get(producer, []), exposure), _exposure(has.get(producer, []), exposure)),
            value=(_value(had.get(producer, [])), _value(has.get(producer, []))),
        )
        for producer in sorted(had.keys() | has.keys())
    ]
    return sorted(changes, key=_gain)


def _by_producer(bookings: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    grouped: dict[str, list[Candidate]] = {}
    for booking in bookings:
        grouped.setdefault(booking.producer_id, []).append(booking)
    return grouped


def _exposure(bookings: Sequence[Candidate], exposure: dict[str, int]) -> int:
    return sum(exposure[booking.slot_id] for booking in bookings)


def _value(bookings: Sequence[Candidate]) -> float:
    return sum(booking.value for booking in bookings)


def _gain(change: Change) -> float:
    return change.value[1] - change.value[0]
