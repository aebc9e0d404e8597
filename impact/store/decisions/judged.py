"""Judged: who is in a programme on a day, worked out once while nothing changes that it stands on."""

from datetime import date
from functools import lru_cache
from threading import Lock

from sqlalchemy import Connection, Engine, func, select

from impact.catalog.listed.join import Joined
from impact.enrolment import Enrolled, Ground, as_listed, informed
from impact.errors import Issue, Unknown
from impact.programmes.document import ProgrammeDocument
from impact.store.audit import AUDIT
from impact.store.catalogs import TABLES
from impact.store.database import reading
from impact.store.decisions import programmes
from impact.store.decisions.enrolling import document_of, known, offered
from impact.store.decisions.programmes import ProgrammeVersion
from impact.store.edits.editions import EDITIONS

KEPT = 4
"""So many are kept at hand: each holds a whole catalog."""
ELSEWHERE = frozenset(
    {
        *("application", "deliveries", "events", "job", "link", "milestone", "plan", "programme"),
        *("records", "scenario", "session", "token", "user", "webhook"),
    }
)
"""Families of what is done that move neither the catalog nor what partners list."""
NEVER = -1
Stamp = tuple[int, int, int]


class Judged:
    """The enrolments of one database, kept at hand until anything is done that the log tells of.

    Each is of a version of a programme, for one day, of all partners or of one. What listings alone say is
    judged anew only where something was done to them or to the catalog; what records say, each time.
    """

    def __init__(self, engine: Engine, ground: Ground) -> None:
        self._engine, self._ground = engine, ground
        self._listed_at = _Listed()
        self._offered = lru_cache(KEPT)(self._offer)
        self._as_listed = lru_cache(KEPT)(self._judge_listed)
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
            return _newest(connection), *_num_nouns(connection)

    def _judge(self, _: Stamp, programme_id: str, number: int, on: date, partner: str | None) -> Enrolled:
        with reading(self._engine) as connection:
            listed_at = self._listed_at.seen(connection), *_num_nouns(connection)
        enrolled = self._as_listed(listed_at, programme_id, number, on, partner)
        records = known(self._engine, self._ground)
        return informed(enrolled, self._document(programme_id, number), on, records)

    def _judge_listed(
        self, listed_at: Stamp, programme_id: str, number: int, on: date, partner: str | None
    ) -> Enrolled:
        document = self._document(programme_id, number)
        return as_listed(document, self._offered(listed_at, partner), on)

    def _document(self, programme_id: str, number: int) -> ProgrammeDocument:
        version = programmes.get(self._engine, programme_id, number)
        if version is None:
            raise Unknown([Issue("programme_unknown", params={"value": programme_id})])
        return document_of(version)

    def _offer(self, _: Stamp, partner: str | None) -> Joined:
        return offered(self._engine, self._ground, partner)


class _Listed:
    """Sees when something was done last that is not of `ELSEWHERE`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read, self._last = NEVER, NEVER

    def seen(self, connection: Connection) -> int:
        """Return a number that is another one once something was."""
        with self._lock:
            if self._read == NEVER:
                self._read = self._last = _newest(connection)
            since = select(AUDIT.c.number, AUDIT.c.what).where(AUDIT.c.number > self._read)
            for number, what in connection.execute(since.order_by(AUDIT.c.number)):
                self._read = number
                self._last = self._last if what.partition(".")[0] in ELSEWHERE else number
            return self._last


def _newest(connection: Connection) -> int:
    return connection.execute(select(func.max(AUDIT.c.number))).scalar_one() or 0


def _num_nouns(connection: Connection) -> tuple[int, int]:
    """Count what tells of a catalog put in the place of another: states of nouns; products, of the first."""
    counts = (select(func.count()).select_from(table) for table in (EDITIONS, TABLES["products"].table))
    num_editions, num_products = (connection.execute(count).scalar_one() for count in counts)
    return num_editions, num_products
