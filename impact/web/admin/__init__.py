"""Pages of what stands behind programmes: partners, channels, and who is told of what.

Read `partners`, `channels`, then `hooks`.
"""

from flask import Blueprint

from impact.store.database import Database
from impact.web.admin import channels, hooks, partners


def register(pages: Blueprint, database: Database) -> None:
    """Add the pages to `pages`."""
    partners.register(pages, database)
    channels.register(pages, database)
    hooks.register(pages, database)
