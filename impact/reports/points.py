"""Where producers are, as points over the points of all counties: no boundary is drawn."""

from dataclasses import dataclass

from impact.model import Level, Place
from impact.reports.producers import Row, rows
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Points:
    """County seats as the background, and producers with what they got."""

    counties: tuple[Place, ...]
    producers: tuple[Row, ...]


def points(solved: Solved) -> Points:
    """Place everything that has a place."""
    regions = solved.graph.catalog.regions
    counties = tuple(region.place for region in regions if region.level is Level.COUNTY and region.place)
    return Points(counties, rows(solved))
