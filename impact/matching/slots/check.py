"""Recompute what bookings claim, from the request alone; shares no code with rows or solvers.

What a bound claims is the search's own word: it is checked to be one of these bookings, not to be proved.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from impact.errors import Issue
from impact.matching.slots.model import (
    BookingPlan,
    Candidate,
    DailyCap,
    DependenceCap,
    Participant,
    ProducerCap,
    Slot,
    SlotFloor,
    SlotRequest,
    SlotRule,
    Track,
)

EXACT_GAP = 1e-6
"""The largest gap that may be called optimal."""
TOLERANCE = 1e-6
Booked = Sequence[tuple[Candidate, Slot]]


def gap(worth: float, bound: float) -> float:
    """Return how far `worth` may be below the best, relative to `bound`."""
    return max(bound - worth, 0.0) / max(abs(bound), 1e-9)


def objections(
    request: SlotRequest, rules: Sequence[SlotRule], plan: BookingPlan, asked_gap: float
) -> tuple[Issue, ...]:
    """Name every claim of `plan` that does not hold; empty is good."""
    slots = {slot.slot_id: slot for slot in request.slots}
    known = set(map(_key, request.candidates))
    booked = [(each, slots[each.slot_id]) for each in plan.bookings if _key(each) in known]
    return (
        *_unknown(request, plan),
        *_overfull(booked, slots),
        *_in_two_places(booked),
        *_too_long(booked, request.participants),
        *(issue for rule in rules for issue in _broken(rule, booked, request.participants)),
        *_false_figures(plan, asked_gap),
    )


def _key(candidate: Candidate) -> tuple[str, str, str, float]:
    return candidate.slot_id, candidate.producer_id, candidate.product_id, candidate.value


def _unknown(request: SlotRequest, plan: BookingPlan) -> Iterator[Issue]:
    known = set(map(_key, request.candidates))
    for booking, times in Counter(map(_key, plan.bookings)).items():
        where = {"slot": booking[0], "producer": booking[1]}
        if booking not in known:
            yield Issue("booking_unknown", params=where)
        if times > 1:
            yield Issue("booking_repeated", params=where)


def _overfull(booked: Booked, slots: Mapping[str, Slot]) -> Iterator[Issue]:
    shown = Counter(slot.slot_id for _, slot in booked)
    for slot_id, products in sorted(shown.items()):
        if products > slots[slot_id].capacity:
            figures = {"found": products, "most": slots[slot_id].capacity}
            yield Issue("slot_overfull", params={"slot": slot_id, **figures})


def _in_two_places(booked: Booked) -> Iterator[Issue]:
    """Find who stands on two stages at once: creators on any, producers on their own."""
    stages: dict[tuple[str, bool], dict[str, Slot]] = {}
    for booking, slot in booked:
        own = slot.track is Track.FIELD
        on_stage = booking.producer_id if own else slot.creator_id
        if on_stage is not None:
            stages.setdefault((on_stage, own), {})[slot.slot_id] = slot
    for (name, _), there in sorted(stages.items()):
        for one, other in combinations(there.values(), 2):
            if max(one.begins, other.begins) < min(one.ends, other.ends):
                params = {"name": name, "slot": one.slot_id, "other": other.slot_id}
                yield Issue("in_two_places", params=params)


def _too_long(booked: Booked, participants: Sequence[Participant]) -> Iterator[Issue]:
    hours: Counter[str] = Counter()
    for booking, slot in booked:
        hours[booking.producer_id] += slot.hours if slot.track is Track.FIELD else 0
    for each in participants:
        found = hours[each.producer_id]
        if found > each.own_hours:
            figures = {"found": found, "most": each.own_hours}
            yield Issue("own_hours_exceeded", params={"producer": each.producer_id, **figures})


def _broken(rule: SlotRule, booked: Booked, participants: Sequence[Participant]) -> Iterator[Issue]:
    """Name the worst that breaks a rule: by how many slots, or by what share of exposure."""
    excess = _excess(rule, booked, participants)
    where, most = max(excess.items(), key=lambda item: item[1], default=("", 0.0))
    if most > TOLERANCE:
        yield Issue("slot_rule_broken", params={"rule": rule.id, "where": where, "violation": float(most)})


def _excess(rule: SlotRule, booked: Booked, participants: Sequence[Participant]) -> dict[str, float]:
    match rule:
        case ProducerCap():
            given = Counter(booking.producer_id for booking, _ in booked)
            return {producer: float(slots - rule.most) for producer, slots in given.items()}
        case DailyCap():
            daily = Counter((booking.producer_id, slot.day) for booking, slot in booked)
            return {f"{producer} {day}": float(slots - rule.most) for (producer, day), slots in daily.items()}
        case DependenceCap():
            return _dependence(rule, booked)
        case SlotFloor():
            wanted = {
                each.producer_id for each in participants if rule.group.items() <= each.attributes.items()
            }
            found = sum(booking.producer_id in wanted for booking, _ in booked)
            return {", ".join(rule.group.values()): float(rule.least - found)}


def _dependence(rule: DependenceCap, booked: Booked) -> dict[str, float]:
    whole: Counter[str] = Counter()
    top: Counter[str] = Counter()
    for booking, slot in booked:
        whose = booking.producer_id if rule.of == "producer" else Track.TOP_KOL.value
        whole[whose] += slot.exposure
        top[whose] += slot.exposure if slot.track is Track.TOP_KOL else 0
    return {whose: top[whose] / total - rule.share for whose, total in whole.items() if total > 0}


def _false_figures(plan: BookingPlan, asked_gap: float) -> Iterator[Issue]:
    """Find figures that are not shown to hold, those that are no numbers among them."""
    worth = sum(booking.value for booking in plan.bookings)
    if not abs(plan.worth - worth) <= TOLERANCE * max(1.0, worth):
        yield Issue("worth_is_not_so", params={"claimed": plan.worth, "found": worth})
    if not plan.bound >= worth - TOLERANCE * max(1.0, worth):
        yield Issue("bound_below_worth", params={"claimed": plan.bound, "found": worth})
    found_gap = gap(worth, plan.bound)
    if not abs(plan.gap - found_gap) <= TOLERANCE:
        yield Issue("gap_is_not_so", params={"claimed": plan.gap, "found": found_gap})
    allowed = {"optimal": EXACT_GAP, "within_gap": asked_gap}.get(plan.status, 1.0)
    if not found_gap <= allowed + TOLERANCE:
        yield Issue("status_not_earned", params={"status": plan.status, "gap": found_gap})
