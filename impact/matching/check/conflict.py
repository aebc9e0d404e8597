"""Whether rules really cannot hold together: Farkas' lemma, from the data alone."""

from collections.abc import Collection, Sequence

import numpy as np

from impact.matching.check.accounts import Spec, all_accounts
from impact.matching.check.claims import Prices, price_of
from impact.matching.problem import Problem

FACTS = {"supply", "capacity", "product_capacity"}
"""What no rule can change, and so belongs to every conflict."""


def excess(problem: Problem, specs: Sequence[Spec], rules: Collection[str], weights: Prices) -> float:
    """Return by how much `rules`, weighed together, demand more than all links could ever give.

    Weights are negative on accounts that demand and positive on those that limit; on a side that an
    account does not have they count as zero. Above 0 it is a proof, however the weights were found.
    """
    demanded, wanted = 0.0, np.zeros(problem.num_links)
    for book in all_accounts(problem, specs):
        if book.rule not in FACTS and book.rule not in rules:
            continue
        weight = price_of(book, weights)
        weight = np.where((weight > 0) & np.isinf(book.upper), 0.0, weight)
        weight = np.where((weight < 0) & np.isinf(book.lower), 0.0, weight)
        demanded -= float(
            weight[weight < 0] @ book.lower[weight < 0] + weight[weight > 0] @ book.upper[weight > 0]
        )
        concerned = book.account_of >= 0
        wanted[concerned] -= book.weight[concerned] * weight[book.account_of[concerned]]
    alone = np.minimum(problem.max_exposure, problem.supply[problem.placement_of])
    alone = np.minimum(alone, problem.product_capacity[problem.product_of])
    return demanded - float(np.maximum(wanted, 0.0) @ alone)
