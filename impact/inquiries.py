"""What is asked of the rules of a bundle: can they hold together, and what does one of them cost."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from impact.bundles.canonical import canonical
from impact.bundles.diagnosis_document import DiagnosisDocument, diagnosis_of
from impact.bundles.document import ProblemDocument
from impact.bundles.frontiers import PAYERS, POINTS, FrontierDocument, Line, frontier_document
from impact.bundles.read import Bundle
from impact.errors import SolverFailed
from impact.matching.choices.frontier import Frontier, Point, frontier
from impact.matching.conflicts.impossible import impossible
from impact.matching.explain.payers import payers
from impact.matching.plan import Conflict, Infeasible, Plan, unheard
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.solve import Limits
from impact.model import Programme
from impact.reports.measures import measure

Solver = Callable[..., Plan]
SPREAD = ("minimum_of_capacity", "fifth_percentile_of_capacity", "gini")


@dataclass(frozen=True)
class Swept:
    """A frontier: what was found, what frontier.json says of it, and the tables beside."""

    found: Frontier
    document: FrontierDocument
    tables: Mapping[str, list[Line]]


def bundle_of(programme: Programme, problem: Problem) -> Bundle:
    """Return what a programme asks of a problem as the bundle that it would be written to."""
    rules = RULES.validate_python(programme.rules)
    document = ProblemDocument(format="impact-problem/1", rules=rules, seed=programme.seed)
    return Bundle(canonical(problem), document)


def diagnosed(
    given: Bundle, limits: Limits, solver: Solver, told: Callable[[DiagnosisDocument], None] = unheard
) -> DiagnosisDocument:
    """Say whether the rules can hold together; if not, which cannot, and what to move.

    `told` hears of what is known of a conflict while it is looked into.
    """
    found = impossible(given.problem, given.rules)
    limits = replace(limits, told=lambda conflict: told(diagnosis_of(found, conflict, given.sha256)))
    ended: Conflict | str | None = None
    try:
        solver(given.problem, given.rules, limits)
    except Infeasible as error:
        ended = error.conflict
    except SolverFailed as error:
        ended = error.status
    return diagnosis_of(found, ended, given.sha256)


def swept(given: Bundle, rule: str, points: int, limits: Limits, solver: Solver) -> Swept:
    """Move one rule from where it costs nothing to the most that can hold; raises as `frontier` does."""
    found = frontier(given.problem, given.rules, rule, points, limits=limits, solver=solver)
    tables = {
        POINTS: [_point(given.problem, point) for point in found.points],
        PAYERS: _payers(given.problem, found),
    }
    return Swept(found, frontier_document(found, limits, given.sha256), tables)


def _point(problem: Problem, point: Point) -> Line:
    plan, figures = point.plan, measure(problem, point.plan.exposure).figures()
    return {
        "limit": point.limit,
        "worth": plan.worth,
        "bound": plan.bound,
        "gap": plan.gap,
        "price": point.price,
        "value": figures["value"],
        "welfare": sum(plan.welfare.values()),
        "exposure": figures["exposure"],
        **{name: figures[name] for name in SPREAD},
        "max_violation": plan.max_violation,
        "status": str(plan.status),
    }


def _payers(problem: Problem, found: Frontier) -> list[Line]:
    """Compare every point with the first, where the rule costs nothing."""
    free = found.points[0].plan.exposure
    return [
        {"limit": point.limit, **asdict(payer)}
        for point in found.points
        for payer in payers(problem, free, point.plan.exposure)
    ]
