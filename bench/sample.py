"""How long each stage of the sample programme takes, and what the solver alone would."""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from impact.catalog.sample.load import load_sample
from impact.config import DATA
from impact.matching.pose import pose
from impact.matching.rules import RULES
from impact.matching.solvers.glop import solve_linear
from impact.pipeline import run, with_belts
from impact.programmes.reading import read_programme
from impact.timing import Stopwatch

RUNS = 5
STAGES = ("load", "belts", "match", "build", "solve", "check")


def rows() -> list[dict[str, object]]:
    """Run the sample programme `RUNS` times, each in a process of its own; give the medians."""
    runs = [_in_own_process() for _ in range(RUNS)]
    links = runs[0]["links"]
    return [
        {
            "stage": stage,
            "links": int(links),
            "median seconds": round(median(times), 3),
            "fastest": round(min(times), 3),
            "slowest": round(max(times), 3),
        }
        for stage in (*STAGES, "the solver alone, same rows")
        for times in [[run[stage] for run in runs]]
    ]


def measure() -> dict[str, float]:
    """Time each stage once, then the solver alone on the same rows."""
    watch = Stopwatch()
    with watch.stage("load"):
        catalog = load_sample(DATA)
    with watch.stage("belts"):
        catalog = with_belts(catalog)
    programme = read_programme(DATA / "demo" / "programme.json")
    solved = run(catalog, programme, watch=watch)
    program = pose(solved.problem, RULES.validate_python(programme.rules)).program
    start = perf_counter()
    solve_linear(program, 60.0)
    alone = perf_counter() - start
    return {**watch.seconds, "the solver alone, same rows": alone, "links": float(solved.problem.num_links)}


def _in_own_process() -> dict[str, float]:
    command = [sys.executable, "-m", "bench.sample"]
    root = Path(__file__).parents[1]
    told: dict[str, float] = json.loads(
        subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    )
    return told


if __name__ == "__main__":
    print(json.dumps(measure()))
