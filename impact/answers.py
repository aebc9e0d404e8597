"""A bundle answered: a plan with its tables, a conflict, or why there is neither."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from impact.bundles.plan_document import PlanDocument, document_of, document_of_conflict, document_of_failure
from impact.bundles.plans import conflict_tables, plan_tables
from impact.bundles.read import Bundle
from impact.bundles.tables.writing import Column
from impact.errors import SolverFailed
from impact.matching.plan import Infeasible, Plan
from impact.matching.solve import Limits
from impact.reports.measures import measure

Solver = Callable[..., Plan]


@dataclass(frozen=True)
class Answer:
    """What plan.json says, the tables beside it, and the plan where there is one."""

    document: PlanDocument
    tables: Mapping[str, Mapping[str, Column]] = field(default_factory=dict)
    plan: Plan | None = None


def answer(given: Bundle, limits: Limits, solver: Solver) -> Answer:
    """Solve, and state what came of it."""
    try:
        plan = solver(given.problem, given.rules, limits)
    except Infeasible as error:
        document = document_of_conflict(error.conflict, limits, given.sha256)
        return Answer(document, conflict_tables(error.conflict))
    except SolverFailed as error:
        return Answer(document_of_failure(error.status, limits, given.sha256))
    figures = measure(given.problem, plan.exposure).figures()
    return Answer(document_of(plan, limits, given.sha256, figures), plan_tables(given.problem, plan), plan)
