"""The graph as NetworkX sees it: nodes and neighbours in sorted columns, real graphs on demand."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from impact.arrays import Ints
from impact.matching.graph.links import PARTS, Graph

Node = Hashable
Attributes = Mapping[str, object]


@dataclass(frozen=True)
class LinkGraph:
    """An undirected graph that NetworkX takes as its own (backend ``impact``), with no object per edge.

    `adjacency` is symmetric; its entries are edge numbers counted from 1. `node_attributes` and
    `edge_attributes` say what is known of a node or an edge (counted from 0) when somebody asks.
    """

    nodes: Sequence[Node]
    adjacency: sparse.csr_array
    node_attributes: Callable[[int], Attributes]
    edge_attributes: Callable[[int], Attributes]

    __networkx_backend__ = "impact"

    @cached_property
    def number_of(self) -> Mapping[Node, int]:
        """The number of each node."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def degree_of(self) -> Ints:
        """How many neighbours each node has, shape ``(node,)``."""
        return np.diff(self.adjacency.indptr).astype(np.int64)

    @cached_property
    def component_of(self) -> Ints:
        """The component of each node, numbered in the order of their first nodes, shape ``(node,)``."""
        return csgraph.connected_components(self.adjacency, directed=False)[1].astype(np.int64)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __contains__(self, node: Node) -> bool:
        return node in self.number_of

    def is_directed(self) -> bool:
        return False

    def is_multigraph(self) -> bool:
        return False

    def number_of_nodes(self) -> int:
        return len(self.nodes)

    def number_of_edges(self) -> int:
        return int(self.adjacency.nnz + np.count_nonzero(self.adjacency.diagonal())) // 2

    def number(self, node: Node) -> int:
        """Return the number of `node`, or raise NetworkX' own `NodeNotFound`."""
        if node not in self.number_of:
            raise nx.NodeNotFound(f"Node {node!r} is not in the graph.")
        return self.number_of[node]

    def steps_from(self, node: Node, at_most: float = np.inf) -> Ints:
        """Count the steps from `node` to every other, -1 beyond `at_most`, shape ``(node,)``."""
        steps = np.full(len(self), -1, np.int64)
        front = np.array([self.number(node)])
        num_steps = 0
        while len(front):
            steps[front] = num_steps
            num_steps += 1
            near = np.unique(self.adjacency[front].indices) if num_steps <= at_most else front[:0]
            front = near[steps[near] < 0]
        return steps

    def ego(self, node: Node, radius: float = 1) -> "nx.Graph[Node]":
        """Return what lies within `radius` steps of `node` as a NetworkX graph."""
        return self._drawn(np.flatnonzero(self.steps_from(node, radius) >= 0))

    def to_networkx(self) -> "nx.Graph[Node]":
        """Return all of it as a NetworkX graph; heavy beyond some 100,000 edges."""
        return self._drawn(np.arange(len(self)))

    def _drawn(self, kept: Ints) -> "nx.Graph[Node]":
        drawn: nx.Graph[Node] = nx.Graph()
        drawn.add_nodes_from((self.nodes[i], dict(self.node_attributes(i))) for i in kept.tolist())
        among = sparse.triu(self.adjacency[kept][:, kept], format="coo")
        names = [self.nodes[i] for i in kept.tolist()]
        drawn.add_edges_from(
            (names[i], names[j], dict(self.edge_attributes(edge - 1)))
            for i, j, edge in zip(among.row.tolist(), among.col.tolist(), among.data.tolist(), strict=True)
        )
        return drawn


def link_graph(graph: Graph) -> LinkGraph:
    """Lay out links as a bipartite graph of nodes ``("product", id)`` and ``("placement", id)``.

    An edge carries `score`, `value` and the parts of its evidence by name.
    """
    products, placements, links = graph.catalog.products, graph.catalog.placements, graph.links
    score = links.score

    def of_node(number: int) -> Attributes:
        if number < len(products):
            product = products[number]
            return {
                "bipartite": 0,
                "name": product.name,
                "category": product.category,
                "producer": product.producer_id,
            }
        placement = placements[number - len(products)]
        return {"bipartite": 1, "segment": placement.segment_id, "channel": placement.channel_id}

    def of_edge(link: int) -> Attributes:
        evidence = dict(zip(PARTS, links.parts[:, link].tolist(), strict=True))
        return {"score": float(score[link]), "value": float(links.value[link]), **evidence}

    names = [("product", product.product_id) for product in products]
    names += [("placement", placement.placement_id) for placement in placements]
    return LinkGraph(
        names, adjacency(links.product_of, links.placement_of + len(products), len(names)), of_node, of_edge
    )


def adjacency(ends: Ints, other_ends: Ints, num_nodes: int) -> sparse.csr_array:
    """Return the symmetric matrix of edges between `ends` and `other_ends`, numbered from 1; loops once."""
    edge = np.arange(1, len(ends) + 1)
    there = ends != other_ends
    rows = np.concatenate([ends, other_ends[there]])
    columns = np.concatenate([other_ends, ends[there]])
    return sparse.csr_array(
        (np.concatenate([edge, edge[there]]), (rows, columns)), shape=(num_nodes, num_nodes)
    )
