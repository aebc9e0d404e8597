"""A number that could be other: one cell of a table, or the limit of one rule."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np

from impact.matching.explain.case import Case
from impact.matching.explain.subject import link_name
from impact.matching.question.problem import Problem
from impact.matching.rules.dial import Dial
from impact.matching.rules.obeyed import Obeyed

Question = tuple[Problem, tuple[Obeyed, ...]]


class Quantity(StrEnum):
    """What the number is; cells are named as the arrays of `Problem`."""

    VALUE = "value"
    QUALITY = "quality"
    MAX_EXPOSURE = "max_exposure"
    CAPACITY = "capacity"
    PRODUCT_CAPACITY = "product_capacity"
    LIMIT = "limit"


@dataclass(frozen=True)
class Steps:
    """How far to move: what to try, ever further. Up to `insufficient` prices prove that it is not enough."""

    tries: tuple[float, ...]
    insufficient: float = 0.0


@dataclass(frozen=True)
class Lever:
    """One number that could be other, and the question with it moved by a step.

    `of` names whose number it is: a producer, a product, a rule; for a link the product, with `placement`.
    `place` is its number among those. Steps count from 0, where the number stands at `start`, in the
    direction `way` (1 or -1).
    """

    quantity: Quantity
    place: int
    of: str
    placement: str | None
    start: float
    way: float
    steps: Steps
    moved: Callable[[float], Question]

    def at(self, step: float) -> float:
        """Say where the number stands after `step`."""
        return self.start + self.way * step


def of_link(case: Case, quantity: Quantity, link: int, steps: Steps) -> Lever:
    """Make a lever of a cell in the table of links, to be raised."""
    product, placement = link_name(case.problem, link)
    return _of_cell(case, quantity, link, (product, placement), steps)


def of_owner(case: Case, quantity: Quantity, owner: int, steps: Steps) -> Lever:
    """Make a lever of a producer's or a product's capacity, to be raised."""
    problem = case.problem
    ids = problem.producer_ids if quantity is Quantity.CAPACITY else problem.product_ids
    return _of_cell(case, quantity, owner, (ids[owner], None), steps)


def of_rule(case: Case, number: int, dial: Dial, way: float, steps: Steps) -> Lever:
    """Make a lever of the limit of rule `number`, which `dial` can turn."""
    moved = partial(_limit, case, number, dial.limit, way)
    return Lever(Quantity.LIMIT, number, case.rules[number].id, None, dial.limit, way, steps, moved)


def _of_cell(
    case: Case, quantity: Quantity, place: int, named: tuple[str, str | None], steps: Steps
) -> Lever:
    start = float(getattr(case.problem, quantity)[place])
    moved = partial(_cell, case, quantity, place, start)
    return Lever(quantity, place, *named, start, 1.0, steps, moved)


def _cell(case: Case, column: str, place: int, start: float, step: float) -> Question:
    cells = np.array(getattr(case.problem, column))
    cells[place] = start + step
    problem = replace(case.problem, **{column: cells}, ceiling=np.empty(0))  # type: ignore[arg-type]
    return problem, case.rules


def _limit(case: Case, number: int, start: float, way: float, step: float) -> Question:
    return case.problem, case.with_limit(number, start + way * step)
