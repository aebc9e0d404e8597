"""Methods: which one answers a posed question, within its time."""

from collections.abc import Callable, Iterator
from time import perf_counter

from impact.errors import Issue
from impact.matching.check.claims import EXACT_GAP, gap
from impact.matching.large.answer import LARGE, answer_by_prices
from impact.matching.network.answer import answer_by_flow
from impact.matching.pose import Posed
from impact.matching.question.rows import LinearAnswer, LinearProgram, bound
from impact.matching.solvers.glop import solve_linear
from impact.timing import Patience

ENGINES = ("auto", "exact", "first-order")
"""`auto` takes a flow where the rules are a network, prices first where the program is large, else the
simplex; `exact` always takes the simplex, `first-order` prices first. Whatever is proved impossible, the
simplex proves."""
HUGE = 500_000
"""From so many columns on, what prices find is only as close to the best as was asked for; below, it is as
close as the simplex' (docs/performance.md)."""
MB_PER_ENTRY = {"exact": 150e-6, "first-order": 70e-6}
"""What solving takes beside the question itself, by what was measured (docs/performance.md)."""
DUAL_SHARE = 0.6
"""The share of the time limit given to the dual simplex, which has no plan until it ends."""
HURRIED_SECONDS, STOPPED_SECONDS = 2.0, 0.4
"""How long prices may still look for a plan where there is none: once time is up, once cancelled."""
HURRIED_PER_COLUMN = 4e-6
"""Where prices have fewer seconds for each column than this they find no plan."""


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
    """Ask the methods that `engine` allows, from the quickest on, until one is as close as asked for.

    Where time is up before any of them has a plan, prices look for one a moment longer.
    """
    best = LinearAnswer("not_solved", None, None, engine)
    for method in _methods(posed, engine, patience, asked_gap):
        if not patience.lasts():
            break
        best = _better(posed.program, method(), best)
        if best.status == "infeasible" or _is_close(posed.program, best, asked_gap):
            return best
    return best if best.x is not None else _hurried(posed, asked_gap, patience) or best


def _better(program: LinearProgram, found: LinearAnswer | None, best: LinearAnswer) -> LinearAnswer:
    """Take what is proved over what is not, a plan over none, and of two plans that of more worth."""
    if found is None or (found.x is None and found.status != "infeasible" and best.x is not None):
        return best
    if found.x is None or best.x is None or found.status == "optimal":
        return found
    return found if program.worth @ found.x > program.worth @ best.x else best


def _hurried(posed: Posed, asked_gap: float, patience: Patience) -> LinearAnswer | None:
    seconds = STOPPED_SECONDS if patience.cancelled() else HURRIED_SECONDS
    if seconds < HURRIED_PER_COLUMN * len(posed.program.worth):
        return None
    return _by_prices(posed, Patience(perf_counter() + seconds), asked_gap)


def _is_close(program: LinearProgram, answer: LinearAnswer, asked_gap: float) -> bool:
    if answer.x is None or answer.duals is None:
        return False
    found = gap(float(program.worth @ answer.x), bound(program, answer.duals))
    return answer.status == "optimal" or found <= max(asked_gap, EXACT_GAP)


def _methods(
    posed: Posed, engine: str, patience: Patience, asked_gap: float
) -> Iterator[Callable[[], LinearAnswer | None]]:
    program = posed.program
    if engine == "auto":
        yield lambda: answer_by_flow(program, _blocks(posed), patience.seconds, asked_gap)
    plain = all(rule.demands for rule in posed.rules)  # prices are slow to find where spreads have a say
    prices_first = engine == "first-order" or (engine == "auto" and plain and len(program.worth) >= LARGE)
    close = asked_gap if len(program.worth) >= HUGE else min(asked_gap, EXACT_GAP)
    if prices_first:
        yield lambda: _by_prices(posed, patience, close)
    share = 1.0 if prices_first else DUAL_SHARE
    yield lambda: solve_linear(program, share * patience.seconds, cancelled=patience.cancelled)
    if not prices_first:
        yield lambda: _by_prices(posed, patience, close)
    yield lambda: solve_linear(program, patience.seconds, dual=False, cancelled=patience.cancelled)


def _by_prices(posed: Posed, patience: Patience, close: float) -> LinearAnswer | None:
    return answer_by_prices(posed.program, _blocks(posed), posed.link_of, patience, close)


def _blocks(posed: Posed) -> list[slice]:
    return [posed.rows_of(number) for number in range(len(posed.rules))]
