"""Commands that answer a bundle, check an answer, and say what shape documents have."""

import json
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import click
from pydantic import BaseModel

from impact.answers import answer
from impact.bundles.debts import demand_new, write_owed
from impact.bundles.diagnosis_document import DiagnosisDocument
from impact.bundles.document import ProblemDocument
from impact.bundles.explanations.choice import ChoiceDocument
from impact.bundles.explanations.explanation import ExplanationDocument
from impact.bundles.frontiers import FrontierDocument
from impact.bundles.plan_document import PlanDocument
from impact.bundles.plans import PLAN_FILES, read_plan, write_plan
from impact.bundles.read import read_bundle
from impact.bundles.runs import run_opened
from impact.bundles.shipped import demand_free
from impact.commands.session import ENGINES, Ended, Folder, limits_of, stoppable
from impact.i18n.inquiries import impossible_told
from impact.i18n.issues import say_placed
from impact.i18n.summary import summary
from impact.i18n.wording import words
from impact.matching.conflicts.impossible import impossible
from impact.matching.plan import Status
from impact.timing import Stopwatch
from impact.verify import false_claims

DOCUMENTS: dict[str, type[BaseModel]] = {
    "problem": ProblemDocument,
    "plan": PlanDocument,
    "diagnosis": DiagnosisDocument,
    "frontier": FrontierDocument,
    "explanation": ExplanationDocument,
    "alternatives": ChoiceDocument,
}

ENDED = {
    Status.TIME_LIMIT: Ended.TIME_LIMIT,
    Status.INFEASIBLE: Ended.INFEASIBLE,
    Status.FAILED: Ended.FAILED,
}


@click.command("solve")
@click.argument("bundle", type=Folder)
@click.option("--out", type=Folder, required=True, help="Folder or .zip to write the plan to.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try.")
@click.option("--gap", type=float, default=1e-4, show_default=True, help="How close to the best will do.")
@click.option("--seed", type=click.IntRange(min=0), help="The bundle's own when left out.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True)
@click.option("--owed", type=Folder, help="Table to write what producers are owed in the next cycle to.")
@click.pass_context
def solve_bundle(
    context: click.Context,
    /,
    bundle: Path,
    out: Path,
    owed: Path | None,
    seed: int | None,
    **asked: float | str,
) -> None:
    """Solve the problem in BUNDLE: 0 solved, 3 proved infeasible, 4 stopped at the limit, 5 failed."""
    demand_free(out, PLAN_FILES)
    if owed:
        demand_new(owed)
    lang = context.obj.lang
    watch = Stopwatch(expected=lambda mb: click.echo(words("summary.expected", lang, mb=mb), err=True))
    with watch.stage("read"):
        given = read_bundle(bundle)
    for line in impossible_told(impossible(given.problem, given.rules), lang):
        click.echo(line, err=True)
    with stoppable() as stopped:
        limits = limits_of(given.document.seed if seed is None else seed, **asked, cancelled=stopped)
        found = answer(given, limits, partial(context.obj.solver, watch=watch))
    if owed and found.plan:
        write_owed(owed, given.problem, found.plan.exposure)
    write_plan(out, found.document, found.tables, given.suffix, watch)
    timed = found.document.model_copy(update={"seconds": watch.seconds})
    click.echo(f"{summary(timed, lang)}\n{words('summary.out', lang, out=str(out))}")
    ended = ENDED.get(found.document.status, Ended.WELL)
    context.exit(Ended.INTERRUPTED if stopped() and ended is Ended.FAILED else ended)


@click.command("verify")
@click.argument("bundle", type=Folder)
@click.argument("plan", type=Folder, required=False)
@click.pass_context
def verify_plan(context: click.Context, bundle: Path, plan: Path | None) -> None:
    """Check every claim of PLAN against BUNDLE, with no code of the solver: 0 all hold, 1 one does not.

    Without PLAN, BUNDLE is a run as it comes from the page of a plan: both in one.
    """
    with nullcontext((bundle, plan)) if plan else run_opened(bundle) as (asked, answered):
        given = read_bundle(asked)
        against = tuple(false_claims(given, read_plan(answered, given.problem)))
    lang = context.obj.lang
    for issue in against:
        click.echo(say_placed(issue, lang), err=True)
    count = len(against)
    click.echo(words("summary.objections", lang, count=count) if count else words("summary.verified", lang))
    context.exit(Ended.CLAIM_FALSE if against else Ended.WELL)


@click.command("schema")
@click.argument("document", type=click.Choice(list(DOCUMENTS)))
def print_schema(document: str) -> None:
    """Print the JSON Schema of problem.json, plan.json, frontier.json, or what other commands say."""
    click.echo(json.dumps(DOCUMENTS[document].model_json_schema(), ensure_ascii=False, indent=1))
