"""Debts: what one cycle leaves producers short of an even share counts in the next.

Amortised over cycles, everybody's exposure is to be as even, for its capacity, as one cycle alone cannot make
it: Biega et al. 2018, doi:10.1145/3209978.3210063.
"""

import numpy as np

from impact.arrays import Floats, sums
from impact.matching.question.problem import Problem


def debts(problem: Problem, exposure: Floats) -> Floats:
    """Return what producers are owed after `exposure`, in exposures, shape ``(producer,)``.

    owed_i + K_i · ΣX / ΣK − X_i, the sums over producers of known capacity that can be reached; so what some
    are short of, others are ahead. Who has no known capacity, or cannot be reached, keeps what it was owed.
    """
    given = sums(exposure, problem.producer_of, len(problem.producer_ids))
    counted = np.isfinite(problem.capacity) & (problem.reachable > 0)
    capacity = problem.capacity[counted]
    left = problem.owed.copy()
    if len(capacity):
        left[counted] += capacity * (given[counted].sum() / capacity.sum()) - given[counted]
    return left
