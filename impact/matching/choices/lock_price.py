"""What a lock would cost, before it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impact.matching.plan import Plan
from impact.matching.question.problem import Problem
from impact.matching.rules.lock import Lock
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, solve

Solver = Callable[..., Plan]
"""As `solve`."""


@dataclass(frozen=True)
class LockPrice:
    """What the best plan loses by a lock, in points, and the best plan that obeys it.

    `at_most` is the most it can lose by what is proved of both plans; `worth_lost` itself where both are
    the best.
    """

    worth_lost: float
    at_most: float
    plan: Plan


def lock_price(
    problem: Problem,
    rules: Sequence[Obeyed],
    plan: Plan,
    lock: Lock,
    *,
    limits: Limits | None = None,
    solver: Solver = solve,
) -> LockPrice:
    """Solve again with `lock` beside `rules`, from `plan`, the best without it, on.

    A lock of the same id takes the place of the earlier one.

    Raises
    ------
    BadInput
        If there is no such link.
    Infeasible
        If the rules leave no room for the lock.
    SolverFailed
        If the solver ended without a plan.
    """
    others = [rule for rule in rules if rule.id != lock.id]
    locked = solver(problem, [*others, lock], limits, start=plan)
    return LockPrice(plan.worth - locked.worth, plan.bound - locked.worth, locked)
