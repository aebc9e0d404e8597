"""Dossiers: what is known of a product and its producer beside the catalog, and what is to be proved by it.

None means that nobody has said; it is never taken for a yes or a no.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from impact.model import Producer, Product


class Rung(StrEnum):
    """What a producer can do something about; the first five are the ladder of readiness, in its order."""

    CERTIFICATES = "certificates"
    LISTING = "listing"
    CONTACT = "contact"
    DATA = "data"
    LOGISTICS = "logistics"
    APPLICATION = "application"
    EXPERIENCE = "experience"


@dataclass(frozen=True)
class Certificate:
    """A certificate of a kind; `valid_until` is its last day, None where none is stated."""

    kind: str
    number: str = ""
    valid_until: date | None = None

    def is_valid(self, on: date) -> bool:
        """Tell whether it holds on a day; one without a last day does."""
        return self.valid_until is None or on <= self.valid_until


@dataclass(frozen=True)
class Nps:
    """What consumers answered: the lower bound of the net promoter score, and how many answered."""

    lower: float
    num_answers: int


@dataclass(frozen=True)
class Decision:
    """What somebody decided of an application, and when; a refusal says why."""

    on: date
    accepted: bool
    reason: str = ""


class Stage(StrEnum):
    """How far an application has come: self-apply → county recommends → platform reviews."""

    NONE = "none"
    WAITS_FOR_COUNTY = "waits_for_county"
    REFUSED_BY_COUNTY = "refused_by_county"
    WAITS_FOR_PLATFORM = "waits_for_platform"
    REFUSED_BY_PLATFORM = "refused_by_platform"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Application:
    """What a producer applied for, and what the county and the platform decided of it."""

    applied: date | None = None
    county: Decision | None = None
    platform: Decision | None = None

    def __post_init__(self) -> None:
        steps = (
            self.applied,
            self.county.on if self.county else None,
            self.platform.on if self.platform else None,
        )
        said = [step for step in steps if step is not None]
        if said != sorted(said) or list(steps[: len(said)]) != said:
            raise ValueError("Expected an application, then the county's decision, then the platform's.")
        if self.platform and self.county and not self.county.accepted:
            raise ValueError("Expected no review of what the county did not recommend.")

    def stage(self, on: date) -> Stage:
        """Say how far it has come by a day; what was decided later does not count yet."""
        if self.applied is None or self.applied > on:
            return Stage.NONE
        if self.county is None or self.county.on > on:
            return Stage.WAITS_FOR_COUNTY
        if not self.county.accepted:
            return Stage.REFUSED_BY_COUNTY
        if self.platform is None or self.platform.on > on:
            return Stage.WAITS_FOR_PLATFORM
        return Stage.ACCEPTED if self.platform.accepted else Stage.REFUSED_BY_PLATFORM


@dataclass(frozen=True)
class Dossier:
    """What is known of one product beside the catalog."""

    certificates: tuple[Certificate, ...] | None = None
    has_shop: bool | None = None
    has_contact: bool | None = None
    """Whether somebody is named whom creators can reach."""
    stated: frozenset[str] | None = None
    """Which figures the partner itself states: capacity, season, price."""
    has_cold_carrier: bool | None = None
    """Whether somebody carries it cold, where its county has no cold storage."""
    nps: Nps | None = None
    application: Application = Application()


NOTHING_KNOWN = Dossier()


@dataclass(frozen=True)
class Case:
    """A product before the criteria of a programme on a day; `within` are the adcodes it lies in."""

    product: Product
    producer: Producer
    within: tuple[str, ...]
    dossier: Dossier
    on: date
