"""A request in arrays: what each column of its whole program is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from impact.arrays import Bools, Ints, ints
from impact.matching.slots.model import Participant, Slot, SlotRequest, Track

NONE = -1


@dataclass(frozen=True)
class Columns:
    """The columns of a program, all 0 or 1.

    First one for each candidate: is it booked? Then one for each slot that overlaps another of its creator:
    is the creator there? `held_of` is the column of the slot a candidate needs its creator in, or `NONE`.
    """

    slots: tuple[Slot, ...]
    participants: tuple[Participant, ...]
    slot_of: Ints  # [candidate]
    producer_of: Ints  # [candidate]
    held_of: Ints  # [candidate]
    cliques: tuple[tuple[int, ...], ...]
    """Slots of one creator that all go on in one hour; most one of each can be held."""

    @property
    def num_candidates(self) -> int:
        """How many candidates there are."""
        return len(self.slot_of)

    @cached_property
    def held_slots(self) -> tuple[int, ...]:
        """The slots that have a column of their own, in the order of those columns."""
        return tuple(sorted({slot for clique in self.cliques for slot in clique}))

    @property
    def num(self) -> int:
        """How many columns there are in all."""
        return self.num_candidates + len(self.held_slots)

    def column_of(self, slot: int) -> int:
        """Return the column that says whether the slot is held."""
        return self.num_candidates + self.held_slots.index(slot)

    @cached_property
    def exposure(self) -> Ints:
        """Exposures each candidate brings, shape ``(candidate,)``."""
        return ints([slot.exposure for slot in self.slots])[self.slot_of]

    @cached_property
    def day(self) -> Ints:
        """The day on which each candidate's slot begins, shape ``(candidate,)``."""
        return ints([slot.day for slot in self.slots])[self.slot_of]

    @cached_property
    def hours(self) -> Ints:
        """How long each candidate's slot lasts, shape ``(candidate,)``."""
        return ints([slot.hours for slot in self.slots])[self.slot_of]

    def on(self, track: Track) -> Bools:
        """Tell which candidates are on `track`, shape ``(candidate,)``."""
        return np.array([slot.track is track for slot in self.slots], bool)[self.slot_of]


def columns_of(request: SlotRequest) -> Columns:
    """Lay a request out in columns."""
    slot_number = {slot.slot_id: number for number, slot in enumerate(request.slots)}
    producer_number = {each.producer_id: number for number, each in enumerate(request.participants)}
    slot_of = ints([slot_number[candidate.slot_id] for candidate in request.candidates])
    cliques = _held_cliques(request.slots)
    column = np.full(len(request.slots), NONE)
    held = sorted({slot for clique in cliques for slot in clique})
    column[held] = len(slot_of) + np.arange(len(held))
    return Columns(
        slots=request.slots,
        participants=request.participants,
        slot_of=slot_of,
        producer_of=ints([producer_number[candidate.producer_id] for candidate in request.candidates]),
        held_of=ints(column[slot_of]),
        cliques=cliques,
    )


def cliques_of(slots: Sequence[Slot], numbers: Sequence[int]) -> set[tuple[int, ...]]:
    """Find those of `numbers` that go on in one hour, two or more at a time: intervals overlap pairwise
    just where one hour is common to all, and a first such hour is one in which one of them begins.
    """
    together = {
        tuple(other for other in numbers if slots[other].begins <= slots[number].begins < slots[other].ends)
        for number in numbers
    }
    return {clique for clique in together if len(clique) > 1}


def _held_cliques(slots: Sequence[Slot]) -> tuple[tuple[int, ...], ...]:
    by_creator: dict[str, list[int]] = {}
    for number, slot in enumerate(slots):
        if slot.creator_id is not None:
            by_creator.setdefault(slot.creator_id, []).append(number)
    return tuple(sorted(clique for numbers in by_creator.values() for clique in cliques_of(slots, numbers)))
