"""What every rule can be asked; a rule says only where it differs from these answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Self

import numpy as np

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.question.problem import Problem
from impact.matching.question.rows import Rows
from impact.matching.rules.dial import Dial


class Obeyed(ABC):
    """Anything a plan must obey; holds no state of its own."""

    id: str
    kind: str
    demands: ClassVar[bool] = True
    """Whether a plan can break it; what no plan can break only adds to what a plan is worth."""

    @abstractmethod
    def rows(self, problem: Problem) -> Rows:
        """Turn the rule into rows, each bounded on one side; assumes no faults."""

    @abstractmethod
    def units(self, problem: Problem, exposure: Floats) -> Floats:
        """How many row units one unit of the rule's limit is at `exposure`, shape ``(row,)``.

        NaN where a row only says what the rule's own variables are.
        """

    def own(self, problem: Problem, exposure: Floats) -> Floats:
        """Return the best values of the rule's own variables at `exposure`, shape ``(variable,)``."""
        return np.empty(0)

    def faults(self, problem: Problem) -> Iterator[Issue]:
        """Say what keeps this rule from being applied to `problem`."""
        yield from ()

    def cautions(self, problem: Problem) -> Iterator[Issue]:
        """Say what of this rule can hold only in part."""
        yield from ()

    def ceiling(self, problem: Problem) -> Floats | None:
        """The most each link can carry because of this rule, shape ``(link,)``, if it limits single links."""
        return None

    def dial(self, problem: Problem) -> Dial | None:
        """The limit that holds everywhere, where the rule states exactly one."""
        return None

    def moved(self, to: float, row: str = "") -> Self | None:
        """Return the rule with its limit at `to` (that of `row`, where each has its own), if it has one."""
        return None
