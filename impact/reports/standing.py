"""How each rule stands at a plan, and what giving way a little would gain."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.errors import Issue
from impact.matching.plan import RuleOutcome
from impact.reports.solved import Solved

STEPS = {"share": 0.01, "amount": 1000.0, "quality": 0.01}
"""How far a rule gives way when its price is told, by the unit of its limit."""
UNITS = {
    "producer_floor": "share",
    "placement_cap": "share",
    "max_min": "share",
    "group_ratio": "share",
    "churn": "share",
    "quality_floor": "quality",
    "lock": "amount",
}


@dataclass(frozen=True)
class Standing:
    """A rule as it was asked for and as it stands.

    `gain` is the value gained if the rule gave way by `step`, in the unit of its limit; it holds for small
    steps.
    """

    spec: Mapping[str, object]
    outcome: RuleOutcome
    unit: str
    """``share``, ``amount`` (exposures) or ``quality``."""
    step: float
    cautions: tuple[Issue, ...]
    """What of the rule can hold only in part."""

    @property
    def gain(self) -> float:
        """Points above the baseline."""
        return self.outcome.price * self.step


def standings(solved: Solved) -> tuple[Standing, ...]:
    """Put what was asked beside how it stands, in the order it was asked."""
    outcomes = {outcome.id: outcome for outcome in solved.plan.rules}
    return tuple(
        _standing(spec, outcomes[str(spec["id"])], _cautions(solved, str(spec["id"])))
        for spec in solved.programme.rules
    )


def _cautions(solved: Solved, rule: str) -> tuple[Issue, ...]:
    return tuple(issue for issue in solved.plan.warnings if issue.params.get("rule") == rule)


def _standing(spec: Mapping[str, object], outcome: RuleOutcome, cautions: tuple[Issue, ...]) -> Standing:
    unit = UNITS.get(outcome.kind, "amount" if spec.get("share") is None else "share")
    return Standing(spec, outcome, unit, STEPS[unit], cautions)
