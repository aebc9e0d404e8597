"""The live catalog a noun or a page of nouns at a time, in the order of their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from impact.store.catalogs import TABLES
from impact.store.database import Database, reading


@dataclass(frozen=True)
class Wanted:
    """Which nouns: those whose fields are as stated and whose name holds `words`, behind the id `after`."""

    fields: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    after: str = ""
    limit: int = 20


class NounShelf:
    """The nouns of one database, by the name of their table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, kind: str, name: str) -> object | None:
        """Return the noun of that id, or None where there is none."""
        with reading(self._database) as connection:
            return TABLES[kind].one(connection, name)

    def page(self, kind: str, wanted: Wanted) -> tuple[object, ...]:
        """Return the first `limit` nouns that are wanted."""
        with reading(self._database) as connection:
            return TABLES[kind].some(connection, wanted.fields, wanted.words, (wanted.after, wanted.limit))
