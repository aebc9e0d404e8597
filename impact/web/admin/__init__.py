"""Pages of what stands behind programmes: partners, channels, what consumers want, and who is told.

Read `partners`, `channels`, `wants`, then `hooks`.
"""

from flask import Blueprint

from impact.store.database import Database
from impact.web.admin import channels, hooks, partners, wants


def register(pages: Blueprint, database: Database) -> None:
    """Add the pages to `pages`."""
    partners.register(pages, database)
    channels.register(pages, database)
    hooks.register(pages, database)
    wants.register(pages, database)
