"""A run to take away: what was asked, the answer, and every claim of it, for anybody to verify."""

from pathlib import Path

from impact.bundles.canonical import canonical
from impact.bundles.document import ProblemDocument
from impact.bundles.plan_document import PlanDocument, document_of
from impact.bundles.plans import plan_tables, write_plan
from impact.bundles.read import Bundle
from impact.bundles.runs import BUNDLE, PLAN, RUN_FILES
from impact.bundles.shipped import shipped
from impact.bundles.write import write_bundle
from impact.matching.rules import RULES
from impact.matching.solve import Limits
from impact.reports.solved import Solved
from impact.timing import Stopwatch


def write_run(solved: Solved, out: Path) -> None:
    """Write a plan with its question to `out`, a .zip."""
    with shipped(out, RUN_FILES) as folder:
        write_parts(solved, asked_of(solved), folder / BUNDLE, folder / PLAN)


def write_parts(solved: Solved, asked: Limits, bundle: Path, plan: Path) -> None:
    """Write the question of a plan, and the plan as it came of what was `asked`, each a folder or a .zip."""
    given = Bundle(canonical(solved.problem), _document(solved), "parquet")
    write_bundle(given, bundle)
    figures = solved.measures.figures()
    document: PlanDocument = document_of(solved.plan, asked, given.sha256, figures)
    write_plan(plan, document, plan_tables(solved.problem, solved.plan), "parquet", Stopwatch())


def asked_of(solved: Solved) -> Limits:
    """Return how close to the best a plan that is kept was asked to come: as close as it is, at least."""
    usual = Limits()
    return Limits(gap=max(usual.gap, solved.plan.gap), seed=solved.plan.seed)


def _document(solved: Solved) -> ProblemDocument:
    rules = RULES.validate_python(solved.programme.rules)
    return ProblemDocument(format="impact-problem/1", rules=rules, seed=solved.programme.seed)
