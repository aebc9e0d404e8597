"""Allocations by row: what a plan gives to whom, cut into parts that are read without the rest.

Rows lie by producer, product and placement, in the order of the catalog; a part holds so many of them as
columns, and says which producers it begins and ends with. Plans kept before there were parts have none.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    func,
    select,
)

from impact.arrays import Ints
from impact.reports.solved import Solved
from impact.store.bulk import insert_many
from impact.store.database import reading
from impact.store.nouns import METADATA

ALLOCATIONS = Table(
    "allocation_parts",
    METADATA,
    Column("plan_id", Text, ForeignKey("plans.plan_id"), primary_key=True),
    Column("first_row", Integer, primary_key=True, autoincrement=False),
    Column("num_rows", Integer, nullable=False),
    Column("first_producer", Integer, nullable=False),
    Column("last_producer", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_allocation_parts_producers", "plan_id", "first_producer", "last_producer"),
)
ROWS = 8_192
"""So many rows make a part: a page of them is read in a few milliseconds."""


@dataclass(frozen=True)
class Given:
    """Exposures given to a product in a placement; all by their number in the catalog of the plan."""

    producer: int
    product: int
    placement: int
    exposure: float


def keep_allocation(connection: Connection, solved: Solved) -> None:
    """Keep what a plan gives, in parts."""
    rows = _rows(solved)
    parts = (rows[start : start + ROWS] for start in range(0, len(rows), ROWS))
    insert_many(
        connection,
        ALLOCATIONS,
        [_part(solved.plan_id, number * ROWS, part) for number, part in enumerate(parts)],
    )


def num_given(engine: Engine, plan_id: str) -> int:
    """Count the rows of a plan's allocation."""
    asked = select(func.sum(ALLOCATIONS.c.num_rows)).where(ALLOCATIONS.c.plan_id == plan_id)
    with reading(engine) as connection:
        return connection.execute(asked).scalar_one() or 0


def page_of_given(engine: Engine, plan_id: str, first: int, limit: int) -> tuple[Given, ...]:
    """Return at most `limit` rows of a plan's allocation, from number `first` on.

    Raises
    ------
    ValueError
        What is kept is not what was put there.
    """
    last = first + limit
    asked = _asked(plan_id).where(
        ALLOCATIONS.c.first_row < last, ALLOCATIONS.c.first_row + ALLOCATIONS.c.num_rows > first
    )
    return tuple(
        given
        for number, rows in _parts(engine, asked)
        for given in _given(rows[max(first - number, 0) : last - number])
    )


def given_to(engine: Engine, plan_id: str, producer: int) -> tuple[Given, ...]:
    """Return what a plan gives to a producer, by its number; raises as `page_of_given` does."""
    asked = _asked(plan_id).where(
        ALLOCATIONS.c.first_producer <= producer, ALLOCATIONS.c.last_producer >= producer
    )
    return tuple(
        given for _, rows in _parts(engine, asked) for given in _given(rows[rows["producer"] == producer])
    )


_ROW = np.dtype([("producer", "<i4"), ("product", "<i4"), ("placement", "<i4"), ("exposure", "<f8")])


def _rows(solved: Solved) -> np.ndarray[Any, np.dtype[np.void]]:
    exposure = solved.plan.exposure
    shown: Ints = np.flatnonzero(exposure > 0)
    rows = np.empty(len(shown), _ROW)
    rows["product"] = solved.problem.product_of[shown]
    rows["producer"] = solved.problem.producer_of[shown]
    rows["placement"] = solved.problem.placement_of[shown]
    rows["exposure"] = exposure[shown]
    return rows[np.lexsort((rows["placement"], rows["product"], rows["producer"]))]


def _part(plan_id: str, first: int, rows: np.ndarray[Any, np.dtype[np.void]]) -> dict[str, object]:
    columns = BytesIO()
    for name in _ROW.names or ():
        columns.write(np.ascontiguousarray(rows[name]).tobytes())
    body = zlib.compress(columns.getvalue(), 1)
    return {
        "plan_id": plan_id,
        "first_row": first,
        "num_rows": len(rows),
        "first_producer": int(rows["producer"][0]),
        "last_producer": int(rows["producer"][-1]),
        "sha256": sha256(body).hexdigest(),
        "body": body,
    }


def _asked(plan_id: str) -> Select[Any]:
    return select(ALLOCATIONS).where(ALLOCATIONS.c.plan_id == plan_id).order_by(ALLOCATIONS.c.first_row)


def _parts(engine: Engine, asked: Select[Any]) -> Iterator[tuple[int, np.ndarray[Any, np.dtype[np.void]]]]:
    with reading(engine) as connection:
        for row in connection.execute(asked):
            if sha256(row.body).hexdigest() != row.sha256:
                raise ValueError(f"Expected bytes of sha256 {row.sha256}, found others: they were changed.")
            yield row.first_row, _unpacked(zlib.decompress(row.body), row.num_rows)


def _unpacked(content: bytes, num_rows: int) -> np.ndarray[Any, np.dtype[np.void]]:
    rows, start = np.empty(num_rows, _ROW), 0
    for name in _ROW.names or ():
        kind = _ROW[name]
        rows[name] = np.frombuffer(content, kind, num_rows, start)
        start += kind.itemsize * num_rows
    return rows


def _given(rows: np.ndarray[Any, np.dtype[np.void]]) -> Iterator[Given]:
    for producer, product, placement, exposure in rows.tolist():
        yield Given(producer, product, placement, exposure)
