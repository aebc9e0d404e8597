"""Admitted: how many of the products that a scenario froze are in, and by what codes the others are out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from impact.errors import Issue, Param, refuse_if_any
from impact.store.database import reading
from impact.store.decisions.scenario import Scenario
from impact.store.solved.snapshots import num_products

KNOWN: WeakKeyDictionary[Engine, dict[str, int]] = WeakKeyDictionary()
"""How many products the frozen catalogs of each database hold, by name; they never change."""


@dataclass(frozen=True)
class Admitted:
    """So many of all products are in; `outs` count the others by code of why, the most frequent first."""

    num_in: int
    num_all: int
    outs: tuple[tuple[str, int], ...]

    def issues(self) -> Iterator[Issue]:
        """Say why there is nobody to give anything to; nothing where there is somebody."""
        if self.num_in:
            return
        if not self.outs:
            yield Issue("nothing_listed")
            return
        ((code, most), *_) = self.outs
        params: dict[str, Param] = {"count": self.num_all, "code": code, "most": most}
        yield Issue("nobody_eligible", params=params)


def admitted(engine: Engine, scenario: Scenario) -> Admitted:
    """Count who is in a scenario, as it froze its inputs."""
    excluded = scenario.asked.programme.excluded
    num_all = _num_products(engine, scenario.catalog)
    outs = Counter(code for codes in excluded.values() for code in codes)
    return Admitted(num_all - len(excluded), num_all, tuple(outs.most_common()))


def refuse_if_nobody(engine: Engine, scenario: Scenario) -> None:
    """Refuse to solve a scenario in which there is nobody to give anything to.

    Raises
    ------
    BadInput
        Its catalog has no products, or none of them is eligible.
    """
    refuse_if_any(admitted(engine, scenario).issues())


def _num_products(engine: Engine, catalog: str) -> int:
    known = KNOWN.setdefault(engine, {})
    if catalog not in known:
        with reading(engine) as connection:
            known[catalog] = num_products(connection, catalog)
    return known[catalog]
