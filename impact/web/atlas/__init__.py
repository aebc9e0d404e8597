"""The atlas of a plan: what is where on a map, what is linked with what, and what demand lacks supply."""

from flask import Blueprint

from impact.reports.solved import Shelf
from impact.web.atlas import maps, networks, recruits


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add its pages to `pages`."""
    maps.register(pages, shelf)
    networks.register(pages, shelf)
    recruits.register(pages, shelf)
