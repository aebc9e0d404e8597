"""What prices prove: the most that any plan which obeys the rules could be worth (weak duality)."""

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np

from impact.matching.check.accounts import Book
from impact.matching.check.worth import most_left
from impact.matching.question.problem import Problem

Prices = Mapping[str, Mapping[str, float]]
"""Gain of worth per unit of a row's bound: rule → label → price."""


def finite(prices: Prices) -> Prices:
    """Leave out prices that are no numbers: they prove nothing."""
    return {
        rule: {label: price for label, price in stated.items() if isfinite(price)}
        for rule, stated in prices.items()
    }


def proved(problem: Problem, books: Sequence[Book], prices: Prices) -> float:
    """Add up what no plan can exceed that obeys `books`, whatever the prices and however they were found."""
    total, per_exposure, per_change = 0.0, np.zeros(problem.num_links), 0.0
    for book in books:
        charge = book.charge(prices.get(book.rule, {}))
        total += charge.given_back
        per_exposure += charge.per_exposure
        per_change += charge.per_change
    return total + most_left(problem, per_exposure, per_change)
