"""How long rules that are a network take as a min-cost flow, beside the simplex on the same rows.

Each run is a process of its own; the two take turns.
"""

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.engine.instances import instance_of
from impact.matching.network.answer import answer_by_flow
from impact.matching.pose import Posed, pose
from impact.matching.question.rows import LinearAnswer, bound
from impact.matching.solvers.glop import solve_linear

SIZES = (10_000, 100_000, 1_000_000)
SIMPLEX_LINKS = 100_000
"""Above so many links the simplex is left out: it takes minutes."""
RUNS = 5
SECONDS = 600.0
RULES = frozenset({"artisan", "cooperative", "household", "remote", "everyone", "dominance", "lock-0"})
"""The rules of an instance that are a network: floors of kinds and of everyone, caps of single links."""
Run = dict[str, float]


def rows() -> list[dict[str, object]]:
    """Measure each size; give medians."""
    return [_row(size) for size in SIZES]


def _row(size: int) -> dict[str, object]:
    flows: list[Run] = []
    simplexes: list[Run] = []
    for _ in range(RUNS):
        flows.append(_in_own_process(size, "flow"))
        if size <= SIMPLEX_LINKS:
            simplexes.append(_in_own_process(size, "simplex"))
    flow = median(run["seconds"] for run in flows)
    simplex = median(run["seconds"] for run in simplexes) if simplexes else None
    return {
        "links": int(flows[0]["links"]),
        "pose seconds": round(median(run["pose"] for run in flows), 3),
        "flow seconds": round(flow, 3),
        "gap": f"{flows[0]['gap']:.0e}",
        "flow peak MB": round(flows[0]["peak_mb"]),
        "simplex seconds": None if simplex is None else round(simplex, 3),
        "ratio": None if simplex is None else round(flow / simplex, 2),
    }


def measure(size: int, method: str) -> Run:
    """Answer one instance by one method; recognising the network and reading its prices back count."""
    instance = instance_of(size)
    start = perf_counter()
    posed = pose(instance.problem, [rule for rule in instance.rules if rule.id in RULES])
    stated = perf_counter()
    answer = _by_flow(posed) if method == "flow" else solve_linear(posed.program, SECONDS)
    ended = perf_counter()
    assert answer is not None and answer.x is not None and answer.duals is not None
    best = bound(posed.program, answer.duals)
    return {
        "links": instance.problem.num_links,
        "pose": stated - start,
        "seconds": ended - stated,
        "gap": max(1.0 - float(posed.program.worth @ answer.x) / best, 0.0),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _by_flow(posed: Posed) -> LinearAnswer | None:
    blocks = [posed.rows_of(number) for number in range(len(posed.rules))]
    return answer_by_flow(posed.program, blocks, SECONDS, 0.0)


def _in_own_process(size: int, method: str) -> Run:
    command = [sys.executable, "-m", "bench.flow", "--size", str(size), "--method", method]
    root = Path(__file__).parents[1]
    told: Run = json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)
    return told


def main() -> None:
    """Measure one size by one method and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--method", choices=("flow", "simplex"), required=True)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.size, asked.method)))


if __name__ == "__main__":
    main()
