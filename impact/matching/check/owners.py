"""The book of a spread, opened from the format's documentation: whose ratios count, and up to where."""

from collections.abc import Mapping, Sequence

import numpy as np

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.check.welfare import Curve, Ranked, Shape, Welfare
from impact.matching.question.problem import Problem


def welfare_of(problem: Problem, spec: Mapping[str, object], reached: tuple[Floats, Floats]) -> Welfare:
    """Open the book of a term; `reached` is what each product, and each producer, could get at most alone."""
    over, within = str(spec.get("over") or "producer"), spec.get("within")
    member_of, capacity, owed, most = _members(problem, over, reached)
    groups = _names(problem, over)
    cells = ("",) * len(groups) if within is None else _outer(problem, over, str(within))
    known = np.isfinite(capacity) & (capacity > 0)
    owners, owner_of = _numbered(list(zip(cells, groups, strict=True)), known)
    held, due, alone = (sums(each[known], owner_of[known], len(owners)) for each in (capacity, owed, most))
    kept = np.flatnonzero(alone > 0)
    place = np.full(len(owners) + 1, -1)  # the last is where -1 points
    place[kept] = np.arange(len(kept))
    cell_of = [owners[owner][0] for owner in kept]
    return Welfare(
        rule=str(spec["id"]),
        names=[owners[owner][1] if within is None else "/".join(owners[owner]) for owner in kept],
        owner_of=place[owner_of[member_of]],
        capacity=held[kept],
        owed=due[kept],
        most=alone[kept],
        weight=float(str(spec["weight"])),
        shape=_shape(spec, cell_of),
    )


def _numbered(pairs: Sequence[tuple[str, str]], known: Bools) -> tuple[list[tuple[str, str]], Ints]:
    """Number the owners that anybody known belongs to; -1 for who is not known."""
    owners = sorted({pair for pair, counts in zip(pairs, known, strict=True) if counts})
    place = {pair: number for number, pair in enumerate(owners)}
    return owners, np.where(known, [place.get(pair, -1) for pair in pairs], -1)


def _shape(spec: Mapping[str, object], cells: list[str]) -> Shape:
    weights, alpha = spec.get("weights"), spec.get("alpha", 0.0)
    if isinstance(weights, list | tuple) or alpha == "infinity":
        number = {cell: place for place, cell in enumerate(sorted(set(cells)))}
        steps = tuple(map(float, weights)) if isinstance(weights, list | tuple) else ()
        return Ranked(steps, np.array([number[cell] for cell in cells], np.int64))
    assert isinstance(alpha, int | float)
    return Curve(float(alpha))


def _members(
    problem: Problem, over: str, reached: tuple[Floats, Floats]
) -> tuple[Ints, Floats, Floats, Floats]:
    """Give each link's producer (or product), and their capacity, debt and reach.

    A product takes at most what its producer can serve; debts are producers'.
    """
    owner = problem.producer_of_product
    if over != "product":
        return owner[problem.product_of], problem.capacity, problem.owed, reached[1]
    capacity = np.minimum(problem.product_capacity, problem.capacity[owner])
    return problem.product_of, capacity, np.zeros(len(owner)), np.minimum(reached[0], capacity)


def _names(problem: Problem, over: str) -> tuple[str, ...]:
    alone = {"product": problem.product_ids, "producer": problem.producer_ids}
    return alone[over] if over in alone else problem.producer_attributes[over]


def _outer(problem: Problem, over: str, within: str) -> tuple[str, ...]:
    values = problem.producer_ids if within == "producer" else problem.producer_attributes[within]
    return values if over != "product" else tuple(values[owner] for owner in problem.producer_of_product)
