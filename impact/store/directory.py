"""The directory of one database: who the partners are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from impact.access import Actor
from impact.errors import Issue, Unknown
from impact.store import partners
from impact.store.database import Database
from impact.store.paging import Page, Part
from impact.store.partners import Partner


class Directory:
    """Keeps partners; what raises does so as `partners` says."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, part: Part) -> Page[Partner]:
        """Return partners in the order of their ids, the retired too."""
        return partners.listed(self._database, part)

    def get(self, partner_id: str) -> Partner:
        """Return a partner.

        Raises
        ------
        Unknown
            There is none of that id.
        """
        found = partners.get(self._database, partner_id)
        if found is None:
            raise Unknown([Issue("partner_unknown", params={"value": partner_id})])
        return found

    def create(self, partner: Partner, who: Actor) -> Partner:
        """Keep a new partner."""
        return partners.create(self._database, partner, who)

    def change(self, partner_id: str, stated: Mapping[str, Any], who: Actor, expected: int | None) -> Partner:
        """Change what is stated of the `expected` version of a partner."""
        before = self.get(partner_id)
        version = before.version if expected is None else expected
        return partners.change(self._database, replace(before, **stated, version=version), who)

    def retire(self, partner_id: str, who: Actor, expected: int | None, reason: str = "") -> Partner:
        """Take no more files of the `expected` version of a partner, for a `reason`."""
        return partners.retire(self._database, partner_id, who, expected=expected, reason=reason)
