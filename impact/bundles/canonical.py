"""One form for one problem, and its fingerprint: whatever the order of rows or the kind of files."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from impact.arrays import Ints, floats, ints
from impact.bundles.document import ProblemDocument, written
from impact.matching.question.problem import Attributes, Problem, Texts
from impact.matching.question.published import Published

_NUMBERS = (
    "producer_of_product",
    "capacity",
    "promised",
    "product_capacity",
    "supply",
    "product_of",
    "placement_of",
    "value",
    "quality",
    "baseline",
    "max_exposure",
)


def canonical(problem: Problem) -> Problem:
    """Return the same problem with producers, products and placements in the order of their ids."""
    producers, products = _order(problem.producer_ids), _order(problem.product_ids)
    placements = _order(problem.placement_ids)
    product_of, placement_of = (
        _inverse(products)[problem.product_of],
        _inverse(placements)[problem.placement_of],
    )
    links = np.lexsort((placement_of, product_of))
    return replace(
        problem,
        producer_ids=_texts(problem.producer_ids, producers),
        product_ids=_texts(problem.product_ids, products),
        placement_ids=_texts(problem.placement_ids, placements),
        producer_of_product=ints(_inverse(producers)[problem.producer_of_product][products]),
        capacity=floats(problem.capacity[producers]),
        promised=floats(problem.promised[producers]),
        owed=floats(problem.owed[producers]),
        product_capacity=floats(problem.product_capacity[products]),
        supply=floats(problem.supply[placements]),
        product_of=ints(product_of[links]),
        placement_of=ints(placement_of[links]),
        producer_attributes=_sorted(problem.producer_attributes, producers),
        product_attributes=_sorted(problem.product_attributes, products),
        placement_attributes=_sorted(problem.placement_attributes, placements),
        value=floats(problem.value[links]),
        quality=floats(problem.quality[links]),
        baseline=floats(problem.baseline[links]),
        max_exposure=floats(problem.max_exposure[links]),
        ceiling=floats(problem.ceiling[links]),
        published=_published(problem.published, links, products, placements),
    )


def _published(before: Published | None, links: Ints, products: Ints, placements: Ints) -> Published | None:
    """Order what was published as the links; where that is nothing, nothing was published."""
    if before is None or not before.whole:
        return None
    product, placement = _inverse(products)[before.gone_product], _inverse(placements)[before.gone_placement]
    gone = np.lexsort((placement, product))
    return Published(
        floats(before.exposure[links]),
        ints(product[gone]),
        ints(placement[gone]),
        floats(before.gone_exposure[gone]),
    )


def fingerprint(problem: Problem, document: ProblemDocument) -> str:
    """Compute the SHA-256 of a problem in canonical form and its rules, in hexadecimal.

    Numbers go in as little-endian doubles (or 64-bit integers), texts as UTF-8, each after its length.
    """
    digest = hashlib.sha256()
    for part in (written(document), *_all_texts(problem)):
        coded = part.encode()
        digest.update(len(coded).to_bytes(8, "little") + coded)
    for name in _NUMBERS:
        digest.update(np.ascontiguousarray(getattr(problem, name) + 0).tobytes())
    if problem.owed.any():
        digest.update(b"owed" + np.ascontiguousarray(problem.owed + 0).tobytes())
    before = problem.published
    for array in vars(before).values() if before and before.whole else ():
        digest.update(np.ascontiguousarray(array + 0).tobytes())
    return digest.hexdigest()


def _all_texts(problem: Problem) -> list[str]:
    parts = [
        *_counted(problem.producer_ids),
        *_counted(problem.product_ids),
        *_counted(problem.placement_ids),
    ]
    for table in (problem.producer_attributes, problem.product_attributes, problem.placement_attributes):
        parts += [str(len(table))]
        for name in sorted(table):
            parts += [name, *table[name]]
    return parts


def _counted(ids: Texts) -> list[str]:
    return [str(len(ids)), *ids]


def _order(ids: Texts) -> Ints:
    return np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)


def _inverse(order: Ints) -> Ints:
    inverse = np.empty_like(order)
    inverse[order] = np.arange(len(order))
    return inverse


def _texts(values: Sequence[str], order: Ints) -> Texts:
    return tuple(values[place] for place in order)


def _sorted(attributes: Attributes, order: Ints) -> Attributes:
    return {name: _texts(values, order) for name, values in attributes.items()}
