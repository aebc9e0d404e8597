"""What bookings must obey, as whole rows `lower ≤ A·x ≤ upper`: a function for each rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

import numpy as np
from scipy import sparse

from impact.arrays import Bools, Floats, Ints, ints
from impact.matching.slots.columns import NONE, Columns, cliques_of
from impact.matching.slots.model import (
    THOUSAND,
    DailyCap,
    DependenceCap,
    ProducerCap,
    SlotFloor,
    SlotRule,
    Track,
)


@dataclass(frozen=True)
class WholeRows:
    """Rows over the columns of a request, all figures whole or infinite."""

    matrix: sparse.csr_array  # [row, column]
    lower: Floats  # [row]
    upper: Floats  # [row]

    def __len__(self) -> int:
        return len(self.lower)


def always(columns: Columns) -> Iterator[WholeRows]:
    """Give the rows that no rule can lift: room, time, and the hours that producers declared."""
    yield slots_have_room(columns)
    yield creators_are_there(columns)
    yield creators_are_in_one_place(columns)
    yield producers_are_in_one_place(columns)
    yield own_hours_suffice(columns)


def slots_have_room(columns: Columns) -> WholeRows:
    """Show no more products in a slot than it can, and none unless it is held: Σ booked − room·held ≤ 0."""
    room = ints([slot.capacity for slot in columns.slots])
    held = ints(columns.held_slots)
    matrix = _matrix(
        np.concatenate([columns.slot_of, held]),
        np.arange(columns.num),
        np.concatenate([np.ones(columns.num_candidates), -room[held]]),
        (len(columns.slots), columns.num),
    )
    upper = room.astype(np.float64)
    upper[held] = 0.0
    return WholeRows(matrix, np.full(len(upper), -np.inf), upper)


def creators_are_there(columns: Columns) -> WholeRows:
    """Book each candidate only if its slot is held: booked − held ≤ 0; closer than all in one row."""
    booked = np.flatnonzero(columns.held_of != NONE)
    row = np.arange(len(booked))
    members, weight = (
        np.concatenate([booked, columns.held_of[booked]]),
        np.repeat(ints([1, -1]), len(booked)),
    )
    matrix = _matrix(np.tile(row, 2), members, weight, (len(booked), columns.num))
    return WholeRows(matrix, np.full(len(booked), -np.inf), np.zeros(len(booked)))


def creators_are_in_one_place(columns: Columns) -> WholeRows:
    """Hold at most one of the slots of a creator that go on in one hour."""
    row_of = np.repeat(np.arange(len(columns.cliques)), [len(clique) for clique in columns.cliques])
    held = [columns.column_of(slot) for clique in columns.cliques for slot in clique]
    matrix = _matrix(row_of, ints(held), np.ones(len(held)), (len(columns.cliques), columns.num))
    return WholeRows(matrix, np.full(len(columns.cliques), -np.inf), np.ones(len(columns.cliques)))


def producers_are_in_one_place(columns: Columns) -> WholeRows:
    """Let no producer stream itself twice in one hour."""
    field = [number for number, slot in enumerate(columns.slots) if slot.track is Track.FIELD]
    rows, members = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    num_producers = len(columns.participants)
    for number, clique in enumerate(sorted(cliques_of(columns.slots, field))):
        inside = np.flatnonzero(np.isin(columns.slot_of, clique))
        rows.append(number * num_producers + columns.producer_of[inside])
        members.append(inside)
    keys, row_of = np.unique(np.concatenate(rows), return_inverse=True)
    chosen = np.concatenate(members)
    matrix = _matrix(row_of, chosen, np.ones(len(chosen)), (len(keys), columns.num))
    return WholeRows(matrix, np.full(len(keys), -np.inf), np.ones(len(keys)))


def own_hours_suffice(columns: Columns) -> WholeRows:
    """Let each producer stream itself no longer than it declared."""
    declared = ints([participant.own_hours for participant in columns.participants])
    row_of = np.where(columns.on(Track.FIELD), columns.producer_of, NONE)
    return _at_most(columns, row_of, declared, columns.hours)


@singledispatch
def rows_of(rule: SlotRule, columns: Columns) -> WholeRows:
    """Turn a rule into rows over `columns`."""
    raise TypeError(f"Expected a rule over {columns.num} columns, got {type(rule).__name__}.")


@rows_of.register
def _producer_cap(rule: ProducerCap, columns: Columns) -> WholeRows:
    return _at_most(columns, columns.producer_of, np.full(len(columns.participants), rule.most))


@rows_of.register
def _daily_cap(rule: DailyCap, columns: Columns) -> WholeRows:
    pairs = np.stack([columns.producer_of, columns.day])
    days, row_of = np.unique(pairs, axis=1, return_inverse=True)
    return _at_most(columns, ints(row_of.reshape(-1)), np.full(days.shape[1], rule.most))


@rows_of.register
def _dependence_cap(rule: DependenceCap, columns: Columns) -> WholeRows:
    """Write Σ_top e·x ≤ κ·Σ e·x in thousandths: Σ (1000·[top] − 1000·κ)·e·x ≤ 0."""
    weight = (THOUSAND * columns.on(Track.TOP_KOL) - round(THOUSAND * rule.share)) * columns.exposure
    whole = rule.of == "total"
    row_of = np.zeros_like(columns.producer_of) if whole else columns.producer_of
    upper = np.zeros(1 if whole else len(columns.participants), np.int64)
    return _at_most(columns, row_of, upper, weight)


@rows_of.register
def _slot_floor(rule: SlotFloor, columns: Columns) -> WholeRows:
    inside = np.flatnonzero(members(rule, columns))
    matrix = _matrix(np.zeros_like(inside), inside, np.ones(len(inside)), (1, columns.num))
    return WholeRows(matrix, np.array([float(rule.least)]), np.array([np.inf]))


def members(rule: SlotFloor, columns: Columns) -> Bools:
    """Tell which candidates are of producers in the group, shape ``(candidate,)``."""
    inside = [
        all(participant.attributes.get(name) == value for name, value in rule.group.items())
        for participant in columns.participants
    ]
    return np.array(inside, bool)[columns.producer_of]


def _at_most(columns: Columns, row_of: Ints, upper: Ints, weight: Ints | None = None) -> WholeRows:
    """Add up, in row r, the candidates of which ``row_of`` is r; `NONE` leaves one out."""
    inside = np.flatnonzero(row_of != NONE)
    weights = np.ones(len(inside)) if weight is None else weight[inside]
    matrix = _matrix(row_of[inside], inside, weights, (len(upper), columns.num))
    return WholeRows(matrix, np.full(len(upper), -np.inf), upper.astype(np.float64))


def _matrix(row_of: Ints, column_of: Ints, weight: Floats | Ints, shape: tuple[int, int]) -> sparse.csr_array:
    entries = sparse.coo_array((weight.astype(np.int64), (row_of, column_of)), shape=shape)
    return sparse.csr_array(entries)
