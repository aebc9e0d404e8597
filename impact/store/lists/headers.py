"""How each partner names its columns, remembered from the files it committed."""

from collections.abc import Mapping

from sqlalchemy import Column, Connection, Engine, Table, Text, delete, insert, select

from impact.store.database import reading
from impact.store.nouns import METADATA

HEADERS = Table(
    "header_memory",
    METADATA,
    Column("partner", Text, primary_key=True),
    Column("header", Text, primary_key=True),
    Column("column", Text, nullable=False),
)
"""The column of a header that is an attribute is empty."""


def remembered(engine: Engine, partner: str) -> dict[str, str]:
    """Return which column each header of a partner meant, empty for an attribute."""
    asked = select(HEADERS.c.header, HEADERS.c.column).where(HEADERS.c.partner == partner)
    with reading(engine) as connection:
        return {row.header: row.column for row in connection.execute(asked)}


def remember(connection: Connection, partner: str, meant: Mapping[str, str]) -> None:
    """Keep what headers meant in place of what they meant before."""
    known = (HEADERS.c.partner == partner) & HEADERS.c.header.in_(meant)
    connection.execute(delete(HEADERS).where(known))
    rows = [{"partner": partner, "header": header, "column": column} for header, column in meant.items()]
    if rows:
        connection.execute(insert(HEADERS), rows)
