"""What is demanded of an instance: rules of every kind, none beyond what a reference already gives."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats, sums
from impact.matching.question.problem import Problem
from impact.matching.rules import RULES
from impact.matching.rules.obeyed import Obeyed

KIND_FLOORS = {"household": 0.98, "cooperative": 0.9, "artisan": 0.9, "remote": 0.98}
"""The share of the reference's exposure that each kind of producer keeps as a group."""
NUM_LOCKS = 3
Spec = dict[str, object]


def rules_of(problem: Problem, reference: Floats, dominance_share: float) -> tuple[Obeyed, ...]:
    """State rules of every kind that `reference` obeys, most of them narrowly."""
    specs = [
        *_floors_by_kind(problem, reference),
        *_floors_by_region(problem, reference),
        _head_cap(problem, reference),
        _floor_for_everyone(problem, reference),
        {"id": "dominance", "kind": "placement_cap", "share": dominance_share},
        _quality_floor(problem, reference),
        _parity(problem, reference),
        _closeness(problem, reference),
        *_locks(problem, reference),
    ]
    return RULES.validate_python(specs)


def _floors_by_kind(problem: Problem, reference: Floats) -> Iterator[Spec]:
    supply = float(problem.supply.sum())
    for name, given in _totals(problem, reference, "type").items():
        if name in KIND_FLOORS:
            share = KIND_FLOORS[name] * given / supply
            group = {"type": name}
            yield {"id": name, "kind": "group_floor", "group": group, "share": share, "of": "supply"}


def _floors_by_region(problem: Problem, reference: Floats) -> Iterator[Spec]:
    """Hold half of the regions near what they get, the others to a third of it."""
    for number, (name, given) in enumerate(sorted(_totals(problem, reference, "region").items())):
        least = (0.92 if number % 2 else 0.3) * given
        yield {"id": name, "kind": "group_floor", "group": {"region": name}, "at_least": least}


def _head_cap(problem: Problem, reference: Floats) -> Spec:
    share = min(1.0, 1.05 * _totals(problem, reference, "size")["head"] / float(reference.sum()))
    return {"id": "no-giants", "kind": "group_cap", "group": {"size": "head"}, "share": share}


def _floor_for_everyone(problem: Problem, reference: Floats) -> Spec:
    worst_off = (sums(reference, problem.producer_of, len(problem.capacity)) / problem.capacity).min()
    return {"id": "everyone", "kind": "producer_floor", "of_capacity": 0.99 * float(worst_off)}


def _quality_floor(problem: Problem, reference: Floats) -> Spec:
    """Keep the mean quality of each channel at the reference's, but for a hair."""
    channels = np.array(problem.placement_attributes["channel"])[problem.placement_of]
    minimum = {
        str(name): float(np.average(problem.quality, weights=reference * (channels == name))) - 0.002
        for name in np.unique(channels)
    }
    return {"id": "experience", "kind": "quality_floor", "minimum": minimum}


def _parity(problem: Problem, reference: Floats) -> Spec:
    """Keep the worst served region nearly as close to the best served as the reference does."""
    names, name_of = np.unique(np.array(problem.producer_attributes["region"]), return_inverse=True)
    given = sums(reference, name_of[problem.producer_of], len(names))
    served = given / sums(problem.capacity, name_of, len(names))
    minimum = 0.97 * float(served.min() / served.max())
    return {"id": "parity", "kind": "group_ratio", "by": "region", "minimum": minimum}


def _closeness(problem: Problem, reference: Floats) -> Spec:
    """Let change as much as from what was published to the reference, and half as much again."""
    assert problem.published is not None
    changed = float(np.abs(reference - problem.published.exposure).sum()) / problem.published.whole
    return {"id": "close", "kind": "churn", "share": min(2.0, 1.5 * changed)}


def _locks(problem: Problem, reference: Floats) -> Iterator[Spec]:
    """Lock the links the reference gives most to within half and twice of it."""
    for number, link in enumerate(np.argsort(-reference, kind="stable")[:NUM_LOCKS]):
        yield {
            "id": f"lock-{number}",
            "kind": "lock",
            "product": problem.product_ids[problem.product_of[link]],
            "placement": problem.placement_ids[problem.placement_of[link]],
            "at_least": 0.5 * float(reference[link]),
            "at_most": 2 * float(reference[link]),
        }


def _totals(problem: Problem, reference: Floats, attribute: str) -> dict[str, float]:
    """Add up the reference's exposure by an attribute of producers."""
    names, name_of = np.unique(np.array(problem.producer_attributes[attribute]), return_inverse=True)
    total = sums(reference, name_of[problem.producer_of], len(names))
    return dict(zip(names.tolist(), total.tolist(), strict=True))
