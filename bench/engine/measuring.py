"""Measure one peer once, in a process of its own.

`python -m bench.engine.measuring --links 10000 --peer HiGHS` prints one run as JSON.
"""

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import process_time

import numpy as np

from bench.engine.instances import Instance, instance_of
from bench.engine.outcome import Outcome
from bench.engine.peers import HANDED, PEERS
from impact.arrays import Floats, floats, sums
from impact.matching.check import audit
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.solve import Limits, solve, specs_of

FIFTH = 0.05
TO_BEGIN_SECONDS = 120.0


@dataclass(frozen=True)
class Run:
    """One run of one peer; figures of the answer are None where there is none.

    `cpu_seconds` are of all threads, building included; `peak_mb` is of the whole process, instance included.
    `worst_row` is the largest relative violation and
    `num_broken` the number of promises broken, as `impact.matching.check` judges both; `least` and `fifth`
    are the minimum and the 5th percentile of X_i/K_i. `kept_share` is, for a heuristic, its value relative
    to that of the best plan that leaves nobody worse off where these two figures look.
    """

    status: str
    build_seconds: float
    solve_seconds: float
    cpu_seconds: float
    peak_mb: float
    num_links: int
    objective: float | None = None
    gap: float | None = None
    worst_row: float | None = None
    num_broken: int | None = None
    least: float | None = None
    fifth: float | None = None
    kept_share: float | None = None


def measured(num_links: int, peer: str, seconds: float, *, compared: bool) -> Run:
    """Run `peer` in this process; where `compared`, set a heuristic against the exact plan as well."""
    instance = instance_of(num_links)
    before = process_time()
    outcome = PEERS[peer](instance, seconds)
    run = Run(
        status=outcome.status,
        build_seconds=outcome.build_seconds,
        solve_seconds=outcome.solve_seconds,
        cpu_seconds=process_time() - before,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        num_links=instance.problem.num_links,
    )
    if outcome.exposure is None:
        return run
    run = _judged(run, instance, outcome, outcome.exposure)
    if not compared or peer not in HANDED:
        return run
    return replace(run, kept_share=kept_share(instance.problem, outcome.exposure))


def in_own_process(num_links: int, peer: str, seconds: float, *, compared: bool) -> Run:
    """Run `peer` in a process of its own, so that its peak memory is its alone.

    One that pays no heed to the time it was given is stopped after as much again, and what it takes to begin.
    """
    command = [sys.executable, "-m", "bench.engine.measuring", "--links", str(num_links), "--peer", peer]
    command += ["--seconds", str(seconds), *(["--compared"] if compared else [])]
    root = Path(__file__).parents[2]
    patience = TO_BEGIN_SECONDS + 2 * seconds
    try:
        told = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE, timeout=patience).stdout
    except subprocess.TimeoutExpired:
        return Run("stopped", 0.0, patience, patience, float("nan"), num_links)
    return Run(**json.loads(told.splitlines()[-1]))


def kept_share(problem: Problem, exposure: Floats) -> float:
    """Compare a plan's value with the best one's at the same worst-off exposure, other rules left out.

    The best plan keeps everyone at the minimum of X_i/K_i that `exposure` has, and at its 5th percentile
    whoever `exposure` has there or above.
    """
    filled = worst_off(problem, exposure)
    fifth = float(np.quantile(filled, FIFTH))
    promised = np.where(filled >= fifth, fifth * problem.capacity * (1 - 1e-9), 0.0)
    everyone = {"id": "everyone", "kind": "producer_floor", "of_capacity": float(filled.min()) * (1 - 1e-9)}
    alone = replace(problem, promised=floats(promised))
    best = solve(alone, RULES.validate_python([everyone]), Limits(seconds=600))
    return float(problem.value @ exposure) / best.worth


def worst_off(problem: Problem, exposure: Floats) -> Floats:
    """Return X_i/K_i, shape ``(producer,)``."""
    return sums(exposure, problem.producer_of, len(problem.capacity)) / problem.capacity


def _judged(run: Run, instance: Instance, outcome: Outcome, exposure: Floats) -> Run:
    found = audit(instance.problem, specs_of(instance.rules), exposure, outcome.prices)
    filled = worst_off(instance.problem, exposure)
    return replace(
        run,
        objective=found.worth,
        gap=found.gap if outcome.prices else None,
        worst_row=found.max_violation,
        num_broken=len(found.broken),
        least=float(filled.min()),
        fifth=float(np.quantile(filled, FIFTH)),
    )


def main() -> None:
    """Measure one peer and print a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, required=True)
    parser.add_argument("--peer", choices=PEERS, required=True)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--compared", action="store_true")
    asked = parser.parse_args()
    run = measured(asked.links, asked.peer, asked.seconds, compared=asked.compared)
    print(json.dumps(asdict(run)))


if __name__ == "__main__":
    main()
