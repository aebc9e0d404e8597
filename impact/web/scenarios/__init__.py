"""Scenarios as people begin, change and run them: rules are sentences whose numbers are set in place.

Read `beginning` and `asking` for the addresses, `filled` and `locked` for what the form says, `foresight`
for what shows before anything is solved and `result` for what came of it, then `conflicts`, `pricing` for
what a lock costs and `frontiers` for what a rule does, told by `swept`; `kept` is how each finds and saves a
scenario.
"""

from flask import Blueprint

from impact.jobs.queue import Queue
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.web.scenarios import asking, beginning, conflicts, foresight, frontiers, pricing


def register(pages: Blueprint, shelf: Shelf, database: Database, queue: Queue) -> None:
    """Add the addresses of scenarios to `pages`."""
    beginning.register(pages, database, queue)
    asking.register(pages, shelf, database, queue)
    foresight.register(pages, database, queue)
    conflicts.register(pages, database, queue)
    pricing.register(pages, database, queue)
    frontiers.register(pages, database, queue)
