"""Measure everything and write bench/RESULTS.md; what is compared is measured in the same run."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench import distances, flow, graph, places, sample, slots, warm
from bench.table import table

RESULTS = Path(__file__).parent / "RESULTS.md"
PACKAGES = ("impact", "ortools", "numpy", "scipy", "networkx", "scikit-learn", "geopy")
SECTIONS = (
    ("The sample programme, stage by stage", "Medians of five runs, each a process of its own.", sample.rows),
    (
        "The graph",
        "Synthetic catalogs of the sample's shape; peak memory is the whole process's. The ratio is how many "
        "times longer NetworkX' own graph of the same links takes.",
        graph.rows,
    ),
    ("Distances", "Pairs of places all over China.", distances.rows),
    (
        "Which division a text means",
        "Labelled hard cases of `tests/data/places` (docs/regions.md tells the sets apart), each asked anew.",
        places.rows,
    ),
    (
        "Rules that are a network",
        "Medians of five runs on instances of `bench/engine`, with those of their rules that are a network: "
        "a min-cost flow, prices and their proof included, beside the dual simplex on the same rows.",
        flow.rows,
    ),
    (
        "Asked again",
        "One instance of `bench/engine` with rules of every kind, by the simplex, each plan checked. What is "
        "moved by 2 % and locked goes on from the plan before (medians of three runs); frontiers and "
        "conflicts start with a solve from nothing of their own (one run).",
        warm.rows,
    ),
    (
        "Slots in whole numbers",
        "Synthetic slots of four tracks over thirty days, at most 20 seconds, 1 % asked for; the gap is to a "
        "proved bound. The last row has only the rule that ties no two days.",
        slots.rows,
    ),
)


def main() -> None:
    """Measure section by section."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    told = [
        "# Measured\n",
        f"`make bench` wrote this: Python {platform.python_version()}, {os.cpu_count()} cores, {versions}.",
        "Machines are noisy: read ratios, not single times.",
    ]
    for title, note, rows in SECTIONS:
        print(f"{title} …", flush=True)
        told += [f"\n## {title}\n", f"{note}\n", table(rows())]
    RESULTS.write_text("\n".join(told) + "\n", "utf-8")
    print(f"Written to {RESULTS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main()
