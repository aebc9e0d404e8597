"""What a peer comes back with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.engine.instances import Instance
from impact.arrays import Floats
from impact.matching.plan import RowPrices

Prices = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Outcome:
    """A peer's own status, its times, and what it found; `prices` only where it proves something."""

    status: str
    build_seconds: float
    solve_seconds: float
    exposure: Floats | None = None  # [link]
    prices: Prices = field(default_factory=dict)


Peer = Callable[[Instance, float], Outcome]
"""Takes an instance and a time limit in seconds."""


def by_label(prices: Sequence[RowPrices]) -> Prices:
    """Lay prices out as `impact.matching.check` reads them: rule → label → price."""
    return {price.rule: dict(zip(price.labels, price.duals.tolist(), strict=True)) for price in prices}
