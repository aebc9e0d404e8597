"""Methods: which one answers a posed question, within its time."""

from collections.abc import Callable, Iterator

from impact.errors import Issue
from impact.matching.check.claims import EXACT_GAP, gap
from impact.matching.large.answer import answer_by_prices
from impact.matching.network.answer import answer_by_flow
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer, LinearProgram, bound
from impact.matching.solvers.glop import solve_linear
from impact.timing import Patience

ENGINES = ("auto", "exact", "first-order")
"""`auto` takes a flow where the rules are a network, prices first where the program is large, else the
simplex; `exact` always takes the simplex, `first-order` prices first. Whatever is proved impossible, the
simplex proves."""
LARGE, HUGE = 60_000, 500_000
"""From so many columns on, prices first take less time than the simplex alone; from so many on, their answer
is only as close to the best as was asked for, below it is as close as the simplex' (docs/performance.md)."""
MB_PER_ENTRY = {"exact": 150e-6, "first-order": 70e-6}
"""What solving takes beside the question itself, by what was measured (docs/performance.md)."""
DUAL_SHARE = 0.85
"""The share of the time limit given to the dual simplex, which has no plan until it ends; the primal has."""


def engine_faults(engine: str) -> Iterator[Issue]:
    """Say whether `engine` is one of `ENGINES`."""
    if engine not in ENGINES:
        yield Issue("engine_not_available", params={"engine": engine, "known": ", ".join(ENGINES)})


def expected_mb(posed: Posed, engine: str) -> float:
    """Estimate the memory that answering will take beside what is already held, in megabytes.

    By the entries of the rows, for the method that is asked last; a flow takes less.
    """
    large = engine == "first-order" or (engine == "auto" and len(posed.program.worth) >= LARGE)
    return MB_PER_ENTRY["first-order" if large else "exact"] * posed.program.matrix.nnz


def answer(posed: Posed, engine: str, asked_gap: float, patience: Patience) -> LinearAnswer:
    """Ask the methods that `engine` allows, from the quickest on, until one is as close as asked for."""
    best = LinearAnswer("not_solved", None, None, engine)
    for method in _methods(posed, engine, patience, asked_gap):
        best = method() or best
        if _is_close(posed.program, best, asked_gap):
            return best
    if not patience.lasts():
        return best
    found = _by_simplex(posed.program, patience)
    return best if found.x is None and best.x is not None else found


def _is_close(program: LinearProgram, answer: LinearAnswer, asked_gap: float) -> bool:
    if answer.x is None or answer.duals is None:
        return False
    found = gap(float(program.worth @ answer.x), bound(program, answer.duals))
    return answer.status == "optimal" or found <= max(asked_gap, EXACT_GAP)


def _methods(
    posed: Posed, engine: str, patience: Patience, asked_gap: float
) -> Iterator[Callable[[], LinearAnswer | None]]:
    program, blocks = posed.program, [posed.rows_of(number) for number in range(len(posed.rules))]
    if engine == "auto":
        yield lambda: answer_by_flow(program, blocks, patience.seconds, asked_gap)
    plain = all(rule.demands for rule in posed.rules)  # prices are slow to find where spreads have a say
    if engine == "first-order" or (engine == "auto" and plain and len(program.worth) >= LARGE):
        close = asked_gap if len(program.worth) >= HUGE else min(asked_gap, EXACT_GAP)
        yield lambda: answer_by_prices(program, blocks, posed.link_of, patience, close)


def _by_simplex(program: LinearProgram, patience: Patience) -> LinearAnswer:
    """Ask the dual simplex, then, if it did not end, the primal one for the best plan so far."""
    found = solve_linear(program, DUAL_SHARE * patience.seconds, cancelled=patience.cancelled)
    if found.status in ("optimal", "infeasible") or patience.cancelled():
        return found
    return solve_linear(program, patience.seconds, dual=False, cancelled=patience.cancelled)
