"""The ground of every map: boundaries, where the operator has a file of them."""

from flask import Blueprint

from impact.regions.boundaries import Boundaries
from impact.web.plans import CACHED


def register(pages: Blueprint, boundaries: Boundaries | None) -> None:
    """Add the address of `boundaries` to `pages`, and let templates know of them."""
    lines = boundaries.lines if boundaries else ()
    pages.context_processor(lambda: {"boundaries": boundaries})
    pages.add_url_rule("/boundaries.json", "boundaries", lambda: ({"lines": lines}, CACHED))
