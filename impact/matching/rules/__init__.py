"""Rules: each a frozen dataclass that turns a problem into linear rows; they know no solver.

Read `group_floor` for the pattern, `limits` for what always holds. A new rule is a file, a test, and its
name in `Rule` below.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field, TypeAdapter

from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.rules.churn import Churn
from impact.matching.rules.group_cap import GroupCap
from impact.matching.rules.group_floor import GroupFloor
from impact.matching.rules.group_ratio import GroupRatio
from impact.matching.rules.limits import Capacity, ProductCapacity, Promise, Supply
from impact.matching.rules.lock import Lock
from impact.matching.rules.max_min import MaxMin
from impact.matching.rules.obeyed import Obeyed
from impact.matching.rules.placement_cap import PlacementCap
from impact.matching.rules.producer_floor import ProducerFloor
from impact.matching.rules.quality_floor import QualityFloor

Rule = Annotated[
    Churn | GroupCap | GroupFloor | GroupRatio | Lock | MaxMin | PlacementCap | ProducerFloor | QualityFloor,
    Field(discriminator="kind"),
]
RULES: TypeAdapter[tuple[Rule, ...]] = TypeAdapter(tuple[Rule, ...])
ALWAYS: tuple[Obeyed, ...] = (Supply(), Capacity(), ProductCapacity(), Promise())


def faults(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Issue]:
    """Say what keeps `rules` from being applied to `problem`, all of it."""
    seen = {rule.id for rule in ALWAYS}
    for rule in rules:
        if rule.id in seen:
            yield Issue("rule_id_taken", file="problem.json", column="rules", params={"rule": rule.id})
        seen.add(rule.id)
        yield from rule.faults(problem)
