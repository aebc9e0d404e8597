"""Whom an explanation is about: a producer, a product, or one link."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from impact.arrays import Floats, Ints, sums
from impact.errors import BadInput, Issue
from impact.matching.question.problem import Problem, Texts


class Kind(StrEnum):
    """What a subject is."""

    PRODUCER = "producer"
    PRODUCT = "product"
    LINK = "link"


@dataclass(frozen=True)
class Subject:
    """A producer, a product, or a link of a product with a placement; `links` are all it has."""

    kind: Kind
    id: str
    placement: str | None
    producer: int
    links: Ints

    def of(self, exposure: Floats) -> float:
        """Return what it has of `exposure`, shape ``(link,)``."""
        return float(exposure[self.links].sum())


def producer_of(problem: Problem, producer_id: str) -> Subject:
    """Find a producer; refuses an id nobody bears."""
    producer = _place(problem.producer_ids, producer_id, "producer_id")
    return Subject(
        Kind.PRODUCER, producer_id, None, producer, np.flatnonzero(problem.producer_of == producer)
    )


def product_of(problem: Problem, product_id: str, placement_id: str | None = None) -> Subject:
    """Find a product, or its link with a placement, which need not be there; refuses an unknown id."""
    product = _place(problem.product_ids, product_id, "product_id")
    links, producer = np.flatnonzero(problem.product_of == product), int(problem.producer_of_product[product])
    if placement_id is None:
        return Subject(Kind.PRODUCT, product_id, None, producer, links)
    placement = _place(problem.placement_ids, placement_id, "placement_id")
    links = links[problem.placement_of[links] == placement]
    return Subject(Kind.LINK, product_id, placement_id, producer, links)


def reach(problem: Problem, links: Ints) -> float:
    """Return what `links` could get at most, were there no others and no rules, in exposures."""
    by_product = sums(problem.box[links], problem.product_of[links], len(problem.product_ids))
    by_product = np.minimum(by_product, problem.product_capacity)
    by_producer = sums(by_product, problem.producer_of_product, len(problem.producer_ids))
    return float(np.minimum(by_producer, problem.capacity).sum())


def link_name(problem: Problem, link: int) -> tuple[str, str]:
    """Return the ids of a link's product and placement."""
    product, placement = problem.product_of[link], problem.placement_of[link]
    return problem.product_ids[product], problem.placement_ids[placement]


def _place(ids: Texts, wanted: str, column: str) -> int:
    if wanted not in ids:
        raise BadInput(_unknown(wanted, column))
    return ids.index(wanted)


def _unknown(wanted: str, column: str) -> Iterator[Issue]:
    yield Issue("id_not_there", column=column, params={"id": wanted})
