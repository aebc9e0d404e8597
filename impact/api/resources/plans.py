"""Plans: the list, and what is claimed of each."""

from collections.abc import Iterator, Mapping

from flask import Response, url_for
from pydantic import BaseModel

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, NoQuery, Operation, Page
from impact.api.contract.refusals import Refused
from impact.api.service import Service
from impact.bundles.plan_document import IssueLine, MeasureLines, RuleLine, rule_line
from impact.i18n.naming import plan_called
from impact.i18n.wording import words
from impact.matching.plan import Status
from impact.reports.imputed import imputed_fields
from impact.reports.solved import Shelf, Solved


class PlanLink(BaseModel):
    """A plan, what people call it, and its address."""

    model_config = FORBID

    id: str
    name: str
    href: str


class PlanList(BaseModel):
    """Plans, newest first; `next` is the cursor of the page after, null on the last."""

    model_config = FORBID

    items: list[PlanLink]
    next: str | None


class ProgrammeLines(BaseModel):
    """What the plan is for; `month` is the calendar month of its period, 1 to 12."""

    model_config = FORBID

    id: str
    name_zh: str
    name_en: str
    month: int


class ImputedLines(BaseModel):
    """The input fields that nobody observed, by noun, and what that means."""

    model_config = FORBID

    note: str
    fields: dict[str, list[str]]


class PlanView(BaseModel):
    """A plan, and what people call it (`name`).

    `objective` is points above the baseline, `bound` no plan can exceed, `gap` their distance.
    """

    model_config = FORBID

    id: str
    name: str
    programme: ProgrammeLines
    status: Status
    objective: float
    bound: float
    gap: float
    max_violation: float
    rules: list[RuleLine]
    measures: MeasureLines
    warnings: list[IssueLine]
    engine: str
    seed: int
    versions: dict[str, str]
    seconds: dict[str, float]
    imputed: ImputedLines
    allocation: str


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show the plans that are kept."""

    def plans(asked: Asked[Page, NoBody]) -> Response:
        return deliver(_page(service, asked.query, asked.lang), asked.media)

    def plan(asked: Asked[NoQuery, NoBody]) -> Response:
        solved = wanted(service.shelf, asked.path)
        return deliver(
            _view(solved, plan_called(service.names.of, solved.plan_id, asked.lang), asked.lang), asked.media
        )

    first = {"plan_id": "$response.body#/items/0/id"}
    leads_to = {"plan": first, "allocation": first}
    yield Operation("plans", "/plans", plans, Page, {JSON: PlanList}, leads_to=leads_to, is_remembered=True)
    yield Operation(
        "plan",
        "/plans/{plan_id}",
        plan,
        NoQuery,
        {JSON: PlanView},
        refuses={404: "plan_not_found"},
        is_remembered=True,
    )


def wanted(shelf: Shelf, path: Mapping[str, str]) -> Solved:
    """Return the plan that an address names."""
    solved = shelf.get(path["plan_id"])
    if solved is None:
        raise Refused("plan_not_found", 404, plan=path["plan_id"])
    return solved


def _page(service: Service, query: Page, lang: str) -> PlanList:
    """Cut a page out of all plans; a cursor counts what is left, so that new ones in front move nothing."""
    ids = service.shelf.ids()
    left = min(int(query.cursor), len(ids)) if query.cursor else len(ids)
    start = len(ids) - left
    shown = ids[start : start + query.limit]
    rest = left - len(shown)
    items = [
        PlanLink(
            id=each, name=plan_called(service.names.of, each, lang), href=url_for("api.plan", plan_id=each)
        )
        for each in shown
    ]
    return PlanList(items=items, next=str(rest) if rest else None)


def _view(solved: Solved, name: str, lang: str) -> PlanView:
    plan, programme = solved.plan, solved.programme
    return PlanView(
        id=solved.plan_id,
        name=name,
        programme=ProgrammeLines(
            id=programme.programme_id,
            name_zh=programme.name_zh,
            name_en=programme.name_en,
            month=programme.month,
        ),
        status=plan.status,
        objective=plan.worth,
        bound=plan.bound,
        gap=plan.gap,
        max_violation=plan.max_violation,
        rules=list(map(rule_line, plan.rules)),
        measures=MeasureLines.model_validate(solved.measures.figures()),
        warnings=[IssueLine(code=issue.code, params=dict(issue.params)) for issue in plan.warnings],
        engine=plan.engine,
        seed=plan.seed,
        versions=dict(plan.versions),
        seconds=dict(plan.seconds),
        imputed=ImputedLines(note=words("api.imputed", lang), fields=imputed_fields(solved.graph.catalog)),
        allocation=url_for("api.allocation", plan_id=solved.plan_id),
    )
