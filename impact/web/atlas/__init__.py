"""The atlas of a plan: what is where on a map, what is linked with what, and what demand lacks supply."""

from flask import Blueprint

from impact.regions.boundaries import Boundaries
from impact.reports.solved import Shelf
from impact.web.atlas import grounds, maps, networks, recruits


def register(pages: Blueprint, shelf: Shelf, boundaries: Boundaries | None) -> None:
    """Add its pages to `pages`."""
    grounds.register(pages, boundaries)
    maps.register(pages, shelf)
    networks.register(pages, shelf)
    recruits.register(pages, shelf)
