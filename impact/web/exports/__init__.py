"""A plan to take away: as files, as a run that anybody can verify, on paper, and for everybody to look at.

Read `files`, then `printed` and `public`.
"""

from flask import Blueprint

from impact.jobs.queue import Queue
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.store.decisions.naming import PlanNames
from impact.web.exports import files, printed, public


def register(pages: Blueprint, shelf: Shelf, database: Database, queue: Queue, names: PlanNames) -> None:
    """Add what is taken away of plans to `pages`."""
    files.register(pages, shelf, queue, names)
    printed.register(pages, shelf, database)
    public.register(pages, shelf, database)
