"""Rules: each a frozen dataclass that turns a problem into linear rows; they know no solver.

Read `group_floor` for the pattern, `limits` for what always holds. A new rule is a file, a test, and its
name in `Rule` below.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Protocol

from pydantic import Field, TypeAdapter

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.problem import Problem
from impact.matching.rows import Rows
from impact.matching.rules.group_cap import GroupCap
from impact.matching.rules.group_floor import GroupFloor
from impact.matching.rules.limits import Capacity, ProductCapacity, Promise, Supply
from impact.matching.rules.lock import Lock
from impact.matching.rules.placement_cap import PlacementCap
from impact.matching.rules.producer_floor import ProducerFloor
from impact.matching.rules.quality_floor import QualityFloor

Rule = Annotated[
    GroupCap | GroupFloor | Lock | PlacementCap | ProducerFloor | QualityFloor,
    Field(discriminator="kind"),
]
RULES: TypeAdapter[tuple[Rule, ...]] = TypeAdapter(tuple[Rule, ...])
ALWAYS = (Supply(), Capacity(), ProductCapacity(), Promise())


class Obeyed(Protocol):
    """Anything a plan must obey."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> str: ...

    def faults(self, problem: Problem) -> Iterator[Issue]:
        """Say what keeps this rule from being applied to `problem`."""

    def rows(self, problem: Problem) -> Rows:
        """Turn the rule into rows; assumes no faults."""

    def units(self, problem: Problem, exposure: Floats) -> Floats:
        """How many row units one unit of the rule's limit is at `exposure`, shape ``(row,)``."""

    def ceiling(self, problem: Problem) -> Floats | None:
        """The most each link can carry because of this rule, shape ``(link,)``, if it limits single links."""


def faults(problem: Problem, rules: Sequence[Obeyed]) -> Iterator[Issue]:
    """Say what keeps `rules` from being applied to `problem`, all of it."""
    seen = {rule.id for rule in ALWAYS}
    for rule in rules:
        if rule.id in seen:
            yield Issue("rule_id_taken", file="problem.json", column="rules", params={"rule": rule.id})
        seen.add(rule.id)
        yield from rule.faults(problem)
