"""Plans by a job: every claim verified, or the whole run written as a file that anybody can verify."""

from collections.abc import Callable, Iterator

from flask import Response

from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.resources.jobs import JobView, accepted
from impact.api.resources.outcomes import came_of
from impact.api.resources.plans import wanted
from impact.api.service import Service
from impact.bundles.whole.documents import VerdictDocument


def operations(service: Service) -> Iterator[AnyOperation]:
    """Have plans verified and written."""
    yield _asking("verify_plan", "/plans/{plan_id}/verify", _put(service, "verify_plan"))
    yield _asking("bundle_plan", "/plans/{plan_id}/bundle", _put(service, "export_plan", form="run"))
    yield came_of(service, "verdict", "/verdicts", "verify_plan", VerdictDocument)


def _put(service: Service, kind: str, **how: str) -> Callable[[Asked[NoQuery, NoBody]], Response]:
    """Return who asks for a job of `kind` about the plan that an address names."""

    def ask(asked: Asked[NoQuery, NoBody]) -> Response:
        told = {"plan": wanted(service.shelf, asked.path).plan_id, **how}
        job = service.queue.get(service.queue.put(kind, told, asked.who))
        assert job is not None
        return accepted(job, asked.lang)

    return ask


def _asking(name: str, path: str, ask: Callable[[Asked[NoQuery, NoBody]], Response]) -> AnyOperation:
    refuses, leads_to = {404: "plan_not_found"}, {"job": {"job_id": "$response.body#/job_id"}}
    return Operation(
        name, path, ask, NoQuery, {JSON: JobView}, "POST", status=202, refuses=refuses, leads_to=leads_to
    )
