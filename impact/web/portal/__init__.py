"""The portal: a partner sees its own producers, how they stand in a programme, and what to do next.

Read `own` for what a partner has, then `lists` and `producer`.
"""

from flask import Blueprint

from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.web.portal import lists, producer
from impact.web.portal.own import Owners


def register(pages: Blueprint, shelf: Shelf, database: Database) -> None:
    """Add the portal to `pages`."""
    owners = Owners(database, shelf)
    lists.register(pages, database, owners)
    producer.register(pages, database, owners)
