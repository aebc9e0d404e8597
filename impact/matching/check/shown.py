"""Whether the best levels that a rule asks a share of can be held at all."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from impact.arrays import Floats
from impact.errors import Issue
from impact.matching.check.books import Spec
from impact.matching.check.claims import audit
from impact.matching.check.proof import Prices
from impact.matching.question.problem import Problem

Shown = Mapping[str, Floats]
"""Exposures of all links that hold everybody at its best level, by the id of the rule."""


def unshown(problem: Problem, specs: Sequence[Spec], prices: Prices, shown: Shown) -> Iterator[Issue]:
    """Name the max-min rules whose levels, proved to be no higher, nothing shows to be as high.

    A plan that is held to all of the best levels shows them itself; one held to a share of them does not,
    and levels too high would pass for the best.
    """
    for number, spec in enumerate(specs):
        share = spec.get("share", 1.0)
        if spec["kind"] == "max_min" and isinstance(share, int | float) and 0 < share < 1:
            exposure = shown.get(str(spec["id"]), np.zeros(problem.num_links))
            demands = [*_before(specs, number), {**spec, "share": 1.0}]
            for issue in audit(problem, demands, exposure, prices).broken:
                yield Issue("level_not_shown", params={"max_min": str(spec["id"]), **issue.params})


def _before(specs: Sequence[Spec], number: int) -> Iterator[Spec]:
    """Give the rules that the max-min rule stated as `number` counts on."""
    for place, spec in enumerate(specs):
        if spec["kind"] not in ("max_min", "spread") or (spec["kind"] == "max_min" and place < number):
            yield spec
