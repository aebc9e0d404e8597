"""Methods: which one answers a posed question, within its time."""

from collections.abc import Iterator

from impact.errors import Issue
from impact.matching.network.answer import answer_by_flow
from impact.matching.pose import Posed
from impact.matching.rows import LinearAnswer, LinearProgram
from impact.matching.solvers.glop import solve_linear
from impact.timing import Stopwatch

ENGINES = ("auto", "exact")
"""`auto` takes a flow where the rules are a network, else the simplex; `exact` always takes the simplex."""
DUAL_SHARE = 0.85
"""The share of the time limit given to the dual simplex, which has no plan until it ends; the primal has."""


def engine_faults(engine: str) -> Iterator[Issue]:
    """Say whether `engine` is one of `ENGINES`."""
    if engine not in ENGINES:
        yield Issue("engine_not_available", params={"engine": engine, "known": ", ".join(ENGINES)})


def answer(posed: Posed, engine: str, seconds: float, gap: float) -> LinearAnswer:
    """Ask for a flow where the rules are a network, unless the simplex is asked for; else the simplex."""
    watch = Stopwatch()
    if engine == "auto":
        with watch.stage("flow"):
            blocks = [posed.rows_of(number) for number in range(len(posed.rules))]
            flow = answer_by_flow(posed.program, blocks, seconds, gap)
        if flow is not None:
            return flow
    return _by_simplex(posed.program, max(seconds - watch.seconds.get("flow", 0.0), 0.0))


def _by_simplex(program: LinearProgram, seconds: float) -> LinearAnswer:
    """Ask the dual simplex, then, if it did not end, the primal one for the best plan so far."""
    watch = Stopwatch()
    with watch.stage("dual"):
        found = solve_linear(program, DUAL_SHARE * seconds)
    if found.status in ("optimal", "infeasible"):
        return found
    return solve_linear(program, max(seconds - watch.seconds["dual"], 0.0), dual=False)
