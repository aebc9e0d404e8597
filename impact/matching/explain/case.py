"""Put a question again: the one place where explanations solve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from impact.arrays import Floats
from impact.errors import SolverFailed
from impact.matching.check import readings
from impact.matching.check.proof import Prices
from impact.matching.explain.charges import Charges, charges
from impact.matching.plan import Impossible, Plan, RowPrices, Status
from impact.matching.question.problem import Problem
from impact.matching.rules.obeyed import Obeyed
from impact.matching.solve import Limits, claims_of, solve, specs_of

Solver = Callable[..., Plan]
"""As `solve`."""


@dataclass(frozen=True)
class Ground:
    """What is known of a plan that others are sought from."""

    exposure: Floats  # [link]
    prices: tuple[RowPrices, ...]
    duals: tuple[RowPrices, ...] = ()


@dataclass(frozen=True)
class Case:
    """A question and its plan, as claimed: what is explained, and by whom it is solved again."""

    problem: Problem
    rules: tuple[Obeyed, ...]
    exposure: Floats  # [link]
    worth: float
    bound: float
    prices: Prices
    limits: Limits = field(default_factory=Limits)
    solver: Solver = solve

    @cached_property
    def ground(self) -> Ground:
        """What solving again goes on from."""
        prices = (
            RowPrices(rule, tuple(rows), np.array(list(rows.values()), np.float64))
            for rule, rows in self.prices.items()
        )
        return Ground(self.exposure, tuple(prices))

    @cached_property
    def earned(self) -> Floats:
        """What the plan is worth on each link, in points above the baseline, shape ``(link,)``."""
        return self.problem.worth(self.exposure)

    @cached_property
    def charged(self) -> Charges:
        """What the plan's prices charge each link for one more exposure."""
        return charges(self.problem, specs_of(self.rules), self.prices, self.exposure)

    def price(self, rule: str) -> float:
        """Return what one unit of relief of a rule is worth by the plan's prices, in points."""
        specs = specs_of(self.rules)
        for row in self.prices.get(rule, {}):
            read = readings(self.problem, specs, self.exposure, self.prices, {rule: row})
            if rule in read:
                return read[rule].price
        return 0.0

    def with_limit(self, number: int, limit: float) -> tuple[Obeyed, ...]:
        """Return the rules with the limit of one of them moved, which must have one."""
        moved = self.rules[number].moved(limit)
        assert moved is not None
        return (*self.rules[:number], moved, *self.rules[number + 1 :])

    def again(self, problem: Problem | None = None, rules: Sequence[Obeyed] | None = None) -> Plan | None:
        """Solve with another problem or other rules, from the plan on; None where no plan obeys them, proved.

        The plan found is checked, and proved the best, as any other.

        Raises
        ------
        SolverFailed
            If the solver ended without a plan as close to the best as was asked for.
        """
        asked = self.rules if rules is None else tuple(rules)
        limits = replace(self.limits, diagnosing=False)
        try:
            plan = self.solver(problem or self.problem, asked, limits, start=self.ground)
        except Impossible:
            return None
        if plan.status is Status.TIME_LIMIT:
            raise SolverFailed(plan.status)
        return plan


def case_of(problem: Problem, rules: Sequence[Obeyed], plan: Plan, limits: Limits | None = None) -> Case:
    """Open the case of a plan just solved."""
    asked = limits or Limits()
    prices = claims_of(plan, asked.gap).prices
    return Case(problem, tuple(rules), plan.exposure, plan.worth, plan.bound, prices, asked)
