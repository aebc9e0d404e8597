"""How long the graph takes, and how large it is, at the demo's size and at 100,000 products.

Each size runs in a process of its own, so that peak memory is that size's alone.
"""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import networkx as nx

from bench.catalogs import catalog_of, travel
from impact.matching.graph.build import build_graph
from impact.matching.graph.linkgraph import LinkGraph, link_graph

MONTH = 10
SIZES = (1_900, 100_000)
NETWORKX_LINKS = 1_000_000
"""Above so many links NetworkX' own graph is not made: it takes gigabytes."""


def rows() -> list[dict[str, object]]:
    """Measure each size: what was built, in how many seconds, with how many megabytes at most."""
    return [_in_own_process(size) for size in SIZES]


def measure(num_products: int) -> dict[str, object]:
    """Build a graph of `num_products` and lay it out for NetworkX, timing both."""
    catalog = catalog_of(num_products)
    km, days = travel(catalog)
    start = perf_counter()
    graph = build_graph(catalog, km, days, MONTH)
    built = perf_counter()
    columns = link_graph(graph)
    num_components = nx.number_connected_components(columns)
    laid_out = perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "products": num_products,
        "placements": len(catalog.placements),
        "links": len(graph.links),
        "build seconds": round(built - start, 2),
        "peak MB": round(peak_mb),
        "components": num_components,
        "columns and components seconds": round(laid_out - built, 3),
        **_against_networkx(columns, laid_out - built),
    }


def _against_networkx(columns: LinkGraph, seconds: float) -> dict[str, object]:
    """Time the same links and components as NetworkX' own graph, without attributes."""
    if columns.number_of_edges() > NETWORKX_LINKS:
        return {"nx.Graph seconds": None, "ratio": None}
    ends = columns.adjacency.tocoo()
    edges = [(columns.nodes[i], columns.nodes[j]) for i, j in zip(*ends.coords, strict=True) if i < j]
    start = perf_counter()
    graph = nx.Graph(edges)
    nx.number_connected_components(graph)
    took = perf_counter() - start
    return {"nx.Graph seconds": round(took, 2), "ratio": round(took / seconds)}


def _in_own_process(size: int) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.graph", "--size", str(size)]
    root = Path(__file__).parents[1]
    told: dict[str, object] = json.loads(
        subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    )
    return told


def main() -> list[dict[str, object]]:
    """Measure all sizes and print a line for each, or one size and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int)
    size = parser.parse_args().size
    if size:
        measured = [measure(size)]
        print(json.dumps(measured[0]))
        return measured
    measured = rows()
    for row in measured:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    return measured


if __name__ == "__main__":
    main()
