"""Where producers are, as points over the points of all divisions: no boundary is drawn."""

from dataclasses import dataclass

from impact.model import Place
from impact.reports.producers import Row, rows
from impact.reports.solved import Solved


@dataclass(frozen=True)
class Points:
    """Divisions as the background, and producers with what they got."""

    divisions: tuple[Place, ...]
    producers: tuple[Row, ...]


def points(solved: Solved) -> Points:
    """Place every division that holds no smaller one (counties, and wider ones without), and producers."""
    regions = solved.graph.catalog.regions
    wider = {region.parent for region in regions}
    smallest = tuple(region.place for region in regions if region.adcode not in wider and region.place)
    return Points(smallest, rows(solved))
