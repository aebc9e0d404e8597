"""Alternatives: plans nearly as good as the best that differ from it, and from each other, as much as can be.

Modelling to generate alternatives: Brill, Chang & Hopkins 1982, doi:10.1287/mnsc.28.3.221.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.check import audit
from impact.matching.check.books import Spec
from impact.matching.check.claims import gap
from impact.matching.methods import answer
from impact.matching.outcomes import outcomes
from impact.matching.plan import Plan, Status
from impact.matching.pose import Posed, pose
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearAnswer, LinearProgram
from impact.matching.rules.max_min import MaxMin, Settled
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, claims_of, solve, specs_of
from impact.matching.starts import laid_out

Solver = Callable[[Problem, Sequence[Obeyed], Limits | None], Plan]
MOST_ROUNDS = 2
"""So often a plan is sought that differs more than the last: further rounds gain next to nothing."""
DIFFERENT = 1e-3
"""A plan that differs by less of what it gives is the same plan."""
TIE = 1e-3
"""What a point is worth, against an exposure given elsewhere, among plans that differ as much."""
MOST_LIFTS = 6
LIFT = 1.05
"""A worth that fell short is asked for with so many times what it lacked on top."""
ROUNDING = 1e-9
"""The share of a worth that is put down to rounding."""
WIDER = 1e-3
"""The share by which a round has to differ more than the last for another to be tried."""


@dataclass(frozen=True)
class Alternative:
    """A plan that passed `check`, and how far it is from the best and from the nearest plan before it.

    A distance is the share of exposure that is given elsewhere: 0 for the same plan, 1 where no exposure of
    one is in the other.
    """

    plan: Plan
    from_best: float
    from_nearest: float


@dataclass(frozen=True)
class _Search:
    """The question, its best plan with the duals that prove it, and the worth not to fall below.

    `least` is that worth, `counted` what the linear program has to count for it: it knows a spread by its
    curves only.
    """

    posed: Posed
    best: Plan
    duals: Floats  # [row]
    specs: Sequence[Spec]
    least: float
    counted: float
    limits: Limits


def alternatives(
    problem: Problem,
    rules: Sequence[Obeyed],
    count: int = 3,
    within: float = 0.01,
    *,
    limits: Limits | None = None,
    solver: Solver = solve,
) -> tuple[Alternative, ...]:
    """Find the best plan and up to `count` - 1 others whose worth is less by no more than the share `within`.

    1. Solve. The best worth, less what may be lost, becomes a row of the linear program.
    2. Maximise the distance Σ|x - p| from all plans p found so far. It is convex, so it is replaced by its
       slope where the last round ended, at first where nothing is given: each round ends further away or is
       the last (Frank & Wolfe 1956, doi:10.1002/nav.3800030109, on a convex function).
    3. Stop where nothing different is found; that there is nothing is not proved.

    Raises
    ------
    BadInput
        If a rule cannot be applied to the problem.
    Infeasible
        If no plan obeys all rules.
    SolverFailed
        If a solver ended without a plan.
    """
    asked = limits or Limits()
    best = solver(problem, rules, asked)
    search, found = _search(problem, rules, best, within, asked), [Alternative(best, 0.0, 0.0)]
    for _ in range(count - 1):
        plan = _furthest(search, [each.plan.exposure for each in found])
        away = [distance(plan.exposure, each.plan.exposure) for each in found] if plan else [0.0]
        if plan is None or min(away) < DIFFERENT:
            break
        found.append(Alternative(plan, away[0], min(away)))
    return tuple(found)


def distance(one: Floats, other: Floats) -> float:
    """Return the share of exposure that two plans, shape ``(link,)`` each, give to different links."""
    return float(np.abs(one - other).sum() / 2) / max(float(one.sum()), float(other.sum()), 1e-9)


def _search(problem: Problem, rules: Sequence[Obeyed], best: Plan, within: float, asked: Limits) -> _Search:
    posed = pose(problem, [_settled(rule, best) for rule in rules])
    counted = float(posed.program.worth @ posed.columns(best.exposure))
    lost, duals = within * abs(best.worth), laid_out(posed, best.prices)
    return _Search(posed, best, duals, specs_of(rules), best.worth - lost, counted - lost, asked)


def _settled(rule: Obeyed, best: Plan) -> Obeyed:
    """Hold a rule about best levels to those that the best plan proved."""
    known = {found.rule: found.level for found in best.levels}
    return Settled(rule, known[rule.id]) if isinstance(rule, MaxMin) else rule


def _furthest(search: _Search, others: Sequence[Floats]) -> Plan | None:
    """Go away from all `others`, as far as the rules and the least worth allow; None where that is nowhere.

    Where the linear program counts more than a plan is worth, as the curves of a spread do, it has to keep
    so much more.
    """
    for _ in range(MOST_LIFTS):
        rounds = list(_rounds(search, others))
        if not rounds:
            return None
        plan = _told(search, *max(rounds, key=lambda found: found[0])[1:])
        short = search.least - plan.worth
        if short <= ROUNDING * abs(search.least):
            return plan
        search = replace(search, counted=search.counted + LIFT * short)
    return None


def _told(search: _Search, exposure: Floats, engine: str) -> Plan:
    """Tell of exposures as of a plan; the prices of the best plan prove the same bound for it."""
    prices = claims_of(search.best, search.limits.gap).prices
    found = audit(search.posed.problem, search.specs, exposure, prices)
    if found.broken:
        raise SolverFailed("; ".join(issue.code for issue in found.broken))
    return replace(
        search.best,
        exposure=exposure,
        status=Status.WITHIN_GAP,
        worth=found.worth,
        gap=gap(found.worth, search.best.bound),
        max_violation=found.max_violation,
        welfare=found.welfare,
        rules=tuple(outcomes(search.posed, exposure, search.duals)),
        engine=engine,
        seconds={},
    )


def _rounds(search: _Search, others: Sequence[Floats]) -> Iterator[tuple[float, Floats, str]]:
    here, reached = np.zeros(search.posed.problem.num_links), 0.0
    for _ in range(MOST_ROUNDS):
        found = _away(search, others, here)
        if found.x is None:
            return
        here = search.posed.exposure(found.x)
        away = float(sum(np.abs(here - other).sum() for other in others))
        yield away, here, found.engine
        if away <= reached * (1 + WIDER):
            return
        reached = away


def _away(search: _Search, others: Sequence[Floats], here: Floats) -> LinearAnswer:
    """Maximise the slope of the distance at `here`, keeping the worth above the least."""
    program = search.posed.program
    slope = sum((np.where(here < other, -1.0, 1.0) for other in others), start=np.zeros(len(here)))
    objective = TIE * program.worth / max(float(np.abs(program.worth).max(initial=0.0)), 1e-12)
    objective[: len(search.posed.link_of)] += slope[search.posed.link_of]
    size = max(float(np.abs(program.worth).max(initial=0.0)), 1e-12)
    worth = sparse.csr_array(program.worth[None, :] / size)
    held = LinearProgram(
        objective,
        program.ceiling,
        sparse.csr_array(sparse.vstack([program.matrix, worth], format="csr")),
        np.append(program.lower, search.counted / size),
        np.append(program.upper, np.inf),
    )
    found = answer(replace(search.posed, program=held), "exact", search.limits.gap, search.limits.patience())
    if found.x is None and found.status != "infeasible":
        raise SolverFailed(found.status)
    return found
