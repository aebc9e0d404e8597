"""Programmes as people begin, read and change them.

Read `lists` for the list and for beginning one, `goals` for the page of one and its goal, `enrolled` for who
is in and who is not, `changing` for its other parts, each with a form of its own, `readings` for what people
state of its milestones, then `told` for how a programme is put into sentences and `filled` for its forms.
"""

from collections.abc import Callable

from flask import Blueprint

from impact.regions.resolver import Resolver
from impact.store.database import Database
from impact.web.programmes import changing, enrolled, goals, lists, readings


def register(pages: Blueprint, database: Database, resolver: Callable[[], Resolver]) -> None:
    """Add the addresses of programmes to `pages`."""
    lists.register(pages, database)
    goals.register(pages, database)
    changing.register(pages, database, resolver)
    enrolled.register(pages, database)
    readings.register(pages, database)
