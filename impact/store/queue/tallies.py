"""Tallies: what all jobs that ended came to, added up as each ends; whoever watches reads them."""

from collections.abc import Mapping

from sqlalchemy import Column, Connection, Float, Integer, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite

from impact.store.nouns import METADATA

TALLIES = Table(
    "job_tallies",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("total", Float, nullable=False),
)


def add(connection: Connection, kind: str, amounts: Mapping[str, float]) -> None:
    """Add what a job of a kind came to; in one order, so that none waits for another in a circle."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for name in sorted(amounts):
        row = insert(TALLIES).values(kind=kind, name=name, number=1, total=amounts[name])
        added = {"number": TALLIES.c.number + 1, "total": TALLIES.c.total + row.excluded.total}
        connection.execute(row.on_conflict_do_update(index_elements=["kind", "name"], set_=added))


def tallies(connection: Connection) -> dict[tuple[str, str], tuple[int, float]]:
    """Return by kind and name how many jobs came to something, and to how much together."""
    rows = connection.execute(select(TALLIES)).all()
    return {(row.kind, row.name): (row.number, row.total) for row in rows}
