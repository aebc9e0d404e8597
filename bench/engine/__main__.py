"""Measure the engine beside its peers and write bench/ENGINE.md."""

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench.engine.measuring import Run, in_own_process
from bench.engine.peers import HANDED, PEERS
from bench.engine.report import NOTES, section

RESULTS = Path(__file__).parents[1] / "ENGINE.md"
PACKAGES = ("impact", "ortools", "numpy", "scipy")
SIZES = "1e4,1e5"
RUNS = 3
LONG_SECONDS = 60.0
"""A peer that takes longer is measured once."""
PREAMBLE = """# The engine beside its peers

`make bench-engine` wrote this: Python {python}, {cores} cores, {versions}; HiGHS is the one in OR-Tools.

Instances are generated (`bench/engine/instances.py`, seed 0). Times and memory are medians of as many runs as
are told, in turn, each a process of its own; a peer that takes over {long:.0f} s runs once, and may try for
{seconds:.0f} s by the clock. Machines are noisy: read ratios of CPU seconds, not single times.

DuaLip is left out: it needs PyTorch, which this project does not install, and the Python package index has
no package of it.
"""


def main() -> None:
    """Measure size by size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="Links, separated by commas.")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seconds", type=float, default=120.0, help="How long each peer may try.")
    asked = parser.parse_args()
    sizes = [int(float(size)) for size in asked.sizes.split(",")]
    told = [section(_runs(size, asked.runs, asked.seconds), HANDED) for size in sizes]
    RESULTS.write_text("\n\n".join([_preamble(asked.seconds).strip(), NOTES, *told]) + "\n", "utf-8")
    print(f"Written to {RESULTS.relative_to(Path.cwd())}")


def _runs(size: int, num_runs: int, seconds: float) -> dict[str, list[Run]]:
    """Run the peers in turn, so that what else the machine does hits all of them alike."""
    runs: dict[str, list[Run]] = {peer: [] for peer in PEERS}
    for turn in range(num_runs):
        for peer, done in runs.items():
            if turn and done[0].build_seconds + done[0].solve_seconds > LONG_SECONDS:
                continue
            print(f"{size:,} links, turn {turn + 1}: {peer} …", flush=True)
            done.append(in_own_process(size, peer, seconds, compared=turn == 0))
    return runs


def _preamble(seconds: float) -> str:
    return PREAMBLE.format(
        python=platform.python_version(),
        cores=os.cpu_count(),
        versions=", ".join(f"{name} {version(name)}" for name in PACKAGES),
        long=LONG_SECONDS,
        seconds=seconds,
    )


if __name__ == "__main__":
    main()
