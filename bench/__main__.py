"""Measure everything and write bench/RESULTS.md; what is compared is measured in the same run.

`python -m bench "Asked again" …` measures only the sections named, and leaves the others as they are.
"""

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench import (
    api,
    cancelling,
    catalog_files,
    conflicts,
    desk,
    distances,
    flow,
    freshness,
    graph,
    knob,
    levels,
    places,
    sample,
    slots,
    store,
    warm,
)
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
    ("Freshness", "Goods of every keeping to places all over China, all pairs.", freshness.rows),
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
        "conflicts start with a solve from nothing of their own (one run). Ratios are of CPU seconds.",
        warm.rows,
    ),
    (
        "Rules that conflict",
        "The sample's programme turned until its rules cannot hold together, on from its plan: CPU seconds "
        "until that is proved and told, until there is a way out to take, and until all is known, the last "
        "beside solving the programme from nothing. One run each.",
        lambda: list(conflicts.rows()),
    ),
    (
        "Best levels",
        "The best max-min level on instances of `bench/engine`, posing and its proof included, beside other "
        "rules of theirs (medians; one run beside rules of every kind).",
        levels.rows,
    ),
    (
        "Slots in whole numbers",
        "Synthetic slots of four tracks over thirty days, at most 20 seconds, 1 % asked for; the gap is to a "
        "proved bound. The last row has only the rule that ties no two days.",
        slots.rows,
    ),
    (
        "Partners' files",
        "Lists as partners write them (`bench/partner_rows.py`), by `catalog check` and "
        "`catalog commit` on SQLite, starting included; one row in a hundred is wrong. The floor reads "
        "the rows with Python's csv or calamine alone, and inserts what a commit kept, bare.",
        catalog_files.rows,
    ),
    (
        "One knob of a scenario",
        "Each number of the sample's programme moved down and up, of the two what takes longer. Seconds are "
        "what a browser waits from pressing the button until the plan stands beside: form, worker, solving, "
        "page; the first of all is pressed after three quarters of a minute, and thought of ahead "
        "(docs/adr/0047), which takes the CPU seconds below it. CPU seconds are of the job alone, going on "
        "from the plan of its parent, beside solving the number moved up from nothing.",
        knob.rows,
    ),
    (
        "Cancelling",
        "Large jobs of each kind, the sample's and a programme of 100,000 products (`run_scenario`), "
        "cancelled a second into a stage, on SQLite with one worker: seconds by the clock "
        "from asking until the job has ended; what did not stop within 1.25 the worker ends. A dash: it had "
        "ended by itself, 100,000 products for want of memory to solve them.",
        lambda: list(cancelling.rows()),
    ),
    (
        "The store",
        "A synthetic catalog of 100,000 products, of 1,000 producers and of as many, and a plan that gives "
        "something on a million links, kept and read on both databases, synced to disk. In brackets what "
        "this process computed; the rest is the server, the disk, and whoever else was busy. Reads are "
        "medians of 25.",
        store.rows,
    ),
    (
        "The API",
        "The sample's plan served by one process on SQLite, read by 16 clients as fast as it answers (1,600 "
        "answers, after one), then by each ten times a second, until the last byte. What nobody wrote into "
        "since is told again; not so pages that were not asked for before. Who writes does so ten times a "
        "second. The last row is a plan of 100,000 rows read by one client.",
        lambda: list(api.rows()),
    ),
    (
        "The desk's pages, huge",
        "Beside the sample, a partner that lists 10,000 goods, 10,000 jobs, a log of 100,000 entries and a "
        "file with 50,000 things wrong, on SQLite; pages are searched and paged on the server. The first "
        "look after anything changed judges who is in anew.",
        lambda: list(desk.rows()),
    ),
)


def main() -> None:
    """Measure section by section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help="Titles of sections to measure; all by default.")
    asked = parser.parse_args().sections or [title for title, _, _ in SECTIONS]
    known = _sections(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    told = [_preamble()]
    for title, note, rows in SECTIONS:
        if title in asked:
            print(f"{title} …", flush=True)
            known[title] = f"{note}\n\n{table(rows())}"
        if title in known:
            told.append(f"## {title}\n\n{known[title]}")
    RESULTS.write_text("\n\n".join(told) + "\n", "utf-8")
    print(f"Written to {RESULTS.relative_to(Path.cwd())}")


def _sections(text: str) -> dict[str, str]:
    """Return what was told of each section before, by its title."""
    parts = (part.partition("\n") for part in text.split("\n## ")[1:])
    return {title: told.strip() for title, _, told in parts}


def _preamble() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = platform.python_version()
    return (
        f"# Measured\n\n`make bench` wrote this: Python {python}, {os.cpu_count()} cores, {versions}.\n"
        "Machines are noisy: read ratios, not single times; CPU seconds tell least of what else they did."
    )


if __name__ == "__main__":
    main()
