"""Receiving: rows are added once by their id, whoever sends them again and in whatever order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Table, select

from impact.access import Actor
from impact.store.audit import record
from impact.store.database import insert_new, writing
from impact.store.moments import moment
from impact.store.turns import Turn, take_turn

AT_ONCE = 500
"""So many ids are asked for in one statement."""


@dataclass(frozen=True)
class Received:
    """What became of rows that were sent, by id: taken over, or there already."""

    accepted: frozenset[str]
    duplicate: frozenset[str]


def receive(engine: Engine, table: Table, rows: Mapping[str, Mapping[str, object]], who: Actor) -> Received:
    """Add rows, by id, that are not there yet, with the time they came; all of them or none."""
    _, key = table.primary_key
    with writing(engine) as connection:
        take_turn(connection, Turn.RECEIVING, table.name)
        known: set[str] = set()
        for some in parts(sorted(rows)):
            known.update(connection.execute(select(key).where(key.in_(some))).scalars())
        at = moment()
        insert_new(
            connection, table, [{**rows[each], "received_at": at} for each in rows if each not in known]
        )
        if len(known) < len(rows):
            told = {"accepted": len(rows) - len(known), "duplicate": len(known)}
            record(connection, who, f"{table.name}.put", table.name, after=told)
    return Received(frozenset(rows.keys() - known), frozenset(known))


def parts(ids: Sequence[str]) -> list[Sequence[str]]:
    """Cut ids into as many as are asked for at once."""
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
