"""Commands that explain a plan, and that offer others nearly as good."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from impact.bundles.explanations.choice import CHOICE_FILES, MOST, choice_document, write_choice
from impact.bundles.explanations.explanation import ExplanationDocument, rule_explained, subject_explained
from impact.bundles.plan_document import conflict_lines
from impact.bundles.plans import ReadPlan, read_plan
from impact.bundles.read import Bundle, read_bundle
from impact.bundles.shipped import demand_free
from impact.commands.session import ENGINES, Ended, Folder, Session, limits_of
from impact.errors import BadInput, Issue, SolverFailed
from impact.i18n.explanations import choice_told, explanation_told
from impact.i18n.inquiries import conflict_told
from impact.i18n.issues import say_placed
from impact.i18n.wording import words
from impact.matching.changes.smallest import changes
from impact.matching.choices.alternatives import alternatives
from impact.matching.explain.case import Case
from impact.matching.explain.payers import everybody
from impact.matching.explain.removal import removal
from impact.matching.explain.rule_price import rule_price
from impact.matching.explain.standing import stand
from impact.matching.explain.subject import Subject, producer_of, product_of
from impact.matching.plan import Infeasible, Status
from impact.matching.question.problem import Problem
from impact.matching.solve import Limits
from impact.reports.measures import measure
from impact.timing import Stopwatch
from impact.verify import false_claims

WHOM = ("producer", "product", "placement", "rule")
ABOUT = ({"producer"}, {"product"}, {"product", "placement"}, {"rule"})
"""What can be asked about."""


@click.command("explain")
@click.argument("bundle", type=Folder)
@click.argument("plan", type=Folder)
@click.option("--producer", help="Explain what this producer has.")
@click.option("--product", help="Explain what this product has.")
@click.option("--placement", help="Beside --product: only what it has in this placement.")
@click.option("--rule", help="Explain what this rule costs, and who pays.")
@click.option("--at-least", type=click.FloatRange(min=0), help="Exposures wanted; else a little more.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try each solve.")
@click.option("--gap", type=float, default=1e-6, show_default=True, help="How close to the best will do.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of words.")
@click.pass_obj
def explain_plan(
    session: Session,
    /,
    bundle: Path,
    plan: Path,
    at_least: float | None,
    *,
    as_json: bool,
    **asked: str | float | None,
) -> None:
    """Explain PLAN of BUNDLE: 0 explained, 1 the plan does not verify, 5 solving again failed.

    Why a producer, a product or one link has what it has and what would change it; or what a rule costs.
    """
    whom = _whom({name: asked.pop(name) for name in WHOM})
    given = read_bundle(bundle)
    limits = limits_of(
        given.document.seed, **{name: value for name, value in asked.items() if value is not None}
    )
    case = _case(given, _true(given, plan, session.lang), limits, session)
    try:
        said = _explained(case, whom, at_least, given.sha256)
    except SolverFailed as error:
        _end([words("issue.solver_failed", session.lang, status=error.status)], Ended.FAILED)
    _end([said.model_dump_json(indent=1)] if as_json else explanation_told(said, session.lang), Ended.WELL)


@click.command("alternatives")
@click.argument("bundle", type=Folder)
@click.option("--count", type=click.IntRange(2, MOST), default=3, show_default=True, help="How many plans.")
@click.option(
    "--within", type=click.FloatRange(0, 1), default=0.01, show_default=True, help="What may be lost."
)
@click.option("--out", type=Folder, required=True, help="Folder to write the plans to.")
@click.option("--seconds", type=float, default=60.0, show_default=True, help="How long to try each.")
@click.option("--gap", type=float, default=1e-4, show_default=True, help="How close to the best will do.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", show_default=True)
@click.pass_obj
def offer_alternatives(
    session: Session, /, bundle: Path, count: int, within: float, out: Path, **asked: float | str
) -> None:
    """Find the best plan of BUNDLE and others nearly as good that differ most.

    0 found, 3 the rules cannot hold together, 4 the best plan stopped at the limit, 5 failed.
    """
    if out.suffix == ".zip":
        raise click.UsageError("Expected a folder for --out: every plan in it is a folder of its own.")
    demand_free(out, CHOICE_FILES)
    given = read_bundle(bundle)
    limits, solver = limits_of(given.document.seed, **asked), partial(session.solver, watch=Stopwatch())
    try:
        found = alternatives(given.problem, given.rules, count, within, limits=limits, solver=solver)
    except Infeasible as error:
        _end(conflict_told(conflict_lines(error.conflict), session.lang), Ended.INFEASIBLE)
    except SolverFailed as error:
        _end([words("issue.solver_failed", session.lang, status=error.status)], Ended.FAILED)
    document = choice_document(found, limits, within, count, given.sha256)
    figures = [measure(given.problem, each.plan.exposure).figures() for each in found]
    write_choice(out, given, document, found, figures)
    told = [*choice_told(document, session.lang), words("summary.out", session.lang, out=str(out))]
    stopped = found[0].plan.status is Status.TIME_LIMIT
    _end(told, Ended.TIME_LIMIT if stopped else Ended.WELL)


def _end(told: Iterable[str], ended: Ended) -> NoReturn:
    click.echo("\n".join(told))
    raise click.exceptions.Exit(ended)


def _whom(asked: Mapping[str, str | float | None]) -> dict[str, str]:
    """Return who is asked about; just one."""
    whom = {name: str(value) for name, value in asked.items() if value is not None}
    if set(whom) not in ABOUT:
        raise click.UsageError("Expected one of --producer, --product (with --placement or not) and --rule.")
    return whom


def _true(given: Bundle, plan: Path, lang: str) -> ReadPlan:
    """Read a plan that is one, and of which every claim holds: nothing else is explained."""
    read = read_plan(plan, given.problem)
    if read.document.objective is None:
        raise BadInput([Issue("no_plan_to_check", params={"status": read.document.status})])
    against = [say_placed(issue, lang) for issue in false_claims(given, read)]
    if against:
        _end([*against, words("summary.objections", lang, count=len(against))], Ended.CLAIM_FALSE)
    return read


def _case(given: Bundle, read: ReadPlan, limits: Limits, session: Session) -> Case:
    stated = read.document
    return Case(
        problem=given.problem,
        rules=tuple(given.rules),
        exposure=read.exposure,
        worth=stated.objective or 0.0,
        bound=stated.bound or 0.0,
        prices=read.prices,
        limits=limits,
        solver=partial(session.solver, watch=Stopwatch()),
    )


def _explained(case: Case, whom: Mapping[str, str], wanted: float | None, sha256: str) -> ExplanationDocument:
    if "rule" in whom:
        price = rule_price(case, _number(case, whom["rule"]))
        paid = list(everybody(case.problem, price.without.exposure, case.exposure))
        return rule_explained(price, case.worth, paid, sha256)
    subject = _subject(case.problem, whom)
    gone = removal(case, subject.links)
    found = changes(case, subject, wanted)
    return subject_explained(case.problem, subject, stand(case, subject), (found, gone), sha256)


def _subject(problem: Problem, whom: Mapping[str, str]) -> Subject:
    if "producer" in whom:
        return producer_of(problem, whom["producer"])
    return product_of(problem, whom["product"], whom.get("placement"))


def _number(case: Case, rule: str) -> int:
    names = [each.id for each in case.rules]
    if rule not in names:
        params = {"rule": rule, "known": ", ".join(names)}
        raise BadInput([Issue("rule_not_there", file="problem.json", column="rules", params=params)])
    if not case.rules[names.index(rule)].demands:
        params = {"rule": rule}
        raise BadInput([Issue("spread_without_price", file="problem.json", column="spread", params=params)])
    return names.index(rule)
