"""What was read lately, told again as long as nobody wrote into the database since, in whatever process."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Engine

Found = TypeVar("Found")
NEVER = -1
MOST = 1_000
"""So much is remembered at most; what comes on top begins anew."""


class Unmoved(Generic[Found]):
    """What was found under keys, none of which may be a secret.

    Only SQLite tells cheaply that nothing was written; with other databases nothing is remembered.
    """

    def __init__(self, engine: Engine) -> None:
        self._writes = Writes(engine) if engine.dialect.name == "sqlite" else None
        self._known: tuple[int, dict[Hashable, Found]] = (NEVER, {})

    def told(self, key: Hashable, find: Callable[[], Found | None]) -> Found | None:
        """Return what `find` found, which has to follow from `key` and the database; None is found anew."""
        if self._writes is None:
            return find()
        known = self._known_at(self._writes.seen())
        if key not in known:
            found = find()
            if found is None:
                return None
            known[key] = found
        return known[key]

    def __len__(self) -> int:
        """Count what is remembered."""
        return len(self._known[1])

    def _known_at(self, writes: int) -> dict[Hashable, Found]:
        """Return what is known if so much was written; look at `writes` before anything is looked for."""
        known_at, known = self._known
        if known_at != writes or len(known) > MOST:
            self._known = (writes, known := {})
        return known


class Writes:
    """Sees whether anything was committed to a SQLite database: by a connection that writes nothing."""

    def __init__(self, engine: Engine) -> None:
        connection = engine.raw_connection()
        connection.detach()
        self._cursor, self._lock = connection.cursor(), Lock()

    def seen(self) -> int:
        """Return a number that is another one once anything was committed."""
        with self._lock:
            self._cursor.execute("PRAGMA data_version")
            ((number,),) = self._cursor.fetchall()
        return int(number)
