"""Frontier: one rule's limit swept from where it costs nothing to the most that can hold."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from impact.errors import BadInput, Issue, SolverFailed, refuse_if_any
from impact.matching.conflicts.furthest import furthest
from impact.matching.conflicts.yielding import eased
from impact.matching.plan import Impossible, Plan
from impact.matching.pose import Posed, pose
from impact.matching.question.problem import Problem
from impact.matching.rules import faults
from impact.matching.rules.dial import Dial
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, solve
from impact.matching.spread.term import Spread

Solver = Callable[..., Plan]
"""As `solve`."""
ERROR = 1e-7
"""How well the most that can hold is known, relatively."""
HAIR = 1e-5
"""The share of its limit by which a rule is eased where rounding alone stands in its way."""

DECADES = 4
"""How far the lightest weight of a spread lies below the heaviest."""


@dataclass(frozen=True)
class Point:
    """The best plan where the rule's limit is `limit`; one unit of relief there is worth `price`.

    The limit of a spread is its weight, and a unit more of it is worth `price`, the welfare there is.
    """

    limit: float
    price: float
    plan: Plan


@dataclass(frozen=True)
class Frontier:
    """What a rule costs, limit by limit, the easiest first.

    The first limit is where the rule begins to bind, the last the most that can hold. `against` are the
    rules proved to stand in the way of a harder one; none where the rule asks for all it can ask for.
    """

    rule: str
    kind: str
    dial: Dial
    points: tuple[Point, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class _Sweep:
    """A problem and its rules, with one of them to be moved."""

    problem: Problem
    rules: tuple[Obeyed, ...]
    number: int

    @property
    def rule(self) -> Obeyed:
        return self.rules[self.number]

    def at(self, limit: float) -> tuple[Obeyed, ...]:
        """Return the rules with the limit of the one at `limit`."""
        moved = self.rule.moved(limit)
        assert moved is not None
        return (*self.rules[: self.number], moved, *self.rules[self.number + 1 :])

    def posed_at(self, limit: float) -> Posed:
        """Pose what is demanded, the limit of the one at `limit`; a spread stands in nobody's way."""
        return pose(self.problem, [rule for rule in self.at(limit) if rule.demands])


def frontier(
    problem: Problem,
    rules: Sequence[Obeyed],
    rule_id: str,
    points: int = 11,
    *,
    limits: Limits | None = None,
    solver: Solver = solve,
) -> Frontier:
    """Solve at `points` limits of one rule, evenly spread over all that matter.

    1. Solve without the rule: what it is held to there is where it begins to bind.
    2. Find the most that can hold, and the rules that stand in the way of more.
    3. Solve in between; every plan is checked as any other.

    A spread, which demands nothing, is swept over its weight: none, then `DECADES` decades to the tightest.

    Raises
    ------
    BadInput
        If there is no such rule, or it has no limit, or more than one.
    Infeasible
        If the other rules cannot hold together.
    SolverFailed
        If the solver ended without a plan, or without the most that can hold.
    """
    refuse_if_any(faults(problem, rules))
    sweep = _Sweep(problem, tuple(rules), _number(rules, rule_id))
    dial = _dial(sweep)
    if isinstance(sweep.rule, Spread):
        return _weighed(sweep, dial, points, limits, solver)
    free = solver(problem, sweep.at(dial.loosest), limits)
    start = _clipped(eased(_activity(free, rule_id), is_floor=dial.is_floor), dial)
    end = furthest(sweep.posed_at, rule_id, free, dial.loosest, dial.tightest)
    swept = _limits(start, end.limit, dial, points)
    return Frontier(
        rule=rule_id,
        kind=sweep.rule.kind,
        dial=dial,
        points=tuple(_points(sweep, swept, free, limits, solver)),
        against=end.against,
    )


def _weighed(sweep: _Sweep, dial: Dial, points: int, limits: Limits | None, solver: Solver) -> Frontier:
    """Sweep the weight of a spread; one unit of it is worth the welfare there is."""
    lightest = dial.tightest * 10.0**-DECADES
    weights = np.geomspace(lightest, dial.tightest, points - 1).tolist() if lightest > 0 else []
    found = []
    for weight in (0.0, *weights):
        (*_, spread) = (rule for rule in sweep.at(weight) if rule.id == sweep.rule.id)
        assert isinstance(spread, Spread)
        plan = solver(sweep.problem, sweep.at(weight), limits)
        found.append(Point(weight, spread.welfare(sweep.problem, plan.exposure), plan))
    return Frontier(sweep.rule.id, sweep.rule.kind, dial, tuple(found), against=())


def _number(rules: Sequence[Obeyed], rule_id: str) -> int:
    names = [rule.id for rule in rules]
    if rule_id not in names:
        params = {"rule": rule_id, "known": ", ".join(names)}
        raise BadInput([Issue("rule_not_there", file="problem.json", column="rules", params=params)])
    return names.index(rule_id)


def _dial(sweep: _Sweep) -> Dial:
    dial = sweep.rule.dial(sweep.problem)
    if dial is None:
        params = {"rule": sweep.rule.id}
        raise BadInput([Issue("rule_without_one_limit", file="problem.json", column="rules", params=params)])
    return dial


def _activity(plan: Plan, rule_id: str) -> float:
    return next(outcome.activity for outcome in plan.rules if outcome.id == rule_id)


def _clipped(limit: float, dial: Dial) -> float:
    least, most = sorted((dial.loosest, dial.tightest))
    return min(max(limit, least), most)


def _limits(start: float, end: float, dial: Dial, points: int) -> list[float]:
    """Spread limits evenly from `start` to `end`; the end alone where nothing lies between."""
    last = eased(end, is_floor=dial.is_floor, error=ERROR)
    if start >= last if dial.is_floor else start <= last:
        return [last]
    spread = (eased(limit, is_floor=dial.is_floor) for limit in np.linspace(start, last, points).tolist())
    return sorted(set(spread), reverse=not dial.is_floor)


def _points(
    sweep: _Sweep, swept: Sequence[float], plan: Plan, limits: Limits | None, solver: Solver
) -> Iterator[Point]:
    """Solve at each limit, from the plan at the one before on."""
    for limit in swept:
        point = _point(sweep, limit, limits, partial(solver, start=plan))
        plan = point.plan
        yield point


def _point(sweep: _Sweep, limit: float, limits: Limits | None, solver: Solver) -> Point:
    """Solve at `limit`; where rounding keeps the very end from being solved, a hair before it."""
    tried = replace(limits or Limits(), diagnosing=False, is_near=False)
    try:
        plan = solver(sweep.problem, sweep.at(limit), tried)
    except (Impossible, SolverFailed):
        limit += HAIR * (_dial(sweep).loosest - limit)
        plan = solver(sweep.problem, sweep.at(limit), limits)
    price = next(outcome.price for outcome in plan.rules if outcome.id == sweep.rule.id)
    return Point(limit, price, plan)
