"""Write alternatives as files: what was asked, who gains, and a folder for each plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from impact.bundles.frontiers import Line, columns_of_lines
from impact.bundles.plan_document import STRICT, Asked, document_of
from impact.bundles.plans import plan_tables, write_plan
from impact.bundles.read import Bundle
from impact.bundles.shipped import shipped
from impact.bundles.tables.layout import files_of
from impact.bundles.tables.loading import database
from impact.bundles.tables.writing import write_table
from impact.matching.choices.alternatives import Alternative
from impact.matching.explain.payers import payers
from impact.matching.solve import Limits, versions
from impact.timing import Stopwatch

CHOICE_FILE = "alternatives.json"
PAYERS = "payers"
MOST = 20
"""So many plans at the most: more are no choice."""
CHOICE_FILES = (CHOICE_FILE, *files_of(PAYERS), *(f"plan-{number}" for number in range(1, MOST + 1)))


class AlternativeLine(BaseModel):
    """A plan, the folder it lies in, what it is worth, and the share of exposure it gives elsewhere."""

    model_config = STRICT

    plan: str
    worth: float
    gap: float
    share_of_best: float
    from_best: float
    from_nearest: float


class ChoiceDocument(BaseModel):
    """The content of alternatives.json: the best plan first, each other as far from those before as found."""

    model_config = STRICT

    format: Literal["impact-alternatives/1"] = "impact-alternatives/1"
    within: float
    count: int
    bound: float
    plans: tuple[AlternativeLine, ...]
    asked: Asked
    versions: dict[str, str]
    seed: int
    input_sha256: str


def choice_document(
    found: Sequence[Alternative], asked: Limits, within: float, count: int, sha256: str
) -> ChoiceDocument:
    """State which plans there are to choose from."""
    best = found[0].plan
    return ChoiceDocument(
        within=within,
        count=count,
        bound=best.bound,
        plans=tuple(_line(number, each, best.worth) for number, each in enumerate(found, 1)),
        asked=Asked(seconds=asked.seconds, gap=asked.gap, engine=asked.engine),
        versions=versions(),
        seed=asked.seed,
        input_sha256=sha256,
    )


def write_choice(
    out: Path,
    given: Bundle,
    document: ChoiceDocument,
    found: Sequence[Alternative],
    figures: Sequence[Mapping[str, object]],
) -> None:
    """Write alternatives.json, who gains, and every plan in a folder, whole or not at all.

    `figures` are the measures of each plan. A plan is asked to be as close to the best as it was allowed to.
    """
    limits = Limits(document.asked.seconds, document.asked.gap, document.asked.engine, document.seed)
    with shipped(out, CHOICE_FILES) as folder:
        for line, each, measures in zip(document.plans, found, figures, strict=True):
            asked = replace(limits, gap=max(limits.gap, each.plan.gap))
            plan = document_of(each.plan, asked, document.input_sha256, measures)
            write_plan(
                folder / line.plan, plan, plan_tables(given.problem, each.plan), given.suffix, Stopwatch()
            )
        lines = list(_payers(given, document, found))
        with database() as db:
            if lines:
                write_table(db, folder / f"{PAYERS}.{given.suffix}", columns_of_lines(lines))
        (folder / CHOICE_FILE).write_text(document.model_dump_json(indent=1) + "\n", "utf-8")


def _line(number: int, each: Alternative, best: float) -> AlternativeLine:
    return AlternativeLine(
        plan=f"plan-{number}",
        worth=each.plan.worth,
        gap=each.plan.gap,
        share_of_best=each.plan.worth / best if best else 1.0,
        from_best=each.from_best,
        from_nearest=each.from_nearest,
    )


def _payers(given: Bundle, document: ChoiceDocument, found: Sequence[Alternative]) -> Iterator[Line]:
    """Compare every plan with the best."""
    best = found[0].plan.exposure
    for line, each in zip(document.plans, found, strict=True):
        for payer in payers(given.problem, best, each.plan.exposure):
            yield {"plan": line.plan, **asdict(payer)}
