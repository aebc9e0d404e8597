"""What NetworkX finds under the name ``impact``: `dispatcher` runs its algorithms over a `LinkGraph`.

Algorithms are called by NetworkX (``nx.connected_components(link_graph(graph))``), with its own arguments
and answers; whatever is not here it runs itself after `convert_to_nx`, if ``nx.config.fallback_to_nx``
is set.
"""

from collections.abc import Iterator

import networkx as nx
import numpy as np

from impact.arrays import Ints
from impact.matching.graph.linkgraph import LinkGraph, Node, adjacency

ALGORITHMS = (
    "connected_components",
    "degree_centrality",
    "ego_graph",
    "is_connected",
    "is_isolate",
    "isolates",
    "node_connected_component",
    "number_connected_components",
    "number_of_isolates",
    "single_source_shortest_path_length",
)


class Dispatcher:
    """The algorithms that are natural over columns, under NetworkX' names."""

    def can_run(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> bool:
        """Tell whether `name` is among the algorithms here."""
        return name in ALGORITHMS

    def should_run(self, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> bool:
        """Tell whether it pays: always."""
        return True

    def convert_from_nx(self, graph: "nx.Graph[Node]", **_wanted: object) -> LinkGraph:
        """Lay out an undirected simple graph in columns; attributes stay those of `graph`."""
        if graph.is_directed() or graph.is_multigraph():
            raise NotImplementedError("Only undirected graphs without parallel edges fit into a LinkGraph.")
        nodes = list(graph)
        number_of = {node: number for number, node in enumerate(nodes)}
        edges = list(graph.edges(data=True))
        ends = np.array([[number_of[a], number_of[b]] for a, b, _ in edges], np.int64).reshape(-1, 2)
        columns = adjacency(ends[:, 0], ends[:, 1], len(nodes))
        return LinkGraph(nodes, columns, lambda node: graph.nodes[nodes[node]], lambda edge: edges[edge][2])

    def convert_to_nx(self, result: object, **_named: object) -> object:
        """Turn a `LinkGraph` into a NetworkX graph, and leave any other result as it is."""
        return result.to_networkx() if isinstance(result, LinkGraph) else result

    def connected_components(self, G: LinkGraph) -> Iterator[set[Node]]:  # noqa: N803
        """Generate components as sets of nodes."""
        order = np.argsort(G.component_of, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(G.component_of[order])) + 1):
            if len(members):
                yield _named(G, members)

    def number_connected_components(self, G: LinkGraph) -> int:  # noqa: N803
        return int(G.component_of.max(initial=-1)) + 1

    def node_connected_component(self, G: LinkGraph, n: Node) -> set[Node]:  # noqa: N803
        return _named(G, np.flatnonzero(G.component_of == G.component_of[G.number(n)]))

    def is_connected(self, G: LinkGraph) -> bool:  # noqa: N803
        if not len(G):
            raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
        return self.number_connected_components(G) == 1

    def isolates(self, G: LinkGraph) -> Iterator[Node]:  # noqa: N803
        return (G.nodes[i] for i in np.flatnonzero(G.degree_of == 0).tolist())

    def is_isolate(self, G: LinkGraph, n: Node) -> bool:  # noqa: N803
        return bool(G.degree_of[G.number(n)] == 0)

    def number_of_isolates(self, G: LinkGraph) -> int:  # noqa: N803
        return int(np.count_nonzero(G.degree_of == 0))

    def degree_centrality(self, G: LinkGraph) -> dict[Node, float]:  # noqa: N803
        """Scale degrees by the most a node can have; the only node of a graph counts as 1."""
        if len(G) <= 1:
            return dict.fromkeys(G, 1.0)
        return dict(zip(G.nodes, (G.degree_of * (1 / (len(G) - 1))).tolist(), strict=True))

    def single_source_shortest_path_length(
        self,
        G: LinkGraph,  # noqa: N803
        source: Node,
        cutoff: float | None = None,
    ) -> dict[Node, int]:
        """Count steps to every node in reach, the nearest first."""
        steps = G.steps_from(source, np.inf if cutoff is None else cutoff)
        order = np.argsort(steps, kind="stable")
        return {G.nodes[i]: int(steps[i]) for i in order[np.count_nonzero(steps < 0) :].tolist()}

    def ego_graph(  # noqa: PLR0917 - the signature is NetworkX' own
        self,
        G: LinkGraph,  # noqa: N803
        n: Node,
        radius: float = 1,
        center: bool = True,
        undirected: bool = False,
        distance: str | None = None,
    ) -> "nx.Graph[Node]":
        """Return what lies within `radius` steps of `n`."""
        if not center or distance is not None:
            raise NotImplementedError("An ego graph here has its centre and counts steps.")
        return G.ego(n, radius)


dispatcher = Dispatcher()


def describe() -> dict[str, object]:
    """Tell NetworkX what this backend is."""
    about = "Products and placements in sorted columns; see impact.matching.graph.linkgraph."
    functions = {name: {"additional_docs": "Runs over sorted columns."} for name in ALGORITHMS}
    return {"backend_name": "impact", "project": "impact", "description": about, "functions": functions}


def _named(graph: LinkGraph, numbers: Ints) -> set[Node]:
    return {graph.nodes[i] for i in numbers.tolist()}
