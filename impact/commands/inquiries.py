"""Commands that ask about the rules of a bundle: can they hold together, and what does one of them cost."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from impact.bundles.diagnosis_document import Verdict
from impact.bundles.frontiers import FRONTIER_FILES, write_frontier
from impact.bundles.plan_document import conflict_lines
from impact.bundles.read import read_bundle
from impact.bundles.shipped import demand_free
from impact.commands.session import ENGINES, Ended, Folder, Session, limits_of
from impact.errors import SolverFailed
from impact.i18n.inquiries import conflict_told, diagnosis_told, frontier_told, impossible_told
from impact.i18n.wording import words
from impact.inquiries import diagnosed, swept
from impact.matching.conflicts.impossible import impossible
from impact.matching.plan import Infeasible, Status
from impact.timing import Stopwatch

ENDED = {
    Verdict.CAN_HOLD: Ended.WELL,
    Verdict.CONFLICT: Ended.INFEASIBLE,
    Verdict.UNPROVED: Ended.FAILED,
}


@click.command("diagnose")
@click.argument("bundle", type=Folder)
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_obj
def diagnose_bundle(session: Session, bundle: Path, seconds: float, *, as_json: bool) -> None:
    """Say whether the rules of BUNDLE can hold together: 0 they can, 3 proved that not, 5 unproved."""
    given = read_bundle(bundle)
    limits = limits_of(given.document.seed, seconds=seconds)
    if not as_json:
        for line in impossible_told(impossible(given.problem, given.rules), session.lang):
            click.echo(line)
    said = diagnosed(given, limits, partial(session.solver, watch=Stopwatch()))
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
        found = swept(given, rule, points, limits, solver)
    except Infeasible as error:
        _end(conflict_told(conflict_lines(error.conflict), session.lang), Ended.INFEASIBLE)
    except SolverFailed as error:
        _end([words("issue.solver_failed", session.lang, status=error.status)], Ended.FAILED)
    write_frontier(out, found.document, found.tables, given.suffix)
    stopped = any(point.plan.status is Status.TIME_LIMIT for point in found.found.points)
    written = words("summary.out", session.lang, out=str(out))
    told = [*frontier_told(found.document, found.found, session.lang), written]
    _end(told, Ended.TIME_LIMIT if stopped else Ended.WELL)


def _end(told: Iterable[str], ended: Ended) -> NoReturn:
    click.echo("\n".join(told))
    raise click.exceptions.Exit(ended)
