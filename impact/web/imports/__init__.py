"""Partners' files, from upload to receipt: every step is a page, every file is read by a job.

Read `entering` for upload and history, `checking` for what was found in a file, `filled` for what its forms
say, `findings` for how what has to be mended is grouped, then `receipts` and `lists`.
"""

from flask import Blueprint

from impact.jobs.queue import Queue
from impact.store.database import Database
from impact.web.imports import checking, entering, lists, receipts


def register(pages: Blueprint, database: Database, queue: Queue) -> None:
    """Add the addresses of imports to `pages`."""
    entering.register(pages, database, queue)
    checking.register(pages, database, queue)
    receipts.register(pages, database, queue)
    lists.register(pages, database)
