"""A plan's allocation: a page of it as JSON, or all of it as CSV or Parquet."""

from collections.abc import Iterator
from hashlib import sha256

from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import deliver, deliver_stream
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, Operation, Page
from impact.api.resources.plans import wanted
from impact.api.service import Service
from impact.bundles.plans import allocation_of
from impact.exports.allocation import IDS, given, id_lines
from impact.exports.files import csv_chunks, parquet_chunks
from impact.reports.solved import Solved

CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"


class Given(BaseModel):
    """Exposures that a product is given in a placement, in the period."""

    model_config = FORBID

    product_id: str
    placement_id: str
    exposure: float


class AllocationPage(BaseModel):
    """A part of an allocation of `total` lines; `next` is the cursor of the page after, null on the last."""

    model_config = FORBID

    plan_id: str
    total: int
    items: list[Given]
    next: str | None


def operations(service: Service) -> Iterator[AnyOperation]:
    """Show who is shown where how much in a plan."""

    def allocation(asked: Asked[Page, NoBody]) -> Response:
        solved = wanted(service.shelf, asked.path)
        if asked.media == JSON:
            return deliver(_page(solved, asked.query), asked.media)
        chunks = _csv_chunks(solved) if asked.media == CSV else _parquet_chunks(solved)
        etag = sha256(solved.plan.exposure.tobytes() + asked.media.encode()).hexdigest()
        return deliver_stream(chunks, f"{CSV}; charset=utf-8" if asked.media == CSV else PARQUET, etag)

    yield Operation(
        "allocation",
        "/plans/{plan_id}/allocation",
        allocation,
        Page,
        {JSON: AllocationPage, CSV: None, PARQUET: None},
        refuses={404: "plan_not_found"},
    )


def _page(solved: Solved, query: Page) -> AllocationPage:
    every = given(solved)
    start = int(query.cursor or 0)
    links = every[start : start + query.limit]
    end = start + len(links)
    items = [Given(product_id=i, placement_id=j, exposure=x) for i, j, x in id_lines(solved, links)]
    rest = str(end) if end < len(every) else None
    return AllocationPage(plan_id=solved.plan_id, total=len(every), items=items, next=rest if items else None)


def _csv_chunks(solved: Solved) -> Iterator[bytes]:
    return csv_chunks(IDS, id_lines(solved, given(solved)))


def _parquet_chunks(solved: Solved) -> Iterator[bytes]:
    return parquet_chunks(allocation_of(solved.problem, solved.plan.exposure))
