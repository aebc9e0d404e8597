"""Neighbourhood: a producer's goods, where they reach and beside whom, as a NetworkX graph to be drawn."""

from typing import TypedDict

import networkx as nx
import numpy as np

from impact.arrays import Ints
from impact.matching.graph.linkgraph import link_graph
from impact.model import Place
from impact.reports.solved import Solved

MOST_PLACEMENTS, MOST_RIVALS = 24, 8
PRODUCER, PRODUCT, PLACEMENT, RIVAL = range(4)
"""Layers of the drawing, from left to right."""
Node = tuple[str, str]
"""What a node is, and its id."""


class Drawing(TypedDict):
    """What a node is drawn by, beside what `link_graph` says of it."""

    layer: int
    name: str
    lat: float
    lng: float


def neighbourhood(
    solved: Solved, producer: int, num_placements: int = MOST_PLACEMENTS, num_rivals: int = MOST_RIVALS
) -> "nx.Graph[Node]":
    """Draw producer number `producer`: its products, their best placements, and who else is shown there.

    Nodes are ``("producer" | "product" | "placement", id)`` with `layer`, `name`, `lat`, `lng`, and `x` and
    `y` of the drawing, the same every time. An edge of a link carries its `exposure`, `score`, `value` and
    the parts of its evidence. Placements in use come first, then those that fit best.
    """
    network, problem = link_graph(solved.graph), solved.problem
    own = np.flatnonzero(problem.producer_of_product == producer)
    links = _best_links(solved, own, num_placements)
    shown = np.concatenate([links, _rival_links(solved, own, links, num_rivals)])
    around = [
        ("product", problem.product_ids[i]) for i in np.union1d(own, problem.product_of[shown]).tolist()
    ]
    egos = [nx.ego_graph(network, node, backend="impact") for node in around]
    near = {("placement", problem.placement_ids[i]) for i in problem.placement_of[links].tolist()}
    drawn: nx.Graph[Node] = nx.Graph(nx.compose_all(egos).subgraph({*around, *near}) if egos else None)
    _give_exposure(drawn, solved)
    _place(drawn, solved, producer)
    return drawn


def _best_links(solved: Solved, own: Ints, num_placements: int) -> Ints:
    """Choose the links of some products to so many placements: used ones first, then the best fits."""
    mine = np.flatnonzero(np.isin(solved.problem.product_of, own))
    order = mine[np.lexsort((-solved.graph.links.score[mine], -solved.plan.exposure[mine]))]
    placement_of = solved.problem.placement_of[order]
    _, first = np.unique(placement_of, return_index=True)
    return order[np.isin(placement_of, placement_of[np.sort(first)[:num_placements]])]


def _rival_links(solved: Solved, own: Ints, links: Ints, num_rivals: int) -> Ints:
    """Choose the links by which others are shown most in the same placements, of so many products."""
    problem, exposure = solved.problem, solved.plan.exposure
    there = np.isin(problem.placement_of, problem.placement_of[links])
    others = np.flatnonzero(there & ~np.isin(problem.product_of, own) & (exposure > 0))
    shown = np.bincount(problem.product_of[others], exposure[others], len(problem.product_ids))
    most = np.argsort(-shown, kind="stable")[:num_rivals]
    return others[np.isin(problem.product_of[others], most)]


def _give_exposure(drawn: "nx.Graph[Node]", solved: Solved) -> None:
    """Tell every link of a drawing what the plan gave it."""
    problem = solved.problem
    number = {("product", name): i for i, name in enumerate(problem.product_ids)}
    number |= {("placement", name): i for i, name in enumerate(problem.placement_ids)}
    key_of = problem.product_of * len(problem.placement_ids) + problem.placement_of
    for one, other, about in drawn.edges(data=True):
        product, placement = sorted((one, other), key=lambda node: node[0] == "placement")
        key = number[product] * len(problem.placement_ids) + number[placement]
        about["exposure"] = float(solved.plan.exposure[np.searchsorted(key_of, key)])


def _place(drawn: "nx.Graph[Node]", solved: Solved, producer: int) -> None:
    """Put the producer into a drawing, and give every node its place on the map and on the page."""
    catalog = solved.graph.catalog
    maker = catalog.producers[producer]
    segments = {segment.segment_id: segment for segment in catalog.segments}
    makers = {each.producer_id: each for each in catalog.producers}
    for _, about in drawn.nodes(data=True):
        if about["bipartite"]:
            about.update(_drawing(PLACEMENT, about["segment"], segments[about["segment"]].place))
        else:
            layer = PRODUCT if about["producer"] == maker.producer_id else RIVAL
            about.update(_drawing(layer, about["name"], makers[about["producer"]].place))
    own = [node for node, about in drawn.nodes(data=True) if about["layer"] == PRODUCT]
    drawn.add_node(("producer", maker.producer_id), **_drawing(PRODUCER, maker.name, maker.place))
    drawn.add_edges_from((("producer", maker.producer_id), node) for node in own)
    for node, (x, y) in nx.multipartite_layout(drawn, subset_key="layer").items():
        drawn.nodes[node].update(x=float(x), y=float(y))


def _drawing(layer: int, name: str, place: Place) -> Drawing:
    return Drawing(layer=layer, name=name, lat=place.lat, lng=place.lng)
