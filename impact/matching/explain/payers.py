"""Who pays for a rule: what everybody has at one plan, against another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Floats, Ints, sums
from impact.matching.question.problem import Problem, Texts

PRODUCER = "producer"
"""What single producers are listed under."""
MOST_VALUES = 100
"""An attribute of more values than this is a name, not a group."""


@dataclass(frozen=True)
class Payer:
    """What a group of producers or placements has, in exposures and points, and how far that is from what
    it had.

    Groups are the values of an `attribute`; under ``producer`` each is one by itself.
    """

    attribute: str
    value: str
    exposure: float
    exposure_change: float
    worth: float
    worth_change: float


@dataclass(frozen=True)
class _Books:
    """Exposure and worth per link, before and after."""

    had: Floats
    has: Floats
    earned: Floats
    earns: Floats


def payers(
    problem: Problem, before: Floats, after: Floats, most_values: int = MOST_VALUES
) -> Iterator[Payer]:
    """Compare two plans, shape ``(link,)`` each, by attributes of producers of at most `most_values` values.

    The groups of one attribute together have all exposure and all worth.
    """
    books = _opened(problem, before, after)
    for name, values in problem.producer_attributes.items():
        if len(set(values)) <= most_values:
            yield from _by(name, values, problem.producer_of, books)


def everybody(problem: Problem, before: Floats, after: Floats) -> Iterator[Payer]:
    """Compare two plans producer by producer, then by every attribute of producers and of placements."""
    books = _opened(problem, before, after)
    yield from _by(PRODUCER, problem.producer_ids, problem.producer_of, books)
    for attributes, owner_of in (
        (problem.producer_attributes, problem.producer_of),
        (problem.placement_attributes, problem.placement_of),
    ):
        yield from _by_all(attributes, owner_of, books)


def _by_all(attributes: Mapping[str, Texts], owner_of: Ints, books: _Books) -> Iterator[Payer]:
    for name, values in attributes.items():
        yield from _by(name, values, owner_of, books)


def _opened(problem: Problem, before: Floats, after: Floats) -> _Books:
    return _Books(before, after, problem.worth(before), problem.worth(after))


def _by(attribute: str, values: Texts, owner_of: Ints, books: _Books) -> Iterator[Payer]:
    names, group_of_owner = np.unique(np.array(values, dtype=np.str_), return_inverse=True)
    group_of, num = group_of_owner[owner_of], len(names)
    had, has, earned, earns = (
        sums(each, group_of, num) for each in (books.had, books.has, books.earned, books.earns)
    )
    shown: NDArray[np.bool_] = np.bincount(group_of, minlength=num) > 0
    for group in np.flatnonzero(shown).tolist():
        yield Payer(
            attribute,
            str(names[group]),
            float(has[group]),
            float(has[group] - had[group]),
            float(earns[group]),
            float(earns[group] - earned[group]),
        )
