"""Plans compared: what was asked differently, what came of it, who gains and who loses."""

from collections.abc import Iterator
from typing import Annotated

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation, Plain
from impact.api.contract.refusals import Refused
from impact.api.resources.plans import wanted
from impact.api.service import Service
from impact.matching.plan import Status
from impact.reports.comparing import compare

READ = ConfigDict(extra="forbid", from_attributes=True)


class RuleChangeLine(BaseModel):
    """A rule asked for differently: null before where it is new, null after where it is gone."""

    model_config = READ

    before: dict[str, object] | None
    after: dict[str, object] | None


class CapacityLine(BaseModel):
    """A producer that can serve more or less, in exposures."""

    model_config = READ

    producer_id: str
    before: float
    after: float


class ChangedInLines(BaseModel):
    """What was asked or known differently; products by id, pairs are before and after.

    `published` are the exposures of what change is measured against, 0 where nothing was published.
    """

    model_config = READ

    months: tuple[int, int]
    rules: list[RuleChangeLine]
    products_added: list[str]
    products_gone: list[str]
    products_excluded: list[str]
    products_admitted: list[str]
    capacities: list[CapacityLine]
    supply: tuple[float, float]
    published: tuple[float, float]


class ChangedOutLines(BaseModel):
    """What came of it, before and after; `churn_share` is `taken` and `added` over all exposure before."""

    model_config = READ

    status: tuple[Status, Status]
    worth: tuple[float, float]
    exposure: tuple[float, float]
    taken: float
    added: float
    links_gained: int
    links_lost: int
    churn_share: float | None


class GainLine(BaseModel):
    """What a producer, or all of a group, had and has, in exposures."""

    model_config = READ

    value: str
    before: float
    after: float
    change: float


class ComparisonView(BaseModel):
    """A plan beside another, the `baseline`; `gains` by producer, region, type, tier and size, most first."""

    model_config = READ

    baseline: str = Field(validation_alias="published")
    plan: str
    changed_in: ChangedInLines
    changed_out: ChangedOutLines
    gains: dict[str, list[GainLine]]


class Against(NoQuery):
    """The plan it is held against; the published one of its programme when left out."""

    other: Annotated[Annotated[Plain, Field(min_length=1, max_length=200)] | None, Field(alias="with")] = None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Compare plans."""

    def compare_plan(asked: Asked[Against, NoBody]) -> Response:
        after = wanted(service.shelf, asked.path)
        other = asked.query.other or service.life.baseline(after.plan_id)
        if other is None:
            raise Refused("nothing_published", 409)
        before = wanted(service.shelf, {"plan_id": other})
        (found,) = compare(before, [after])
        return deliver(ComparisonView.model_validate(found), asked.media)

    refuses = {404: "plan_not_found", 409: "nothing_published"}
    address = "/plans/{plan_id}/compare"
    yield Operation("compare_plan", address, compare_plan, Against, {JSON: ComparisonView}, refuses=refuses)
