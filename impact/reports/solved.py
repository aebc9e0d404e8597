"""What a report is made from: a programme, its question and its answer, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from impact.matching.graph.links import Graph
from impact.matching.plan import Plan, Status
from impact.matching.question.problem import Problem
from impact.model import Programme
from impact.reports.measures import Measures, measure


@dataclass(frozen=True)
class Solved:
    """A solved programme.

    Products, producers and placements of `problem` are those of `graph.catalog`, in the same order; links
    of `problem` are those of `graph.links`. `gone_on_from` names the plan of which graph and problem were
    taken as they are, where they were.
    """

    plan_id: str
    programme: Programme
    graph: Graph
    problem: Problem
    plan: Plan
    gone_on_from: str | None = None

    @cached_property
    def measures(self) -> Measures:
        """The figures of the plan, computed once: neither problem nor plan ever change."""
        return measure(self.problem, self.plan.exposure)


@dataclass(frozen=True)
class Headline:
    """What a list says of a plan; `worth` is in points above the baseline, `made_at` a moment (ISO 8601)."""

    plan_id: str
    programme: Programme
    status: Status
    worth: float
    made_at: str = ""


class Shelf(Protocol):
    """Where solved programmes are kept."""

    def ids(self) -> tuple[str, ...]:
        """Name the plans kept, newest first."""

    def get(self, plan_id: str) -> Solved | None:
        """Return one plan, or None where there is none of that name."""

    def headlines(self, plan_ids: Sequence[str]) -> tuple[Headline, ...]:
        """Say of plans what a list says, in the order asked for; names of no plan are left out."""
