"""Solve: pose the question, let a solver answer, distrust the answer, say what each rule costs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.metadata import version
from math import inf
from time import perf_counter
from typing import TypeVar

from impact.arrays import to_digits
from impact.errors import Issue, SolverFailed, refuse_if_any
from impact.matching.check import Audit, Claims, against, audit, unshown
from impact.matching.check.claims import EXACT_GAP
from impact.matching.check.proof import Prices
from impact.matching.conflicts.diagnose import diagnose
from impact.matching.early import early
from impact.matching.levels.settle import SettledRules, settle
from impact.matching.methods import engine_faults, expected_mb
from impact.matching.outcomes import outcomes
from impact.matching.plan import (
    BestLevels,
    Conflict,
    Impossible,
    Infeasible,
    Plan,
    RowPrices,
    Status,
    unheard,
)
from impact.matching.pose import Posed, pose
from impact.matching.question.problem import Problem
from impact.matching.question.rows import LinearAnswer
from impact.matching.rounds import answered
from impact.matching.rules import ALWAYS, faults
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solvers.warm import solve_from
from impact.matching.starts import Earlier, start_from
from impact.memory import peak_mb
from impact.timing import Cancelled, Patience, Stopwatch, never, within

Result = TypeVar("Result")
_version = cache(version)

CANCELLED, OUT_OF_TIME = "cancelled", "not_solved"
LEVELS_SHARE = 0.5
"""The share of the time limit in which best levels are settled, one after another."""
DIGITS = 14
"""Exposures and prices are told to so many digits: what lies beyond is floating point's."""
ROUNDING = 1e-9
"""Figures no further apart, relatively, differ by floating point alone."""


@dataclass(frozen=True)
class Limits:
    """How long to try, how close to the best is close enough, and by which method.

    `cancelled` is asked while solving whether to stop with the best plan so far; `diagnosing` is whether it
    is to be found out which rules conflict, where they do, and `told` hears of that as `diagnose` tells it;
    `is_near` is whether an answer near the plan that one starts from is expected.
    """

    seconds: float = 60.0
    gap: float = 1e-4
    engine: str = "auto"
    seed: int = 0
    cancelled: Cancelled = field(default=never, compare=False, repr=False)
    diagnosing: bool = True
    is_near: bool = True
    told: Callable[[Conflict], None] = field(default=unheard, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and 0 <= self.gap < 1):
            raise ValueError(
                f"Expected seconds above 0 and gap in [0, 1), got {self.seconds} and {self.gap}."
            )

    def patience(self) -> Patience:
        """Begin to wait."""
        return Patience(perf_counter() + self.seconds, self.cancelled)


def solve(
    problem: Problem,
    rules: Sequence[Obeyed],
    limits: Limits | None = None,
    watch: Stopwatch | None = None,
    *,
    start: Earlier | None = None,
) -> Plan:
    """Find the plan of the highest worth that obeys every rule.

    `start`, an earlier plan over the same links, is a hint that saves time where little has changed: the
    worth does not depend on it, but which of several best plans is found may.

    Raises
    ------
    BadInput
        If a rule cannot be applied to the problem, or the engine is not one of `ENGINES`.
    Infeasible
        If it is proved that no plan obeys all rules.
    Impossible
        The same, where no diagnosis was asked for.
    SolverFailed
        If the solver ended without a plan and without such a proof.
    """
    limits, watch = limits or Limits(), watch or Stopwatch()
    refuse_if_any([*engine_faults(limits.engine), *faults(problem, rules)])
    patience = limits.patience()
    with watch.stage("build"):
        settled, posed = _posed(problem, rules, patience)
    expected = peak_mb() + expected_mb(posed, limits.engine)
    watch.expect(expected)
    with watch.stage("solve"):
        posed, found = _answered(settled, posed, limits, start, patience)
    if found.status == "infeasible":
        if found.ray is not None and not limits.diagnosing:
            raise Impossible
        with watch.stage("diagnose"):
            unhurried = Patience(inf, limits.cancelled)
            raise Infeasible(_in_time(unhurried, lambda: diagnose(*_demanded(posed, found), limits.told)))
    if found.x is None or found.duals is None:
        raise SolverFailed(found.status)
    with watch.stage("check"):
        plan = _plan(posed, rules, found, limits, settled.levels)
    memory = {"expected": expected, "peak": peak_mb()}
    warnings = (*plan.warnings, *_stopped(plan, limits))
    return replace(plan, warnings=warnings, seconds=dict(watch.seconds), memory_mb=memory)


def specs_of(rules: Sequence[Obeyed]) -> tuple[dict[str, object], ...]:
    """Return rules as the plain mappings of problem.json, what is not stated left out."""
    return tuple({name: value for name, value in asdict(rule).items() if value is not None} for rule in rules)  # type: ignore[call-overload]


def _posed(problem: Problem, rules: Sequence[Obeyed], patience: Patience) -> tuple[SettledRules, Posed]:
    settled = settle(problem, rules, patience.share(LEVELS_SHARE))
    return settled, pose(problem, settled.rules)


def _in_time(patience: Patience, work: Callable[[], Result]) -> Result:
    """Do `work` before `patience` is over, or give up."""
    done = within(patience, work)
    if done is None:
        raise SolverFailed(CANCELLED if patience.cancelled() else OUT_OF_TIME)
    return done


def _answered(
    settled: SettledRules, posed: Posed, limits: Limits, start: Earlier | None, patience: Patience
) -> tuple[Posed, LinearAnswer]:
    """Answer `posed`; where time is up before there is a plan, with one that is at hand, if there is any."""
    done = within(patience, lambda: _best(posed, limits, start, patience))
    given_up = CANCELLED if patience.cancelled() else OUT_OF_TIME
    last, found = done or (posed, LinearAnswer(given_up, None, None, limits.engine))
    if found.x is None and not patience.lasts() and found.status != "infeasible":
        at_hand = [best.at_hand for best in settled.levels if best.at_hand is not None]
        return posed, early(posed, start, at_hand) or replace(found, status=given_up)
    return last, found


def _best(
    posed: Posed, limits: Limits, start: Earlier | None, patience: Patience
) -> tuple[Posed, LinearAnswer]:
    """Answer `posed`, from `start` on where the simplex alone can say what is best."""
    hint = start_from(posed, start)
    if hint is not None and all(rule.demands for rule in posed.rules):
        found = solve_from(posed.program, hint, patience.seconds, is_near=limits.is_near)
        if found.status in ("optimal", "infeasible"):
            return posed, found
    return answered(posed, limits.engine, limits.gap, patience)


def _demanded(posed: Posed, found: LinearAnswer) -> tuple[Posed, LinearAnswer | None]:
    """Leave out rules that demand nothing; what was found is of use only where there is none."""
    if all(rule.demands for rule in posed.rules):
        return posed, found
    demands = [rule for rule in posed.rules[len(ALWAYS) :] if rule.demands]
    return pose(posed.problem, demands), None


def _plan(
    posed: Posed, rules: Sequence[Obeyed], given: LinearAnswer, limits: Limits, levels: tuple[BestLevels, ...]
) -> Plan:
    """Make a plan of an answer; one that its audit speaks against is a failure of the solver."""
    assert given.x is not None
    assert given.duals is not None
    exposure, duals = to_digits(posed.exposure(given.x), DIGITS), to_digits(given.duals, DIGITS)
    proofs = (weights for best in levels for weights in best.weights)
    prices = (*posed.by_rule(posed.told(duals)), *proofs)
    by_rule, specs = _by_rule(prices), specs_of(rules)
    found = audit(posed.problem, specs, exposure, by_rule)
    plan = Plan(
        exposure=exposure,
        status=_status(given, found, limits.gap),
        worth=found.worth,
        bound=_met(found),
        gap=found.gap,
        max_violation=found.max_violation,
        rules=tuple(outcomes(posed, exposure, duals)),
        prices=prices,
        engine=given.engine,
        seed=limits.seed,
        versions=versions(),
        warnings=(*_cautions(posed), *(_unsettled(best) for best in levels if best.unsettled)),
        welfare=found.welfare,
        levels=levels,
        duals=posed.by_rule(duals),
    )
    shown = {best.rule: best.shown for best in levels if best.shown is not None}
    unproved = unshown(posed.problem, specs, by_rule, shown)
    doubts = (*against(claims_of(plan, limits.gap), found), *unproved)
    if doubts:
        raise SolverFailed("; ".join(f"{issue.code} {dict(issue.params)}" for issue in doubts))
    return plan


def _cautions(posed: Posed) -> Iterator[Issue]:
    return (issue for rule in posed.rules for issue in rule.cautions(posed.problem))


def _unsettled(best: BestLevels) -> Issue:
    figures = {"producers": best.unsettled, "level": float(best.level.max(initial=0.0))}
    return Issue("levels_not_settled", params={"rule": best.rule, **figures})


def _stopped(plan: Plan, limits: Limits) -> Iterator[Issue]:
    """Say of a plan that is not known to be the best whether it is because somebody said stop."""
    if plan.status is Status.TIME_LIMIT and limits.cancelled():
        yield Issue("solving_stopped")


def _met(found: Audit) -> float:
    """Return the bound, at the worth where it is below it by the last bits only."""
    below = 0 < found.worth - found.bound <= ROUNDING * abs(found.worth)
    return found.worth if below else found.bound


def claims_of(plan: Plan, asked_gap: float) -> Claims:
    """State what `plan` claims, for `check`."""
    prices = _by_rule(plan.prices)
    return Claims(plan.exposure, plan.status, plan.worth, plan.bound, plan.gap, asked_gap, prices)


def versions() -> dict[str, str]:
    """Name the versions an answer depends on."""
    return {name: _version(name) for name in ("impact", "ortools", "numpy", "scipy")}


def _by_rule(prices: Sequence[RowPrices]) -> Prices:
    return {price.rule: dict(zip(price.labels, price.duals.tolist(), strict=True)) for price in prices}


def _status(given: LinearAnswer, found: Audit, asked_gap: float) -> Status:
    if found.unsettled:
        return Status.TIME_LIMIT
    if given.status == "optimal" and found.gap <= EXACT_GAP:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if found.gap <= asked_gap else Status.TIME_LIMIT
