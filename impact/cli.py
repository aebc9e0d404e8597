"""The commands: each reads, calls the core, writes, and ends with a status that says how it went."""

import json
from functools import partial
from importlib import import_module
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
from impact.bundles.shipped import demand_free
from impact.commands.explaining import explain_plan, offer_alternatives
from impact.commands.inquiries import diagnose_bundle, sweep_rule
from impact.commands.session import ENGINES, Ended, Folder, Session, limits_of, stoppable
from impact.errors import BadInput, Issue
from impact.i18n.issues import say_placed
from impact.i18n.problems import problem_details
from impact.i18n.summary import summary
from impact.i18n.wording import LANGS, words
from impact.matching.plan import Status
from impact.matching.solve import solve
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


LATE = {
    "audit": ("impact.commands.auditing", "audit"),
    "backup": ("impact.commands.keeping", "backup"),
    "catalog": ("impact.commands.cataloguing", "catalog"),
    "demo": ("impact.commands.demo", "demo"),
    "programmes": ("impact.commands.programmes", "programmes"),
    "regions": ("impact.commands.places", "regions"),
    "restore": ("impact.commands.keeping", "restore"),
    "retain": ("impact.commands.keeping", "retain"),
    "serve": ("impact.commands.serving", "serve"),
    "token": ("impact.commands.people", "token"),
    "user": ("impact.commands.people", "user"),
    "worker": ("impact.commands.working", "worker"),
}
"""Where commands live whose libraries are not loaded for who only solves and verifies."""


class Refusing(click.Group):
    """Commands that refuse with a problem document on stderr and status 2."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *LATE])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in LATE:
            return super().get_command(context, name)
        module, command_name = LATE[name]
        command: click.Command = getattr(import_module(module), command_name)
        return command

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except BadInput as error:
            issues = error.issues
        except click.UsageError as error:
            issues = (Issue("option_not_valid", params={"reason": error.format_message()}),)
        except OSError as error:
            issues = (Issue("file_not_written", params={"reason": str(error)}),)
        details = problem_details("bad_input", 400, context.params["lang"], issues)
        click.echo(json.dumps(details, ensure_ascii=False, indent=1), err=True)
        return context.exit(Ended.BAD_INPUT)


@click.group(cls=Refusing)
@click.option("--lang", type=click.Choice(LANGS), default="zh", envvar="IMPACT_LANG", show_default=True)
@click.pass_context
def commands(context: click.Context, lang: str) -> None:
    """Allocate exposure under fairness constraints, and check what is claimed of a plan."""
    context.obj = Session(lang, context.obj or solve)


@commands.command("solve")
@click.argument("bundle", type=Folder)
@click.option("--out", type=Folder, required=True, help="Folder or .zip to write the plan to.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try.")
@click.option("--gap", type=float, default=1e-4, show_default=True, help="How close to the best will do.")
@click.option("--seed", type=click.IntRange(min=0), help="The bundle's own when left out.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True)
@click.option("--owed", type=Folder, help="Table to write what producers are owed in the next cycle to.")
@click.pass_context
def _solve(
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


@commands.command("verify")
@click.argument("bundle", type=Folder)
@click.argument("plan", type=Folder)
@click.pass_context
def _verify(context: click.Context, bundle: Path, plan: Path) -> None:
    """Check every claim of PLAN against BUNDLE, with no code of the solver: 0 all hold, 1 one does not."""
    given = read_bundle(bundle)
    against = tuple(false_claims(given, read_plan(plan, given.problem)))
    lang = context.obj.lang
    for issue in against:
        click.echo(say_placed(issue, lang), err=True)
    count = len(against)
    click.echo(words("summary.objections", lang, count=count) if count else words("summary.verified", lang))
    context.exit(Ended.CLAIM_FALSE if against else Ended.WELL)


commands.add_command(diagnose_bundle)
commands.add_command(sweep_rule)
commands.add_command(explain_plan)
commands.add_command(offer_alternatives)


@commands.command("schema")
@click.argument("document", type=click.Choice(list(DOCUMENTS)))
def _schema(document: str) -> None:
    """Print the JSON Schema of problem.json, plan.json, frontier.json, or what other commands say."""
    click.echo(json.dumps(DOCUMENTS[document].model_json_schema(), ensure_ascii=False, indent=1))
