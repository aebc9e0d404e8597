"""Steps of many applications in one request, each taken or refused by itself and answered in its place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from impact.access import Actor
from impact.api.contract.delivery import stated
from impact.api.contract.operation import (
    AS_WRITTEN,
    BODY,
    FORBID,
    JSON,
    AnyOperation,
    Asked,
    NoQuery,
    Operation,
    Plain,
)
from impact.api.contract.refusals import ErrorLine, error_line
from impact.api.resources.programmes.applying import ApplicationView, Judgement, shown
from impact.api.resources.programmes.lines import day
from impact.api.service import Service
from impact.errors import BadInput, Issue, Unknown
from impact.i18n.problems import WHOLE
from impact.store.decisions.applicants import Applicant, Applicants
from impact.store.decisions.applications import ApplicationStep, Move

ADDRESS = "/application-steps"
MOST = 500
MOST_STEPS = 1_000_000


class Seen(BaseModel):
    """A product, and how many steps of its application were seen to be taken."""

    model_config = BODY

    product_id: Annotated[Plain, Field(min_length=1, max_length=200)]
    seen: Annotated[int, Field(ge=0, le=MOST_STEPS), AS_WRITTEN]


class Judged(Seen, Judgement):
    """A product with what is decided of it, and how many steps of its application were seen to be taken."""

    model_config = BODY


class SeenMany(BaseModel):
    """Products that apply."""

    model_config = BODY | {"json_schema_extra": {"examples": [{"items": [{"product_id": "P1", "seen": 0}]}]}}

    items: Annotated[list[Seen], Field(min_length=1, max_length=MOST)]


class JudgedMany(BaseModel):
    """Products, each with what is decided of it."""

    model_config = BODY | {
        "json_schema_extra": {"examples": [{"items": [{"product_id": "P1", "seen": 1, "accepted": True}]}]}
    }

    items: Annotated[list[Judged], Field(min_length=1, max_length=MOST)]


class StepOutcome(BaseModel):
    """What came of one step: the application after it where it was taken, else why it was not."""

    model_config = FORBID

    product_id: str
    taken: bool
    application: ApplicationView | None
    errors: list[ErrorLine]


class StepOutcomes(BaseModel):
    """What came of each step, in the order they were sent; `taken` counts those that were."""

    model_config = FORBID

    taken: int
    items: list[StepOutcome]


def operations(service: Service) -> Iterator[AnyOperation]:
    """Take one step of many applications."""
    applicants = service.applicants

    def apply(asked: Asked[NoQuery, SeenMany]) -> Response:
        move = Move(ApplicationStep.APPLY, day(None))
        return _Taking(applicants, asked.who, asked.lang).all((each, move) for each in asked.body.items)

    def judge(step: ApplicationStep, asked: Asked[NoQuery, JudgedMany]) -> Response:
        moves = ((each, Move(step, day(None), each.accepted, each.reason)) for each in asked.body.items)
        return _Taking(applicants, asked.who, asked.lang).all(moves)

    yield _operation("apply_for_many", "apply", apply, SeenMany)
    yield _operation("recommend_many", "recommend", partial(judge, ApplicationStep.COUNTY), JudgedMany)
    yield _operation("review_many", "review", partial(judge, ApplicationStep.PLATFORM), JudgedMany)


def _operation(name: str, word: str, answer: Callable[..., Response], takes: type[BaseModel]) -> AnyOperation:
    gives, taken = {JSON: StepOutcomes}, {JSON: takes}
    return Operation(name, f"{ADDRESS}/{word}", answer, NoQuery, gives, "POST", taken)


@dataclass(frozen=True)
class _Taking:
    """Somebody who takes steps, and hears in a language of those that cannot be taken."""

    applicants: Applicants
    who: Actor
    lang: str

    def all(self, moves: Iterable[tuple[Seen, Move]]) -> Response:
        """Take what can be taken, and say what came of each."""
        offered = {each.product.product_id: each for each in self.applicants.of(self.who.partner)}
        items = [
            self._outcome(f"items[{number}]", offered.get(line.product_id), line, move)
            for number, (line, move) in enumerate(moves)
        ]
        return stated(StepOutcomes(taken=sum(each.taken for each in items), items=items))

    def _outcome(self, place: str, found: Applicant | None, line: Seen, move: Move) -> StepOutcome:
        try:
            if found is None:
                raise Unknown([Issue("noun_unknown", column="product_id", params={"value": line.product_id})])
            after = self.applicants.take(found, move, self.who, expected=line.seen)
        except BadInput as refused:
            errors = [error_line(_placed(issue, place), self.lang) for issue in refused.issues]
            return StepOutcome(product_id=line.product_id, taken=False, application=None, errors=errors)
        return StepOutcome(product_id=line.product_id, taken=True, application=shown(after), errors=[])


def _placed(issue: Issue, place: str) -> Issue:
    """Have an issue point at the item it is about, or at a field of that."""
    return replace(issue, file=WHOLE, column=f"{place}.{issue.column}" if issue.column else place)
