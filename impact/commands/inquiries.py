"""Commands that ask about the rules of a bundle: can they hold together, and what does one of them cost."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from impact.bundles.diagnosis_document import DiagnosisDocument, Verdict, diagnosis_of
from impact.bundles.frontiers import FRONTIER_FILES, PAYERS, POINTS, Line, frontier_document, write_frontier
from impact.bundles.plan_document import conflict_lines
from impact.bundles.read import Bundle, read_bundle
from impact.bundles.shipped import demand_free
from impact.commands.session import ENGINES, Ended, Folder, Session, Solver, limits_of
from impact.errors import SolverFailed
from impact.i18n.inquiries import conflict_told, diagnosis_told, frontier_told
from impact.i18n.wording import words
from impact.matching.choices.frontier import Frontier, Point, frontier
from impact.matching.conflicts.impossible import impossible
from impact.matching.explain.payers import payers
from impact.matching.plan import Conflict, Infeasible, Status
from impact.matching.question.problem import Problem
from impact.matching.solve import Limits
from impact.reports.measures import measure
from impact.timing import Stopwatch

ENDED = {
    Verdict.CAN_HOLD: Ended.WELL,
    Verdict.CONFLICT: Ended.INFEASIBLE,
    Verdict.UNPROVED: Ended.FAILED,
}
SPREAD = ("minimum_of_capacity", "fifth_percentile_of_capacity", "gini")


@click.command("diagnose")
@click.argument("bundle", type=Folder)
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_obj
def diagnose_bundle(session: Session, bundle: Path, seconds: float, *, as_json: bool) -> None:
    """Say whether the rules of BUNDLE can hold together: 0 they can, 3 proved that not, 5 unproved."""
    given = read_bundle(bundle)
    limits = limits_of(given.document.seed, seconds=seconds)
    said = _diagnosed(given, limits, partial(session.solver, watch=Stopwatch()))
    _end(
        [said.model_dump_json(indent=1)] if as_json else diagnosis_told(said, session.lang),
        ENDED[said.verdict],
    )


@click.command("frontier")
@click.argument("bundle", type=Folder)
@click.option("--rule", required=True, help="The id of the rule whose limit is moved.")
@click.option("--points", type=click.IntRange(2, 101), default=11, show_default=True, help="How many plans.")
@click.option("--out", type=Folder, required=True, help="Folder or .zip to write the frontier to.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try each.")
@click.option("--gap", type=float, default=1e-4, show_default=True, help="How close to the best will do.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True)
@click.pass_obj
def sweep_rule(
    session: Session, /, bundle: Path, rule: str, points: int, out: Path, **asked: float | str
) -> None:
    """Move one rule of BUNDLE from where it costs nothing to the most that can hold.

    0 all points solved, 3 the other rules cannot hold together, 4 a point stopped at the limit, 5 failed.
    """
    demand_free(out, FRONTIER_FILES)
    given = read_bundle(bundle)
    limits, solver = limits_of(given.document.seed, **asked), partial(session.solver, watch=Stopwatch())
    try:
        found = frontier(given.problem, given.rules, rule, points, limits=limits, solver=solver)
    except Infeasible as error:
        _end(conflict_told(conflict_lines(error.conflict), session.lang), Ended.INFEASIBLE)
    except SolverFailed as error:
        _end([words("issue.solver_failed", session.lang, status=error.status)], Ended.FAILED)
    tables = {POINTS: _points(given.problem, found), PAYERS: _payers(given.problem, found)}
    document = frontier_document(found, limits, given.sha256)
    write_frontier(out, document, tables, given.suffix)
    stopped = any(point.plan.status is Status.TIME_LIMIT for point in found.points)
    written = words("summary.out", session.lang, out=str(out))
    told = [*frontier_told(document, found, session.lang), written]
    _end(told, Ended.TIME_LIMIT if stopped else Ended.WELL)


def _end(told: Iterable[str], ended: Ended) -> NoReturn:
    click.echo("\n".join(told))
    raise click.exceptions.Exit(ended)


def _diagnosed(given: Bundle, limits: Limits, solver: Solver) -> DiagnosisDocument:
    found = impossible(given.problem, given.rules)
    ended: Conflict | str | None = None
    try:
        solver(given.problem, given.rules, limits)
    except Infeasible as error:
        ended = error.conflict
    except SolverFailed as error:
        ended = error.status
    return diagnosis_of(found, ended, given.sha256)


def _points(problem: Problem, found: Frontier) -> list[Line]:
    return [_point(problem, point) for point in found.points]


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
