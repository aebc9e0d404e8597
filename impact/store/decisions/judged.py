"""Judged: who is in a programme on a day, worked out once while nothing changes that it stands on."""

from datetime import date
from functools import lru_cache

from sqlalchemy import Engine, func, select

from impact.enrolment import Enrolled, Ground
from impact.errors import Issue, Unknown
from impact.store.audit import AUDIT
from impact.store.database import reading
from impact.store.decisions import programmes
from impact.store.decisions.enrolling import enrolled_in, enrolled_of
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.edits.editions import EDITIONS

KEPT = 4
"""So many are kept at hand: each holds a whole catalog."""
Stamp = tuple[int, int]


class Judged:
    """The enrolments of one database, kept at hand until anything is done that the log tells of.

    Each is of a version of a programme, for one day, of all partners or of one.
    """

    def __init__(self, engine: Engine, ground: Ground) -> None:
        self._engine, self._ground = engine, ground
        self._judged = lru_cache(KEPT)(self._judge)

    def of_all(self, version: ProgrammeVersion, on: date) -> Enrolled:
        """Judge what all partners list, see `enrolled_in`."""
        return self._judged(self.stamp(), version.programme_id, version.version, on, None)

    def of_partner(self, version: ProgrammeVersion, on: date, partner: str) -> Enrolled:
        """Judge what one partner lists, see `enrolled_of`."""
        return self._judged(self.stamp(), version.programme_id, version.version, on, partner)

    def stamp(self) -> Stamp:
        """Return what differs as soon as anything was done, or the catalog replaced."""
        with reading(self._engine) as connection:
            last = connection.execute(select(func.max(AUDIT.c.number))).scalar_one()
            return last or 0, connection.execute(select(func.count()).select_from(EDITIONS)).scalar_one()

    def _judge(self, _: Stamp, programme_id: str, number: int, on: date, partner: str | None) -> Enrolled:
        version = programmes.get(self._engine, programme_id, number)
        if version is None:
            raise Unknown([Issue("programme_unknown", params={"value": programme_id})])
        if partner is None:
            return enrolled_in(self._engine, version, on, self._ground)
        return enrolled_of(self._engine, version, on, self._ground, partner)
