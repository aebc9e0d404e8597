"""JSON for machines, one module per resource; every address is an `Operation` of `contract`.

Read `contract` for what an address promises and how that is kept, then `resources`.
"""

from collections.abc import Iterator

from flask import Blueprint

from impact.access import Scope
from impact.api.contract import refusals
from impact.api.contract.operation import AnyOperation
from impact.api.contract.serving import Door, serve
from impact.api.resources import (
    allocation,
    audit,
    catalogs,
    comparisons,
    engine,
    explanations,
    jobs,
    nouns,
    people,
    plan_jobs,
    plans,
    postings,
    programmes,
    reference,
    regions,
    scenarios,
    standings,
    webhooks,
    weighing,
)
from impact.api.service import Service
from impact.gate.table import ACCESS, API

PREFIX = "/api/v1"
RESOURCES = (
    programmes,
    scenarios,
    weighing,
    plans,
    allocation,
    plan_jobs,
    comparisons,
    explanations,
    standings,
    catalogs,
    people,
    regions,
    nouns,
    engine,
    jobs,
    webhooks,
    postings,
    audit,
    reference,
)


def blueprint(service: Service) -> Blueprint:
    """Make the addresses under ``/api/v1`` that stand on `service`."""
    api = Blueprint(API, __name__, url_prefix=PREFIX, template_folder="templates")
    refusals.register(api, PREFIX)
    operations = list(_operations(service))
    described = reference.about(operations, _needs, jobs.JobView)
    serve(api, [*operations, *described], Door(service.who, service.replays, service.answers))
    return api


def _operations(service: Service) -> Iterator[AnyOperation]:
    for resource in RESOURCES:
        yield from resource.operations(service)


def _needs(name: str) -> Scope | None:
    """Return the scope that an operation takes, as the gate has it."""
    return ACCESS[f"{API}.{name}"].scope
