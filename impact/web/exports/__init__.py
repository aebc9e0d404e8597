"""A plan to take away: as files, as a run that anybody can verify, and on paper.

Read `files`, then `printed`.
"""

from flask import Blueprint

from impact.jobs.queue import Queue
from impact.reports.solved import Shelf
from impact.store.database import Database
from impact.web.exports import files, printed


def register(pages: Blueprint, shelf: Shelf, database: Database, queue: Queue) -> None:
    """Add what is taken away of plans to `pages`."""
    files.register(pages, shelf, queue)
    printed.register(pages, shelf, database)
