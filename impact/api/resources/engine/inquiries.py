"""Solve, verify, diagnose, frontier: each takes a bundle, and shows what came of a job when it has ended."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from flask import Response
from pydantic import BaseModel, Field

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import (
    BODY,
    JSON,
    AnyOperation,
    Asked,
    NoBody,
    NoQuery,
    Operation,
    Plain,
    Upload,
)
from impact.api.contract.refusals import Refused
from impact.api.resources.engine.asking import ZIP, Shown, answer_of, ask, bundle_of, packed, wait
from impact.api.resources.jobs import wanted_job
from impact.api.service import Service
from impact.bundles.diagnosis_document import DiagnosisDocument
from impact.bundles.whole.documents import BundleDocument, VerdictDocument, WholeFrontier, WholePlan
from impact.bundles.whole.packing import pack_plan, unpack_plan
from impact.jobs.asked import BUNDLE, PLAN

MOST_BYTES = 64 * 2**20
Then = Callable[[Asked[Any, Any], Response], Response]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Trying(NoQuery):
    """How long to try; the service's own 60 seconds when left out."""

    seconds: Seconds | None = None


class Solving(Trying):
    """How long to try, how close to the best will do, by which method, and with which seed."""

    gap: Annotated[float, Field(ge=0, lt=1)] | None = None
    engine: Literal["auto", "exact", "first-order", "cluster"] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class Sweeping(Solving):
    """Which rule to move, and in how many points."""

    rule: Annotated[Plain, Field(min_length=1, max_length=200)]
    points: Annotated[int, Field(ge=2, le=101)] | None = None


class PlanOfBundle(BaseModel):
    """A problem, and a plan of it, as solving it gave it."""

    model_config = BODY

    bundle: BundleDocument
    solved: WholePlan


def operations(service: Service) -> Iterator[AnyOperation]:
    """Answer bundles."""

    def solve(asked: Asked[Solving, BundleDocument | Upload]) -> Response:
        return ask(service, "solve_bundle", {BUNDLE: bundle_of(asked.body)}, asked)

    def diagnose(asked: Asked[Trying, BundleDocument | Upload]) -> Response:
        return ask(service, "diagnose_bundle", {BUNDLE: bundle_of(asked.body)}, asked)

    def frontier(asked: Asked[Sweeping, BundleDocument | Upload]) -> Response:
        return ask(service, "frontier_bundle", {BUNDLE: bundle_of(asked.body)}, asked)

    def verify(asked: Asked[NoQuery, PlanOfBundle]) -> Response:
        plan = packed(lambda out: pack_plan(asked.body.solved, out))
        files = {BUNDLE: bundle_of(asked.body.bundle), PLAN: plan}
        return ask(service, "verify_bundle", files, asked)

    def then(shown: Shown) -> Then:
        return partial(wait, service, shown)

    either: dict[str, type[BaseModel] | None] = {JSON: BundleDocument, ZIP: None}
    yield _asking(solve, Solving, WholePlan, either, then(_plan))
    yield _asking(verify, NoQuery, VerdictDocument, {JSON: PlanOfBundle}, then(_verdict))
    yield _asking(diagnose, Trying, DiagnosisDocument, either, then(_diagnosis))
    yield _asking(frontier, Sweeping, WholeFrontier, either, then(_frontier))
    yield _showing(service, "solved", "solve", WholePlan, _plan)
    yield _showing(service, "verified", "verify", VerdictDocument, _verdict)
    yield _showing(service, "diagnosed", "diagnose", DiagnosisDocument, _diagnosis)
    yield _showing(service, "swept", "frontier", WholeFrontier, _frontier)


def _asking(
    answer: Callable[..., Response],
    query: type[NoQuery],
    gives: type[BaseModel],
    takes: Mapping[str, type[BaseModel] | None],
    then: Then,
) -> AnyOperation:
    return Operation(
        answer.__name__,
        f"/{answer.__name__}",
        answer,
        query,
        {JSON: gives},
        method="POST",
        takes=takes,
        most_bytes=MOST_BYTES,
        is_slow=True,
        then=then,
    )


def _showing(service: Service, name: str, kind: str, gives: type[BaseModel], shown: Shown) -> AnyOperation:
    """Show what came of a job, once it has ended."""

    def answer(asked: Asked[NoQuery, NoBody]) -> Response:
        job = wanted_job(service, asked.path["job_id"], asked.who)
        if job.kind != f"{kind}_bundle":
            raise Refused("noun_not_found", 404, name=job.job_id)
        return deliver(answer_of(service, job, shown), asked.media)

    return Operation(
        name, f"/{kind}/{{job_id}}", answer, NoQuery, {JSON: gives}, refuses={409: "job_came_to_nothing"}
    )


def _plan(content: bytes) -> WholePlan:
    with TemporaryDirectory(prefix="impact-") as folder:
        file = Path(folder) / PLAN
        file.write_bytes(content)
        return unpack_plan(file)


def _verdict(content: bytes) -> VerdictDocument:
    return VerdictDocument.model_validate_json(content)


def _diagnosis(content: bytes) -> DiagnosisDocument:
    return DiagnosisDocument.model_validate_json(content)


def _frontier(content: bytes) -> WholeFrontier:
    return WholeFrontier.model_validate_json(content)
