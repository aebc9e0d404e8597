"""Small named stages with known answers, and arbitrary ones, shared by the tests of slots."""

import numpy as np
from hypothesis import strategies as st

from impact.matching.slots.model import (
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

CREATORS = {Track.ALLIANCE: "Ana", Track.TOP_KOL: "Star"}


def slot(slot_id: str, track: Track = Track.CAMPAIGN, **given: object) -> Slot:
    """Make an hour at eight in the evening of day 0 that shows one product to 100 people."""
    known = {"day": 0, "start_hour": 20, "hours": 1, "capacity": 1, "exposure": 100}
    return Slot(slot_id, track, **{**known, "creator_id": CREATORS.get(track), **given})


def request_of(
    slots: list[Slot],
    values: dict[tuple[str, str], float],
    own_hours: dict[str, int] | None = None,
    **kind: str,
) -> SlotRequest:
    """Ask for slots by values of (producer, slot); `kind` gives producers their attribute of that name."""
    producers = sorted({producer for producer, _ in values} | set(own_hours or {}) | set(kind))
    return SlotRequest(
        tuple(slots),
        tuple(
            Participant(
                producer,
                (own_hours or {}).get(producer, 0),
                {"kind": kind[producer]} if producer in kind else {},
            )
            for producer in producers
        ),
        tuple(
            Candidate(producer, slot_id, f"{producer}-tea", value)
            for (producer, slot_id), value in values.items()
        ),
    )


@st.composite
def requests(draw: st.DrawFn) -> tuple[SlotRequest, tuple[SlotRule, ...]]:
    """Draw up to 4 slots, 3 producers and 10 candidates with rules of every kind, ugly numbers included."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    slots = [_any_slot(rng, f"slot-{number}") for number in range(draw(st.integers(0, 4)))]
    producers = [f"producer-{number}" for number in range(draw(st.integers(1, 3)))]
    pairs = [(producer, each.slot_id) for producer in producers for each in slots if rng.random() < 0.8]
    values = rng.choice([0.0, 1.0, 1.0, 2.5, 1e-3, 40.0], len(pairs)).tolist()
    request = request_of(
        slots,
        dict(zip(pairs[:10], values, strict=False)),
        dict(zip(producers, rng.integers(0, 4, 3).tolist(), strict=False)),
        **dict(zip(producers, rng.choice(["rural", "urban"], 3).tolist(), strict=False)),
    )
    rules = (
        ProducerCap("cap", draw(st.integers(0, 3))),
        DailyCap("daily", draw(st.integers(1, 2))),
        DependenceCap("top", draw(st.sampled_from([0.0, 0.35, 0.5, 1.0])), "producer"),
        DependenceCap("top of all", draw(st.sampled_from([0.0, 0.333, 0.5, 1.0])), "total"),
        SlotFloor("floor", {"kind": request.participants[0].attributes["kind"]}, draw(st.integers(0, 2))),
    )
    return request, tuple(rule for rule in rules if rng.random() < 0.6)


def _any_slot(rng: np.random.Generator, slot_id: str) -> Slot:
    return slot(
        slot_id,
        rng.choice(list(Track)),
        day=int(rng.integers(2)),
        start_hour=int(rng.choice([20, 21, 23])),
        hours=int(rng.integers(1, 4)),
        capacity=int(rng.integers(3)),
        exposure=int(rng.choice([0, 1, 100, 10**9])),
    )
