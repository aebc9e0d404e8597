"""A plan's allocation: a page of it as JSON, or all of it as CSV or Parquet."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from flask import Response
from pydantic import BaseModel

from impact.api.contract.delivery import deliver, deliver_stream
from impact.api.contract.operation import FORBID, JSON, AnyOperation, Asked, NoBody, Operation, Page
from impact.api.resources.plans import wanted
from impact.api.service import Service
from impact.arrays import Ints
from impact.bundles.plans import allocation_of
from impact.bundles.tables.loading import database
from impact.bundles.tables.writing import write_table
from impact.reports.solved import Solved

CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"
CHUNK_ROWS = 10_000
CHUNK_BYTES = 2**20
COLUMNS = ("product_id", "placement_id", "exposure")


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
    given = _given(solved)
    start = int(query.cursor or 0)
    links = given[start : start + query.limit]
    end = start + len(links)
    items = [Given(product_id=i, placement_id=j, exposure=x) for i, j, x in _rows(solved, links)]
    rest = str(end) if end < len(given) else None
    return AllocationPage(plan_id=solved.plan_id, total=len(given), items=items, next=rest if items else None)


def _csv_chunks(solved: Solved) -> Iterator[bytes]:
    given = _given(solved)
    yield _csv([COLUMNS])
    for start in range(0, len(given), CHUNK_ROWS):
        yield _csv(_rows(solved, given[start : start + CHUNK_ROWS]))


def _parquet_chunks(solved: Solved) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="impact-") as folder:
        file = Path(folder) / "allocation.parquet"
        with database() as db:
            write_table(db, file, allocation_of(solved.problem, solved.plan.exposure))
        with file.open("rb") as source:
            while chunk := source.read(CHUNK_BYTES):
                yield chunk


def _given(solved: Solved) -> Ints:
    return np.flatnonzero(solved.plan.exposure > 0)


def _rows(solved: Solved, links: Ints) -> Iterator[tuple[str, str, float]]:
    problem = solved.problem
    exposures = solved.plan.exposure[links].tolist()
    for product, placement, exposure in zip(
        problem.product_of[links], problem.placement_of[links], exposures, strict=True
    ):
        yield problem.product_ids[product], problem.placement_ids[placement], exposure


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
