"""What came of a job about a plan or a scenario, as the document it left."""

from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import deliver
from impact.api.contract.operation import JSON, AnyOperation, Asked, NoBody, NoQuery, Operation
from impact.api.contract.refusals import Refused
from impact.api.resources.engine.asking import answer_of
from impact.api.resources.jobs import wanted_job
from impact.api.service import Service


def came_of(service: Service, name: str, path: str, kind: str, gives: type[BaseModel]) -> AnyOperation:
    """Show under `path` the document that came of a job of `kind`, once it has ended well."""

    def answer(asked: Asked[NoQuery, NoBody]) -> Response:
        job = wanted_job(service, asked.path["job_id"], asked.who)
        if job.kind != kind:
            raise Refused("noun_not_found", 404, name=job.job_id)
        return deliver(answer_of(service, job, gives.model_validate_json), asked.media)

    refuses = {409: "job_came_to_nothing"}
    return Operation(name, f"{path}/{{job_id}}", answer, NoQuery, {JSON: gives}, refuses=refuses)
