"""What a scenario is: the inputs it froze, and the rules, locks and seed it puts to them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from impact.errors import Issue
from impact.model import Catalog, Programme

PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")
"""A period is a month of a year: 2026-10."""


@dataclass(frozen=True)
class Lock:
    """A rule of kind ``lock`` put there by somebody: why, and its last period (None: it holds for good).

    `price` are the points that the plan lost by it when it was made; None where nobody asked.
    """

    rule: Mapping[str, object]
    reason: str
    until: str | None = None
    price: float | None = None

    def holds_in(self, period: str) -> bool:
        """Tell whether the lock has not expired in a period."""
        return self.until is None or period <= self.until


@dataclass(frozen=True)
class Note:
    """Something said about a scenario: by whom, and when."""

    text: str
    who: str
    at: str


@dataclass(frozen=True)
class Inputs:
    """What is frozen: a catalog with what partners list joined to it, and which imports that came from."""

    catalog: Catalog
    imports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What a scenario puts to its inputs: the programme with its rules and seed, the period, and locks."""

    programme: Programme
    period: str
    locks: tuple[Lock, ...] = ()

    @property
    def question(self) -> Programme:
        """The programme as the engine is asked: in the month of the period, with the locks that hold then."""
        holding = tuple(dict(lock.rule) for lock in self.locks if lock.holds_in(self.period))
        month = int(self.period[5:])
        return replace(self.programme, month=month, rules=(*self.programme.rules, *holding))

    def issues(self) -> Iterator[Issue]:
        """Say what has to be mended in it."""
        if not PERIOD.match(self.period):
            yield Issue("period_not_valid", params={"value": self.period})
        for lock in self.locks:
            if lock.rule.get("kind") != "lock":
                yield Issue("lock_not_valid", params={"value": str(lock.rule.get("kind"))})
            if not lock.reason.strip():
                yield Issue("reason_missing", params={"value": str(lock.rule.get("id"))})
            if lock.until is not None and not PERIOD.match(lock.until):
                yield Issue("period_not_valid", params={"value": lock.until})


@dataclass(frozen=True)
class Scenario:
    """A scenario as it stands.

    `catalog` is the hash of the inputs; `published` the plan that was published when they were frozen;
    `parent` the scenario it was branched from. What is asked may change until it is frozen.
    """

    scenario_id: str
    programme_id: str
    programme_version: int
    asked: Asked
    notes: tuple[Note, ...]
    catalog: str
    parent: str | None
    published: str | None
    version: int
    made_at: str
    made_by: str
    frozen_at: str | None = None
