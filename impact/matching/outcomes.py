"""How each rule stands at a plan, in its own units, and what giving way by one of them would gain."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats
from impact.matching.check.claims import TOLERANCE
from impact.matching.plan import RuleOutcome
from impact.matching.pose import Posed
from impact.matching.rules import ALWAYS


def outcomes(posed: Posed, exposure: Floats, duals: Floats) -> Iterator[RuleOutcome]:
    """Describe how each rule that demands something stands at `exposure`, at prices `duals`."""
    activity = posed.activity(exposure)
    for number in range(len(ALWAYS), len(posed.rules)):
        rows = posed.rows_of(number)
        if posed.rules[number].demands:
            yield _outcome(posed, number, exposure, duals[rows], activity[rows])


def _outcome(posed: Posed, number: int, exposure: Floats, duals: Floats, activity: Floats) -> RuleOutcome:
    """Describe rule `number` by its tightest row, in the rule's own units."""
    rule, part = posed.rules[number], posed.parts[number]
    if not len(part):
        return RuleOutcome(rule.id, rule.kind, 0.0, 0.0, 0.0, 0.0, binding=False, tightest="")
    units = np.maximum(rule.units(posed.problem, exposure), TOLERANCE)
    floor = np.isfinite(part.lower)
    room = np.where(floor, activity - part.lower, part.upper - activity) / units
    row = int(np.nanargmin(room))
    return RuleOutcome(
        id=rule.id,
        kind=rule.kind,
        activity=float(part.limit[row] + (room[row] if floor[row] else -room[row])),
        limit=float(part.limit[row]),
        slack=float(max(room[row], 0.0)),
        price=float(np.nansum(np.abs(duals) * units)),
        binding=bool(np.abs(duals).max() > 0 or room[row] <= TOLERANCE),
        tightest=part.labels[row],
    )
