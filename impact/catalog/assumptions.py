"""Figures nobody observed, each named once in demo/assumptions.csv with a note saying why."""

from dataclasses import dataclass

from impact.catalog.table import Row, Tables
from impact.errors import Issue, refuse_if_any

FILE = "demo/assumptions.csv"


@dataclass(frozen=True)
class Assumptions:
    """What the sample supposes; units and reasons stand in the file."""

    budget_share: float
    points_per_order: float
    head_share: float
    small_share: float
    organic_share: float
    organic_power: float

    def __post_init__(self) -> None:
        if not self.head_share + self.small_share <= 1:
            raise ValueError(
                f"Expected head and small to leave room, got {self.head_share} and {self.small_share}."
            )


class AssumptionRow(Row):
    """A line of demo/assumptions.csv."""

    name: str
    value: float


def read_assumptions(tables: Tables) -> Assumptions:
    """Read the assumptions; refuse at once when one is missing, for nothing can be built without it."""
    figures = {row.name: row.value for row in tables.read(FILE, AssumptionRow)}
    wanted = Assumptions.__dataclass_fields__
    tables.refuse()
    refuse_if_any(
        Issue("assumption_missing", FILE, params={"name": name}) for name in wanted if name not in figures
    )
    return Assumptions(**{name: figures[name] for name in wanted})
