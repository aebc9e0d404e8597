"""Who is compared: ours, the linear solvers on the same rows, and the heuristics."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from bench.engine.heuristics import HEURISTICS
from bench.engine.instances import Instance
from bench.engine.linear import Linear
from bench.engine.outcome import Outcome, Peer, by_label
from impact.errors import SolverFailed
from impact.matching.solve import Limits, solve

SEED = 0


@dataclass(frozen=True)
class Ours:
    """Solves as `python -m impact solve --engine …` does; the check of the answer counts as solving."""

    engine: str = "auto"

    def __call__(self, instance: Instance, seconds: float) -> Outcome:
        start = perf_counter()
        try:
            plan = solve(instance.problem, instance.rules, Limits(seconds=seconds, engine=self.engine))
        except SolverFailed as error:
            return Outcome(error.status, 0.0, perf_counter() - start)
        took = perf_counter() - start
        built = plan.seconds["build"]
        status = f"{plan.status}, {plan.engine}"
        return Outcome(status, built, took - built, plan.exposure, by_label(plan.prices))


@dataclass(frozen=True)
class Handed:
    """A heuristic, which gives out what there is until it is gone; it proves nothing and heeds no clock."""

    name: str

    def __call__(self, instance: Instance, seconds: float) -> Outcome:
        start = perf_counter()
        exposure = HEURISTICS[self.name](instance.problem, SEED)
        return Outcome("done", 0.0, perf_counter() - start, exposure)


EXACT: Mapping[str, Peer] = {
    "impact": Ours(),
    "impact exact": Ours("exact"),
    "impact first-order": Ours("first-order"),
    "GLOP dual": Linear("glop", "use_dual_simplex: true"),
    "GLOP primal": Linear("glop", "use_dual_simplex: false"),
    "PDLP 1e-4": Linear(
        "pdlp",
        "num_threads: 2 termination_criteria { simple_optimality_criteria "
        "{ eps_optimal_absolute: 0 eps_optimal_relative: 1e-4 } }",
    ),
    # where HiGHS' duals should be, OR-Tools 9.15 hands back the activities of rows: nothing to prove with
    "HiGHS": Linear("highs", proves=False),
}
HANDED: Mapping[str, Peer] = {name: Handed(name) for name in HEURISTICS}
PEERS: Mapping[str, Peer] = {**EXACT, **HANDED}
