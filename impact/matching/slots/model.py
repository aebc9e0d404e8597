"""What may be booked, who may book it, the rules that bookings obey, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from impact.errors import ImpactError
from impact.matching.plan import Status

HOURS_A_DAY = 24
THOUSAND = 1000
"""Shares are stated in whole thousandths, so that a share of whole exposures is exact."""
MOST_EXPOSURE = 10**9
"""Of one slot; keeps every sum within 64 bits."""


class Track(StrEnum):
    """Whose stage it is: the producer's own, a creator's, a campaign's, or a top creator's."""

    FIELD = "field"
    ALLIANCE = "alliance"
    CAMPAIGN = "campaign"
    TOP_KOL = "top_kol"


HOSTED = frozenset({Track.ALLIANCE, Track.TOP_KOL})
"""Tracks on which a creator stands on the stage."""


@dataclass(frozen=True)
class Slot:
    """Hours on one stage; sets that are empty leave everybody in."""

    slot_id: str
    track: Track
    day: int
    start_hour: int
    hours: int
    capacity: int
    """Products that can be shown in it, each of another producer."""
    exposure: int
    """Exposures it brings to each product shown."""
    creator_id: str | None = None
    categories: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    """Adcodes; one of a province or prefecture takes in all that lies in it."""
    least_quality: float = 0.0
    requires: frozenset[str] = frozenset()
    """What a product must have: certificates, samples, stock…"""

    def __post_init__(self) -> None:
        if not (0 <= self.start_hour < HOURS_A_DAY and self.hours >= 1):
            raise ValueError(f"Expected a start in [0, 24) and hours of at least 1 for {self.slot_id}.")
        if not (self.capacity >= 0 and 0 <= self.exposure <= MOST_EXPOSURE):
            raise ValueError(f"Expected capacity and exposure in range for {self.slot_id}.")
        if (self.creator_id is not None) != (self.track in HOSTED):
            raise ValueError(f"Expected a creator on {' and '.join(sorted(HOSTED))} alone: {self.slot_id}.")

    @property
    def begins(self) -> int:
        """Hours from the midnight in which day 0 began."""
        return HOURS_A_DAY * self.day + self.start_hour

    @property
    def ends(self) -> int:
        """The first hour after it, counted as `begins` is; may lie in the next day."""
        return self.begins + self.hours


@dataclass(frozen=True)
class Participant:
    """A producer that may be given slots."""

    producer_id: str
    own_hours: int = 0
    """Declared: how long it can stream itself in the period."""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.own_hours < 0:
            raise ValueError(f"Expected own hours of at least 0, got {self.own_hours}: {self.producer_id}.")


@dataclass(frozen=True)
class Candidate:
    """A product that may be shown in a slot; `evidence` adds up to its score, and `value` is in points."""

    producer_id: str
    slot_id: str
    product_id: str
    value: float
    evidence: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.value < float("inf"):
            raise ValueError(f"Expected a finite value of at least 0, got {self.value}: {self.product_id}.")


@dataclass(frozen=True)
class SlotRequest:
    """What may be booked: one candidate at most for each producer and slot; kept in the order of ids."""

    slots: tuple[Slot, ...]
    participants: tuple[Participant, ...]
    candidates: tuple[Candidate, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "slots", tuple(sorted(self.slots, key=lambda slot: slot.slot_id)))
        by_id = sorted(self.participants, key=lambda participant: participant.producer_id)
        object.__setattr__(self, "participants", tuple(by_id))
        pairs = sorted(self.candidates, key=lambda candidate: (candidate.slot_id, candidate.producer_id))
        object.__setattr__(self, "candidates", tuple(pairs))
        self._demand_ids()

    def _demand_ids(self) -> None:
        slots = {slot.slot_id for slot in self.slots}
        producers = {participant.producer_id for participant in self.participants}
        if len(slots) < len(self.slots) or len(producers) < len(self.participants):
            raise ValueError("Expected every slot and every participant once.")
        pairs = {(candidate.slot_id, candidate.producer_id) for candidate in self.candidates}
        if len(pairs) < len(self.candidates):
            raise ValueError("Expected one candidate at most for each producer and slot.")
        if any(slot not in slots or producer not in producers for slot, producer in pairs):
            raise ValueError("Expected candidates of known producers and slots.")


@dataclass(frozen=True)
class ProducerCap:
    """No producer is given more than `most` slots."""

    id: str
    most: int


@dataclass(frozen=True)
class DailyCap:
    """No producer is given more than `most` slots that begin on one day."""

    id: str
    most: int


@dataclass(frozen=True)
class DependenceCap:
    """At most `share` of the exposure that slots bring comes from top KOLs: each producer's, or all."""

    id: str
    share: float
    """In [0, 1], in whole thousandths."""
    of: Literal["producer", "total"] = "producer"

    def __post_init__(self) -> None:
        in_thousandths = self.share * THOUSAND
        if not (0 <= self.share <= 1 and abs(in_thousandths - round(in_thousandths)) < 1e-9):
            raise ValueError(f"Expected a share in [0, 1] in whole thousandths, got {self.share}.")


@dataclass(frozen=True)
class SlotFloor:
    """At least `least` slots go to producers in `group`: those that have all its attributes."""

    id: str
    group: Mapping[str, str]
    least: int


SlotRule = ProducerCap | DailyCap | DependenceCap | SlotFloor


@dataclass(frozen=True)
class BookingPlan:
    """Bookings in the order of (slot, producer).

    `worth` is in points, `bound` no bookings can exceed, `gap` is their distance relative to the bound and
    `hint_worth` what booking greedily would give, 0 where that misses a floor. `num_slices` counts the
    parts that were solved apart; `cut_short` tells that the clock ended a search: another run may differ.
    """

    bookings: tuple[Candidate, ...]
    status: Status
    worth: float
    bound: float
    gap: float
    hint_worth: float
    num_slices: int
    cut_short: bool
    engine: str
    seed: int
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WayOut:
    """A floor to lower: from `least` slots to `to`, the most that the other rules were seen to allow."""

    rule: str
    least: int
    to: int


@dataclass(frozen=True)
class SlotConflict:
    """Rules of slots that cannot hold together, proved by search; `ways_out` each resolve it alone.

    `minimal` tells that every rule was proved needed for the conflict; False where time ran out before.
    """

    rules: tuple[str, ...]
    ways_out: tuple[WayOut, ...]
    minimal: bool


class NoBookings(ImpactError):
    """No bookings obey all rules, and that is proved."""

    def __init__(self, conflict: SlotConflict) -> None:
        self.conflict = conflict
        super().__init__(f"These rules cannot hold together: {', '.join(conflict.rules)}.")
