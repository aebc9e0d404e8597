"""Carrying over: what a plan gave, as what was published before another problem."""

from dataclasses import replace

import numpy as np

from impact.arrays import Floats, Ints, ints
from impact.matching.question.problem import Problem, Texts
from impact.matching.question.published import Given, laid_out


def measured_against(problem: Problem, former: Problem, exposure: Floats) -> Problem:
    """Return `problem` with what `exposure` gave on the links of a `former` one as what was published.

    Links are found by the ids of their products and placements. What went to products or placements that
    `problem` does not know at all is left out: a bundle could not name it.
    """
    given = np.flatnonzero(exposure > 0)
    product = _places(former.product_ids, problem.product_ids)[former.product_of[given]]
    placement = _places(former.placement_ids, problem.placement_ids)[former.placement_of[given]]
    known = (product >= 0) & (placement >= 0)
    before = Given(product[known], placement[known], exposure[given[known]])
    return replace(problem, published=laid_out(before, problem.product_of, problem.placement_of))


def _places(names: Texts, among: Texts) -> Ints:
    """Find each of `names` among others: its number there, -1 where it is none of them."""
    number_of = {name: number for number, name in enumerate(among)}
    return ints([number_of.get(name, -1) for name in names])
