"""Who reaches nobody, and whom nobody reaches: the two ends where the graph is thin."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from impact.arrays import Floats, Ints
from impact.matching.graph.linkgraph import link_graph
from impact.matching.graph.links import Graph
from impact.model import Place

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Neighbour:
    """A product of the same category that does reach consumers, and how far away it is made."""

    product_id: str
    km: float


@dataclass(frozen=True)
class Isolation:
    """How a producer stands in the graph.

    `reasons` counts, for each code that kept placements from its products, how many, most first.
    `num_products` and `num_placements` are the size of what it is connected with, itself included: one
    product and no placement for a producer that reaches nobody.
    """

    producer_id: str
    num_links: int
    reasons: Mapping[str, int]
    num_products: int
    num_placements: int
    neighbour: Neighbour | None


def why_isolated(graph: Graph, producer_id: str) -> Isolation:
    """Say what keeps a producer from consumers, and who of its kind nearby does reach them."""
    own = _products(graph, producer_id)
    network = link_graph(graph)
    nodes = [("product", graph.catalog.products[i].product_id) for i in own.tolist()]
    joined = set().union(*(nx.node_connected_component(network, node, backend="impact") for node in nodes))
    num_products = len(
        joined.intersection(("product", product.product_id) for product in graph.catalog.products)
    )
    return Isolation(
        producer_id=producer_id,
        num_links=int(np.isin(graph.links.product_of, own).sum()),
        reasons=_reasons(graph, own),
        num_products=num_products,
        num_placements=len(joined) - num_products,
        neighbour=_neighbour(graph, own),
    )


def unmet_placements(graph: Graph) -> tuple[str, ...]:
    """Name the placements that no product reaches: demand with no eligible supply, the greatest first."""
    placements = graph.catalog.placements
    num_links = np.bincount(graph.links.placement_of, minlength=len(placements))
    supply = np.array([placement.supply for placement in placements], float)
    unmet = np.flatnonzero((num_links == 0) & (supply > 0))
    return tuple(
        placements[i].placement_id for i in unmet[np.argsort(-supply[unmet], kind="stable")].tolist()
    )


def _products(graph: Graph, producer_id: str) -> Ints:
    own = [i for i, product in enumerate(graph.catalog.products) if product.producer_id == producer_id]
    if not own:
        raise KeyError(f"No product of producer {producer_id} in the catalog.")
    return np.array(own, np.int64)


def _reasons(graph: Graph, own: Ints) -> Mapping[str, int]:
    counts = {reason: int(num[own].sum()) for reason, num in graph.refused.items()}
    return {reason: num for reason, num in sorted(counts.items(), key=lambda item: -item[1]) if num}


def _neighbour(graph: Graph, own: Ints) -> Neighbour | None:
    """Find the nearest product of another producer that shares a category with `own` and has a link."""
    products = graph.catalog.products
    producer_id = products[own[0]].producer_id
    place_of = {producer.producer_id: producer.place for producer in graph.catalog.producers}
    categories = {products[i].category for i in own.tolist()}
    linked = np.unique(graph.links.product_of).tolist()
    near = [
        i for i in linked if products[i].category in categories and products[i].producer_id != producer_id
    ]
    if not near:
        return None
    km = _km(place_of[producer_id], [place_of[products[i].producer_id] for i in near])
    return Neighbour(products[near[int(km.argmin())]].product_id, float(km.min()))


def _km(origin: Place, targets: list[Place]) -> Floats:
    """Compute kilometres on a sphere, within 0.6 % of the geodesic, shape ``(target,)``."""
    lat, lng = np.radians([[place.lat, place.lng] for place in targets]).T
    lat0, lng0 = np.radians([origin.lat, origin.lng])
    half = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat) * np.cos(lat0) * np.sin((lng - lng0) / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return distance
