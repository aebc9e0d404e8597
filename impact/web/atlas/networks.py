"""The network around a producer: its products, whom they reach, and who else is shown there."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

from flask import Blueprint, abort, render_template, url_for

from impact.i18n.sentences import placement_name
from impact.reports.neighbourhood import PLACEMENT, PRODUCER, PRODUCT, RIVAL, Node, neighbourhood
from impact.reports.solved import Shelf, Solved
from impact.web.language import spoken
from impact.web.plans import LANG, solved_or_404

LAYERS = (PRODUCER, PRODUCT, PLACEMENT, RIVAL)
COLUMNS = (8.0, 180.0, 420.0, 790.0)
"""Where each layer stands, in units of the drawing."""
ROOMS = (150.0, 150.0, 290.0, 200.0)
"""How much of a name each layer has room for, in the same units."""
WIDTH, ROW, MARGIN = 1000.0, 30.0, 20.0
THIN, THICK = 0.8, 7.0
WIDE_LETTER, LETTER = 13.0, 7.0
"""How much room a letter of a name takes, a Chinese one and any other."""
BESIDE, SHORTEST = 14.0, 60.0
"""How far behind a name its lines begin, and how far at least they run."""


@dataclass(frozen=True)
class Spot:
    """A node as drawn: what it is called, whole and as there is room for, where it stands, where it leads."""

    name: str
    short: str
    kind: str
    x: float
    y: float
    address: str


@dataclass(frozen=True)
class Strand:
    """An edge as drawn, and what the table says of it; `own` is one of the producer's own products."""

    path: str
    width: float
    product: str
    placement: str
    exposure: float
    score: float
    own: bool
    address: str


def register(pages: Blueprint, shelf: Shelf) -> None:
    """Add the address of the network to `pages`."""

    @pages.get(f"{LANG}/plans/<plan_id>/producers/<producer_id>/network", endpoint="network")
    def _network(plan_id: str, producer_id: str) -> str:
        solved = solved_or_404(shelf, plan_id)
        if producer_id not in solved.problem.producer_ids:
            abort(404)
        return _page(solved, solved.problem.producer_ids.index(producer_id))


def _page(solved: Solved, number: int) -> str:
    drawing = _Drawing(solved, number)
    strands = sorted(drawing.strands(), key=lambda each: (not each.own, -each.exposure, -each.score))
    return render_template(
        "atlas/network.html",
        solved=solved,
        producer=solved.graph.catalog.producers[number],
        spots=[drawing.spot(node) for node in drawing.nodes],
        strands=strands,
        stems=list(drawing.stems()),
        size=(WIDTH, drawing.height),
        num_own=sum(each.own for each in strands),
        num_used=sum(each.own and each.exposure > 0 for each in strands),
    )


class _Drawing:
    """A neighbourhood put on paper: layers from left to right, each in the order that the layout gave it."""

    def __init__(self, solved: Solved, number: int) -> None:
        self._solved, self._lang = solved, spoken()
        graph = neighbourhood(solved, number)
        self._edges = list(graph.edges(data=True))
        self.nodes: dict[Node, dict[str, Any]] = {node: graph.nodes[node] for node in graph}
        tall = max(
            (sum(about["layer"] == layer for about in self.nodes.values()) for layer in LAYERS), default=1
        )
        self.height = ROW * max(tall, 3) + 2 * MARGIN
        self._most = max((about["exposure"] for *_, about in self._edges if "exposure" in about), default=0.0)
        self._placements = {each.placement_id: each for each in solved.graph.catalog.placements}

    def spot(self, node: Node) -> Spot:
        """Place a node."""
        x, y = self._at(node)
        kind, name = node
        kind_drawn = f"{kind}-{self.nodes[node]['layer']}"
        return Spot(self._name(node), self._short(node), kind_drawn, x, y, self._address(kind, name))

    def strands(self) -> Iterator[Strand]:
        """Draw the links of products with placements."""
        for one, other, about in self._edges:
            if "exposure" in about:
                product, placement = sorted((one, other), key=lambda node: node[0] == "placement")
                yield Strand(
                    self._path(product, placement),
                    self._width(about["exposure"]),
                    self._name(product),
                    self._name(placement),
                    about["exposure"],
                    about["score"],
                    self.nodes[product]["layer"] == PRODUCT,
                    url_for(
                        "web.explained",
                        plan_id=self._solved.plan_id,
                        product=product[1],
                        placement=placement[1],
                    ),
                )

    def stems(self) -> Iterator[str]:
        """Draw the lines from the producer to its products."""
        return (self._path(one, other) for one, other, about in self._edges if "exposure" not in about)

    def _at(self, node: Node) -> tuple[float, float]:
        layer = self.nodes[node]["layer"]
        ranks = sorted(
            (about["y"], str(other)) for other, about in self.nodes.items() if about["layer"] == layer
        )
        rank = ranks.index((self.nodes[node]["y"], str(node)))
        step = (self.height - 2 * MARGIN) / len(ranks)
        return COLUMNS[layer], MARGIN + step * (rank + 0.5)

    def _path(self, one: Node, other: Node) -> str:
        """Draw a line from behind the name of the left one to the right one."""
        left, right = sorted((one, other), key=self._at)
        (x1, y1), (x2, y2) = self._at(left), self._at(right)
        x1 = min(x1 + BESIDE + _length(self._short(left)), x2 - SHORTEST)
        bend = (x1 + x2) / 2
        return f"M{x1:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"

    def _width(self, exposure: float) -> float:
        return THIN + (THICK - THIN) * (exposure / self._most if self._most else 0.0)

    def _name(self, node: Node) -> str:
        kind, name = node
        if kind == "placement":
            return placement_name(self._placements[name], self._solved.graph.catalog, self._lang)
        return str(self.nodes[node]["name"])

    def _short(self, node: Node) -> str:
        return _shortened(self._name(node), ROOMS[self.nodes[node]["layer"]])

    def _address(self, kind: str, name: str) -> str:
        plan_id = self._solved.plan_id
        if kind == "placement":
            return url_for("web.explained", plan_id=plan_id, segment=self._placements[name].segment_id)
        if kind == "producer":
            return url_for("web.producer", plan_id=plan_id, producer_id=name)
        return url_for("web.explained", plan_id=plan_id, product=name)


def _length(name: str) -> float:
    """Say how long a name is as drawn, in units of the drawing."""
    return sum(WIDE_LETTER if east_asian_width(letter) in "WF" else LETTER for letter in name)


def _shortened(name: str, room: float) -> str:
    """Cut a name off where its room ends, and say so by three dots."""
    if _length(name) <= room:
        return name
    ends = accumulate(map(_length, name))
    return name[: sum(end <= room - WIDE_LETTER for end in ends)].rstrip() + "…"
