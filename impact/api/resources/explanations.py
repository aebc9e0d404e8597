"""Explanations: why somebody has what they have, at once; what would change it, by a job."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, NoQuery, Operation, Plain
from impact.api.resources.jobs import JobView, accepted
from impact.api.resources.outcomes import came_of
from impact.api.resources.plans import wanted
from impact.api.service import Service
from impact.bundles.explanations.explanation import ExplanationDocument
from impact.errors import BadInput, Issue
from impact.matching.explain.standing import Fate, Verdict
from impact.matching.explain.subject import Kind, link_name
from impact.matching.graph.links import PARTS
from impact.matching.question.problem import Problem
from impact.reports.explained import (
    Account,
    Cases,
    Gathered,
    LinkAccount,
    Many,
    account,
    gathered,
    subject_of,
)
from impact.reports.solved import Solved

ADDRESS = "/plans/{plan_id}/explain"
Id = Annotated[Plain, Field(min_length=1, max_length=200)]


class AboutOne(NoQuery):
    """Whom: a producer, a product, or a product in one placement."""

    producer: Id | None = None
    product: Id | None = None
    placement: Id | None = None


class About(AboutOne):
    """Whom, or which region (by its code) or segment."""

    region: Id | None = None
    segment: Id | None = None


class AskedAgain(AboutOne):
    """Whom, how many exposures are wanted (else a little more than there are), how long to try each solve."""

    at_least: Annotated[float, Field(ge=0, le=1e15)] | None = None
    seconds: Annotated[float, Field(gt=0, le=3600)] | None = None


class LinkExplained(BaseModel):
    """A link. `parts` add up to `score`, `charges` (by limit or rule) to `charge`.

    One exposure more is worth `value` and has to be worth `charge` to be given; `rise` is what is missing
    at least, `fate` what kept the link from more, `rule` its name where that is a rule.
    """

    model_config = FORBID

    product: str
    placement: str
    exposure: float
    worth: float
    baseline: float
    parts: dict[str, float]
    score: float
    value: float
    charges: dict[str, float]
    charge: float
    rise: float
    fate: Fate
    rule: str


class MemberLine(BaseModel):
    """A producer of the region, or a product shown in the segment."""

    model_config = FORBID

    id: str
    exposure: float
    worth: float


class ExplainedView(BaseModel):
    """What a plan says by itself: `exposure` and `worth` are sums over `links`, or over `members`.

    `reach` is what it could have at most: alone, or by the capacity of a region, the attention of a segment.
    `verdict` is null of regions and segments.
    """

    model_config = FORBID

    kind: Kind | Many
    id: str
    placement: str | None
    exposure: float
    worth: float
    reach: float
    verdict: Verdict | None
    links: list[LinkExplained]
    members: list[MemberLine]


def operations(service: Service) -> Iterator[AnyOperation]:
    """Explain plans."""
    cases = Cases(service.shelf)

    def explain(asked: Asked[About, NoBody]) -> Response:
        solved = wanted(service.shelf, asked.path)
        return deliver(_view(cases, solved, asked.query), asked.media)

    def again(asked: Asked[AskedAgain, NoBody]) -> Response:
        solved, query = wanted(service.shelf, asked.path), asked.query
        subject_of(solved, producer=query.producer, product=query.product, placement=query.placement)
        told = {"plan": solved.plan_id, **query.model_dump(exclude_none=True)}
        job = service.queue.get(service.queue.put("explain_plan", told, asked.who))
        assert job is not None
        return accepted(job, asked.lang)

    missing = {404: "plan_not_found"}
    yield Operation("explain_plan", ADDRESS, explain, About, {JSON: ExplainedView}, refuses=missing)
    yield Operation(
        "explain_again", ADDRESS, again, AskedAgain, {JSON: JobView}, "POST", status=202, refuses=missing
    )
    yield came_of(service, "explanation", "/explanations", "explain_plan", ExplanationDocument)


def _view(cases: Cases, solved: Solved, query: About) -> ExplainedView:
    one = {"producer": query.producer, "product": query.product, "placement": query.placement}
    many = {kind: name for kind in Many if (name := getattr(query, kind)) is not None}
    if not many:
        return _account(solved.problem, account(solved, cases.of(solved), subject_of(solved, **one)))
    if len(many) > 1 or any(one.values()):
        raise BadInput([Issue("explained_whom")])
    ((kind, name),) = many.items()
    return _gathered(solved.problem, gathered(solved, kind, name))


def _account(problem: Problem, found: Account) -> ExplainedView:
    subject, standing = found.subject, found.standing
    return ExplainedView(
        kind=subject.kind,
        id=subject.id,
        placement=subject.placement,
        exposure=standing.exposure,
        worth=standing.worth,
        reach=standing.reach,
        verdict=standing.verdict,
        links=[_link(problem, link) for link in found.links],
        members=[],
    )


def _link(problem: Problem, link: LinkAccount) -> LinkExplained:
    product, placement = link_name(problem, link.standing.link)
    return LinkExplained(
        product=product,
        placement=placement,
        exposure=link.standing.exposure,
        worth=link.worth,
        baseline=link.evidence.baseline,
        parts=dict(zip(PARTS, link.evidence.parts, strict=True)),
        score=link.evidence.score,
        value=link.standing.value,
        charges=dict(link.charges),
        charge=link.standing.charge,
        rise=link.standing.rise,
        fate=link.standing.fate,
        rule=link.standing.rule,
    )


def _gathered(problem: Problem, found: Gathered) -> ExplainedView:
    ids = problem.producer_ids if found.kind is Many.REGION else problem.product_ids
    members = [
        MemberLine(id=ids[each.number], exposure=each.exposure, worth=each.worth) for each in found.members
    ]
    return ExplainedView(
        kind=found.kind,
        id=found.id,
        placement=None,
        exposure=found.exposure,
        worth=found.worth,
        reach=found.most,
        verdict=None,
        links=[],
        members=members,
    )
