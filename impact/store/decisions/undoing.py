"""Imports of one database, and undoing them where nothing was decided on their ground."""

from impact.access import Actor
from impact.catalog.listing import Listing
from impact.store.database import Database, reading
from impact.store.decisions.grounds import stands_on
from impact.store.lists.imports import Import, history, known
from impact.store.lists.listings import Listings
from impact.store.lists.taking_back import undo


class Imports:
    """What partners' files changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, partner: str) -> tuple[Import, ...]:
        """Return what a partner's files changed, the newest first."""
        return history(self._database, partner)

    def get(self, import_id: str) -> Import | None:
        """Return an import, or None where there is none of that id."""
        return known(self._database, import_id)

    def listings(self, partner: str) -> tuple[Listing, ...]:
        """Return what a partner lists now."""
        with reading(self._database) as connection:
            return tuple(Listings(connection, partner).every().values())

    def undo(self, import_id: str, who: Actor, reason: str = "") -> Import:
        """Put back what an import changed; raises as `taking_back.undo` does."""
        return undo(self._database, import_id, who, stands_on=stands_on, reason=reason)
