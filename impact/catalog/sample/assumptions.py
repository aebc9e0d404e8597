"""Figures nobody observed, each named once in demo/assumptions.csv with a note saying why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.catalog.table import Row, Tables
from impact.errors import Issue

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


def read_assumption_rows(tables: Tables) -> tuple[AssumptionRow, ...]:
    """Read the assumptions as they are listed."""
    return tables.read(FILE, AssumptionRow)


def missing(rows: Sequence[AssumptionRow]) -> Iterator[Issue]:
    """Name the assumptions that nobody wrote down."""
    for name in Assumptions.__dataclass_fields__.keys() - {row.name for row in rows}:
        yield Issue("assumption_missing", FILE, params={"name": name})


def make_assumptions(rows: Sequence[AssumptionRow]) -> Assumptions:
    """Take the figures that are wanted; none may be missing."""
    figures = {row.name: row.value for row in rows}
    return Assumptions(**{name: figures[name] for name in Assumptions.__dataclass_fields__})
