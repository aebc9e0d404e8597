"""Whether rules really cannot hold together: Farkas' lemma, from the data alone."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from impact.matching.check.books import Spec, all_books
from impact.matching.check.proof import Prices, finite, proved
from impact.matching.question.problem import Problem

FACTS = {"supply", "capacity", "product_capacity"}
"""What no rule can change, and so belongs to every conflict."""


def excess(problem: Problem, specs: Sequence[Spec], rules: Collection[str], weights: Prices) -> float:
    """Return by how much `rules`, weighed together, demand more than all links could ever give.

    Weights are negative on accounts that demand and positive on those that limit; on a side that an
    account does not have they count as zero. Above 0 it is a proof, however the weights were found: were
    there a plan, plans worth nothing could not be worth less than nothing.
    """
    named = [book for book in all_books(problem, specs) if book.rule in FACTS or book.rule in rules]
    worthless = replace(problem, value=np.zeros(problem.num_links))
    return -proved(worthless, named, finite(weights))
