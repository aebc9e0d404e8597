"""Giving exposure out piece by piece, as the heuristics do: who is served first, and who gets it.

The heuristics were written for lists that users are shown one after another. Here an arrival is a small share
of one placement's supply; it goes to the links of that placement by descending score, each as far as link,
producer and supply allow.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from impact.arrays import Floats, Ints, ratio, sums
from impact.matching.question.problem import Problem

Scores = Callable[[Ints], Floats]
"""How much each of the links asked about is wanted now."""
LEAST = 1e-9


@dataclass
class Market:
    """What has been given so far, and what is left; one product a producer."""

    problem: Problem
    exposure: Floats = field(init=False)  # [link]
    given: Floats = field(init=False)  # [producer]
    served: Floats = field(init=False)  # [placement]
    _links_of: list[Ints] = field(init=False)  # [placement]

    def __post_init__(self) -> None:
        problem = self.problem
        if len(problem.product_ids) != len(problem.producer_ids):
            raise ValueError("Expected one product a producer.")
        self.exposure = np.zeros(problem.num_links)
        self.given = np.zeros(len(problem.producer_ids))
        self.served = np.zeros(len(problem.placement_ids))
        order = np.argsort(problem.placement_of, kind="stable")
        ends = np.cumsum(np.bincount(problem.placement_of, minlength=len(self.served)))
        self._links_of = np.split(order, ends[:-1])

    def links_of(self, placement: int) -> Ints:
        """Return the links of one placement."""
        return self._links_of[placement]

    def filled(self) -> Floats:
        """Return what each producer has been given as a share of its capacity, shape ``(producer,)``."""
        return ratio(self.given, self.problem.capacity)

    def serve(self, placement: int, amount: float, scores: Scores, most: Floats | None = None) -> None:
        """Give `amount` of a placement out by descending score; nobody gets beyond `most`, [producer]."""
        links = self.links_of(placement)
        producers = self.problem.producer_of[links]
        limit = self.problem.capacity if most is None else most
        room = np.minimum(
            self.problem.box[links] - self.exposure[links], limit[producers] - self.given[producers]
        )
        links, producers, room = links[room > LEAST], producers[room > LEAST], room[room > LEAST]
        order = np.argsort(-scores(links), kind="stable")
        amount = min(amount, float(self.problem.supply[placement] - self.served[placement]))
        before = np.cumsum(room[order]) - room[order]
        handed = np.clip(amount - before, 0.0, room[order])
        self.exposure[links[order]] += handed
        self.given[producers[order]] += handed
        self.served[placement] += handed.sum()

    def value(self, links: Ints) -> Floats:
        """Score links by their value alone."""
        return self.problem.value[links]

    def kept_share(self) -> Floats:
        """Return each placement's value so far, relative to its best links' for as much exposure."""
        value = sums(self.problem.value * self.exposure, self.problem.placement_of, len(self.served))
        return np.where(self.served > 0, ratio(value, self.served * self._best_value()), 0.0)

    def _best_value(self) -> Floats:
        best = np.zeros(len(self.served))
        np.maximum.at(best, self.problem.placement_of, self.problem.value)
        return best


def arrivals(rng: np.random.Generator, num_placements: int, rounds: int) -> Iterator[int]:
    """Let every placement arrive once a round, in random order."""
    for _ in range(rounds):
        yield from rng.permutation(num_placements).tolist()


def chunks(items: Iterable[int], size: int) -> Iterator[list[int]]:
    """Cut `items` into lists of `size`."""
    held: list[int] = []
    for item in items:
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
