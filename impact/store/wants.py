"""The live table of interests: replaced as a whole, by whom and why."""

import json
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Engine

from impact.access import Actor
from impact.errors import Conflict, Issue, refuse_if_any
from impact.model import Affinity
from impact.store.audit import record
from impact.store.catalogs import TABLES
from impact.store.database import writing
from impact.store.turns import Turn, take_turn

TABLE = TABLES["lexicon"]


def mark_of(wants: Sequence[Affinity]) -> str:
    """Return what tells one table of interests from another."""
    lines = [[one.category, one.interest, one.strength] for one in wants]
    return sha256(json.dumps(lines).encode()).hexdigest()


def replace_wants(
    engine: Engine, wants: Sequence[Affinity], who: Actor, *, reason: str, expected: str
) -> None:
    """Put `wants` in place of the table whose mark is `expected`.

    Raises
    ------
    BadInput, Conflict
        No reason is given; the table was changed since.
    """
    refuse_if_any([] if reason.strip() else [Issue("reason_missing", params={"value": "interests"})])
    with writing(engine) as connection:
        take_turn(connection, Turn.CATALOG)
        before = [one for one in TABLE.all(connection) if isinstance(one, Affinity)]
        if mark_of(before) != expected:
            raise Conflict([Issue("wants_moved")])
        TABLE.replace_all(connection, wants)
        record(
            connection,
            who,
            "interests.change",
            "interests",
            before={"sha256": expected},
            after={"sha256": mark_of(wants), "lines": len(wants)},
            reason=reason.strip(),
        )
