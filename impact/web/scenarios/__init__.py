"""Scenarios as people begin, change and run them: rules are sentences whose numbers are set in place.

Read `beginning` and `asking` for the addresses, `filled` for what the form says, then `conflicts`, and
`pricing` for what a lock costs, `frontiers` for what a rule does.
"""

from flask import Blueprint

from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.web.scenarios import asking, beginning, conflicts, frontiers, pricing


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add the addresses of scenarios to `pages`."""
    beginning.register(pages, database)
    asking.register(pages, database, queue)
    conflicts.register(pages, database, queue)
    pricing.register(pages, database, queue)
    frontiers.register(pages, database, queue)
