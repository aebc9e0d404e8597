"""How unevenly something is spread: three measures, what each means and what it cannot show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Floats, Ints, ratio, sums


@dataclass(frozen=True)
class Lorenz:
    """Points of a Lorenz curve, from (0, 0) to (1, 1): the poorest `people_share` hold `held_share`."""

    people_share: Floats
    held_share: Floats


@dataclass(frozen=True)
class Theil:
    """Theil's T and its two exact parts; `between + within` is the whole."""

    between: float
    within: float

    @property
    def total(self) -> float:
        """The whole of it."""
        return self.between + self.within


def lorenz(values: Floats) -> Lorenz:
    """Draw the Lorenz curve of non-negative `values`: L(k/n) = Σ_{m≤k} x_(m) ÷ Σ_m x_(m), x sorted upwards.

    Perfect: the diagonal. It cannot show who is at which end, nor how much there is in all.
    Lorenz 1905, doi:10.2307/2276207. All zero counts as evenly spread.
    """
    people = np.linspace(0.0, 1.0, len(values) + 1)
    total = values.sum()
    if not total > 0:
        return Lorenz(people, people)
    return Lorenz(people, np.concatenate([[0.0], np.cumsum(np.sort(values)) / total]))


def gini(values: Floats) -> float:
    """Compute Gini's coefficient of non-negative `values`: G = Σ_k (2k − n − 1)·x_(k) ÷ (n·Σ_k x_(k)).

    Perfect: 0, all the same; (n − 1)/n when one holds everything. Very different spreads may share one
    value, and it cannot show which group is at the poor end. Gini 1912; doi:10.2307/2223525. All zero
    counts as 0.
    """
    size, total = len(values), float(values.sum())
    if not total > 0:
        return 0.0
    rank = 2 * np.arange(1, size + 1) - size - 1
    return float(rank @ np.sort(values) / (size * total))


def theil(values: Floats, groups: NDArray[np.str_]) -> Theil:
    """Split Theil's T = 1/n · Σ_i (x_i/μ)·ln(x_i/μ) into inequality between `groups` and within them.

    Between: Σ_g s_g·ln(μ_g/μ); within: Σ_g s_g·T_g, where s_g is the share of the whole that group g holds.
    Perfect: 0. It cannot show direction, its scale (0 to ln n) has no everyday meaning, and groups of one
    have no inequality within. Theil 1967; Shorrocks 1980, doi:10.2307/1913126. All zero counts as 0.
    """
    total = float(values.sum())
    if not total > 0:
        return Theil(0.0, 0.0)
    names, group_of = np.unique(groups, return_inverse=True)
    held = sums(values, group_of, len(names)) / total
    size_share = np.bincount(group_of, minlength=len(names)) / len(values)
    between = _entropy(held, size_share)
    return Theil(between, _entropy(values / total, np.full(len(values), 1 / len(values))) - between)


def group_totals(values: Floats, groups: NDArray[np.str_]) -> dict[str, float]:
    """Add up `values` by group."""
    names, group_of = np.unique(groups, return_inverse=True)
    added = sums(values, group_of, len(names))
    return {str(name): float(total) for name, total in zip(names, added, strict=True)}


def weighted_means(values: Floats, weights: Floats, owner_of: Ints, num_owners: int) -> Floats:
    """Average `values` by owner, shape ``(owner,)``; zero where nothing weighs."""
    return ratio(sums(values * weights, owner_of, num_owners), sums(weights, owner_of, num_owners))


def _entropy(held: Floats, expected: Floats) -> float:
    """Return Σ h·ln(h/e), calling 0·ln 0 zero."""
    some = held > 0
    return float(held[some] @ np.log(held[some] / expected[some]))
