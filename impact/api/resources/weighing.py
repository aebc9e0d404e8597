"""What a scenario could be asked otherwise, weighed first: what a lock costs, or a rule at any limit."""

from collections.abc import Iterator

from flask import Response
from pydantic import BaseModel, TypeAdapter

from impact.api.contract.operation import BODY, JSON, AnyOperation, Asked, NoBody, Operation
from impact.api.resources.engine.inquiries import Solving, Sweeping
from impact.api.resources.jobs import JobView, accepted
from impact.api.resources.outcomes import came_of
from impact.api.resources.scenarios import UNKNOWN
from impact.api.service import Service
from impact.bundles.explanations.lock_price import LockPriceDocument
from impact.bundles.whole.documents import WholeFrontier
from impact.matching.rules.lock import Lock

_LOCK = TypeAdapter(Lock)


class LockToPrice(BaseModel):
    """A lock that might be made."""

    model_config = BODY

    rule: Lock


def operations(service: Service) -> Iterator[AnyOperation]:
    """Weigh what could be asked of scenarios."""

    def ask_lock_price(asked: Asked[Solving, LockToPrice]) -> Response:
        scenario = service.office.scenario(asked.path["scenario_id"])
        told = {"rule": _LOCK.dump_python(asked.body.rule, mode="json")}
        told |= asked.query.model_dump(exclude_none=True)
        job = service.queue.get(
            service.queue.put("price_lock", told, asked.who, scenario=scenario.scenario_id)
        )
        assert job is not None
        return accepted(job, asked.lang)

    def ask_frontier(asked: Asked[Sweeping, NoBody]) -> Response:
        scenario = service.office.scenario(asked.path["scenario_id"])
        told = asked.query.model_dump(exclude_none=True)
        job_id = service.queue.put("frontier_scenario", told, asked.who, scenario=scenario.scenario_id)
        job = service.queue.get(job_id)
        assert job is not None
        return accepted(job, asked.lang)

    takes, gives = {JSON: LockToPrice}, {JSON: JobView}
    address = "/scenarios/{scenario_id}/locks/price"
    yield Operation(
        "ask_lock_price", address, ask_lock_price, Solving, gives, "POST", takes, 202, refuses=UNKNOWN
    )
    yield came_of(service, "lock_price", "/lock-prices", "price_lock", LockPriceDocument)
    address = "/scenarios/{scenario_id}/frontier"
    yield Operation(
        "ask_frontier", address, ask_frontier, Sweeping, gives, "POST", status=202, refuses=UNKNOWN
    )
    yield came_of(service, "scenario_frontier", "/frontiers", "frontier_scenario", WholeFrontier)
