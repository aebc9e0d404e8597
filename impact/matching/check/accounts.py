"""A rule as a book of accounts: every link belongs to at most one account, with a weight.

A rule then reads: for each account, `lower ≤ Σ weight·exposure ≤ upper`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.matching.check.pairs import Pairs

Stated = Mapping[str, float]
"""Prices of one rule by account."""


@dataclass(frozen=True)
class Charge:
    """What obeying a rule costs at given prices: so much per exposure, less what its bounds give back.

    `per_change` is charged, besides, for each exposure more or less than was published.
    """

    per_exposure: Floats  # [link]
    given_back: float
    per_change: float = 0.0


class Book(Protocol):
    """Anything a plan is held to."""

    @property
    def rule(self) -> str:
        """The id of the rule."""

    def at(self, exposure: Floats) -> "Accounts":
        """Read the rule at `exposure`: levels and directions of change are then what they are there."""

    def charge(self, stated: Stated) -> Charge:
        """Charge `stated` prices, those of the wrong sign as zero."""


@dataclass(frozen=True)
class Accounts:
    """One rule's books; `account_of` is -1 for links the rule does not concern.

    `unit` is what one unit of the rule's limit is, where that cannot be told from the rule alone.
    """

    rule: str
    names: Sequence[str]  # [account]
    account_of: Ints  # [link]
    weight: Floats  # [link]
    lower: Floats  # [account]
    upper: Floats  # [account]
    unit: Floats | None = None  # [account]

    def at(self, exposure: Floats) -> "Accounts":
        return self

    def charge(self, stated: Stated) -> Charge:
        price = self.laid_out(stated)
        price = np.where((price > 0) & np.isinf(self.upper), 0.0, price)
        price = np.where((price < 0) & np.isinf(self.lower), 0.0, price)
        more, less = price > 0, price < 0
        given_back = float(price[more] @ self.upper[more] + price[less] @ self.lower[less])
        return Charge(self.spread(price), given_back)

    def laid_out(self, stated: Stated) -> Floats:
        """Lay prices out by account, zero where none is stated, shape ``(account,)``."""
        if not stated:
            return np.zeros(len(self.lower))
        if isinstance(self.names, Pairs):
            return self.names.laid_out(stated)
        return np.array([stated.get(name, 0.0) for name in self.names], np.float64)

    def spread(self, price: Floats) -> Floats:
        """Spread prices of accounts over the links they weigh, shape ``(link,)``."""
        per_exposure, own = np.zeros(len(self.account_of)), self._concerned
        per_exposure[own] = self.weight[own] * price[self.account_of[own]]
        return per_exposure

    def activity(self, exposure: Floats) -> Floats:
        """Add up the books at `exposure`, shape ``(account,)``."""
        own = self._concerned
        return self._total(self.weight[own] * exposure[own])

    def size(self, exposure: Floats) -> Floats:
        """Return the scale on which a violation is judged, shape ``(account,)``; at least 1."""
        own = self._concerned
        turnover = self._total(np.abs(self.weight[own]) * exposure[own])
        bounds = np.where(np.isfinite(self.lower), np.abs(self.lower), 0.0)
        bounds = np.maximum(bounds, np.where(np.isfinite(self.upper), np.abs(self.upper), 0.0))
        return np.maximum(1.0, np.maximum(turnover, bounds))

    def violation(self, exposure: Floats) -> Floats:
        """Return by how much each account is broken, relative to its size, shape ``(account,)``."""
        activity = self.activity(exposure)
        broken = np.maximum(self.lower - activity, activity - self.upper)
        return np.maximum(broken, 0.0) / self.size(exposure)

    def _total(self, amount: Floats) -> Floats:
        """Add amounts of the links concerned up by account."""
        return sums(amount, self.account_of[self._concerned], len(self.lower))

    @cached_property
    def _concerned(self) -> Ints | slice:
        """The links that the rule concerns: most rules leave most of them out."""
        links = np.flatnonzero(self.account_of >= 0)
        return slice(None) if len(links) == len(self.account_of) else links
