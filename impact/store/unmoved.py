"""What was read lately, told again as long as nobody wrote into the database since, in whatever process."""

from collections.abc import Callable
from contextlib import closing
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Engine

from impact.store.people.hashed import hashed

Found = TypeVar("Found")
NEVER = -1


class Unmoved(Generic[Found]):
    """What `find` finds of secret texts, which are kept as hashes; what is not found is looked for each time.

    Only SQLite tells cheaply that nothing was written; other databases are asked each time.
    """

    def __init__(self, engine: Engine, find: Callable[[Engine, str], Found | None]) -> None:
        self._engine, self._find = engine, find
        self._writes = Writes(engine) if engine.dialect.name == "sqlite" else None
        self._known: tuple[int, dict[str, Found]] = (NEVER, {})

    def __call__(self, text: str) -> Found | None:
        """Return what `find` finds of `text`."""
        if self._writes is None:
            return self._find(self._engine, text)
        known, key = self._known_at(self._writes.seen()), hashed(text)
        if key not in known:
            found = self._find(self._engine, text)
            if found is None:
                return None
            known[key] = found
        return known[key]

    def _known_at(self, writes: int) -> dict[str, Found]:
        """Return what is known if so much was written; look at `writes` before anything is looked for."""
        known_at, known = self._known
        if known_at != writes:
            self._known = (writes, known := {})
        return known


class Writes:
    """Sees whether anything was committed to a SQLite database: by a connection that writes nothing."""

    def __init__(self, engine: Engine) -> None:
        connection = engine.raw_connection()
        connection.detach()
        self._connection, self._lock = connection, Lock()

    def seen(self) -> int:
        """Return a number that is another one once anything was committed."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("PRAGMA data_version")
            ((number,),) = cursor.fetchall()
        return int(number)
