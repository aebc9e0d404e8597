"""What a rule costs: the price of its limit in both directions, how far each holds, and all of it."""

from dataclasses import dataclass

from impact.errors import SolverFailed
from impact.matching.explain.case import Case
from impact.matching.explain.straight import Tried, straight
from impact.matching.plan import Plan
from impact.matching.rules.dial import Dial

CAUTIOUS = 8.0
"""A limit is first tightened by one part of so many of itself: no plan may be possible further on."""
ROUNDING = 1e-7
"""The share of a worth that is put down to rounding."""


@dataclass(frozen=True)
class Price:
    """Points per unit of a limit, moved one way to `to`, where solving again found a plan of worth `worth`.

    It `holds` all the way, or is the mean of prices that change before.
    """

    per_unit: float
    to: float
    worth: float
    holds: bool


@dataclass(frozen=True)
class RulePrice:
    """What rule `rule` costs: points `gained` per unit where it gives way, `lost` where it asks for more.

    None where it can be moved no further that way, as far as was found, or has no one limit. `without` is the
    best plan without the rule: all it costs is the worth of that less the worth of the plan.
    """

    rule: str
    limit: float | None
    gained: Price | None
    lost: Price | None
    without: Plan


def rule_price(case: Case, number: int) -> RulePrice:
    """Price rule `number` by solving without it, and with its limit moved both ways.

    The worth is concave along a limit that is an amount or a share of supply. So a line from the plan to
    another point that touches the worth at either end is the worth itself all the way between: that is how
    far a price holds, proved. Where it does not hold the point where two tangents meet is tried next
    (Eisner & Severance 1976, doi:10.1145/321978.321982). Along other limits the line is right at its ends.

    Raises
    ------
    SolverFailed
        If solving again ended without an answer.
    """
    rule = case.rules[number]
    without = case.again(rules=(*case.rules[:number], *case.rules[number + 1 :]))
    assert without is not None  # the plan itself obeys the other rules
    dial = rule.dial(case.problem)
    if dial is None:
        return RulePrice(rule.id, None, None, None, without)
    easier, harder = _Way(case, number, dial, dial.loosest), _Way(case, number, dial, dial.tightest)
    cautious = min(harder.length, abs(dial.limit) or harder.length) / CAUTIOUS
    gained, lost = easier.price(easier.length), harder.price(cautious)
    return RulePrice(rule.id, dial.limit, gained, lost, without)


@dataclass(frozen=True)
class _Way:
    """One direction in which the limit of a rule can be moved, to `end` at most."""

    case: Case
    number: int
    dial: Dial
    end: float

    @property
    def length(self) -> float:
        return abs(self.end - self.dial.limit)

    def price(self, first: float) -> Price | None:
        """Find the line along which the worth changes first, trying it `first` away from the limit."""
        if not self.length > 0:
            return None
        line, holds = straight(
            self._tried,
            self._slope(self.case.price(self.case.rules[self.number].id)),
            self._error,
            self.length,
            first,
        )
        if line is None:
            return None
        return Price(abs(line.mean), self._at(line.away), self.case.worth + line.gained, holds)

    def _tried(self, away: float) -> Tried | None:
        """Solve `away` from the limit; None where no plan is possible, or was found."""
        try:
            plan = self.case.again(rules=self.case.with_limit(self.number, self._at(away)))
        except SolverFailed:
            return None
        if plan is None:
            return None
        rule = self.case.rules[self.number].id
        price = next(outcome.price for outcome in plan.rules if outcome.id == rule)
        return Tried(away, plan.worth - self.case.worth, self._slope(price))

    def _at(self, away: float) -> float:
        share = away / self.length
        return self.end if share == 1 else self.dial.limit + share * (self.end - self.dial.limit)

    def _slope(self, price: float) -> float:
        """Return what one unit further away adds to the worth where relief is worth `price`."""
        return price if self.end == self.dial.loosest else -price

    @property
    def _error(self) -> float:
        return ROUNDING * abs(self.case.worth) + abs(self.case.bound - self.case.worth)
