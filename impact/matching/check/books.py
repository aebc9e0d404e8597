"""The book of every rule, written from the format's documentation, not from the rules' own code."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from impact.arrays import Bools, Floats, sums
from impact.matching.check.accounts import Accounts, Book
from impact.matching.check.change import Change
from impact.matching.check.owners import welfare_of
from impact.matching.check.pairs import Pairs
from impact.matching.check.ratios import Ratios, ratios_of
from impact.matching.check.welfare import Welfare
from impact.matching.question.problem import Problem

INF = float("inf")
Spec = Mapping[str, object]


def all_books(problem: Problem, specs: Sequence[Spec]) -> tuple[Book, ...]:
    """Open the books of everything `problem` and `specs` demand, but for best levels, which need a proof."""
    ruled = tuple(
        _BOOKS[str(spec["kind"])](problem, spec, specs) for spec in specs if spec["kind"] != "max_min"
    )
    return (*_standing(problem, specs), *ruled)


def reach(problem: Problem, specs: Sequence[Spec]) -> Floats:
    """Compute what each producer could get at most alone, shape ``(producer,)``."""
    return _reach_of(problem, _reach_of_products(problem, specs))


def _reach_of(problem: Problem, product: Floats) -> Floats:
    return np.minimum(sums(product, problem.producer_of_product, len(problem.producer_ids)), problem.capacity)


def _reach_of_products(problem: Problem, specs: Sequence[Spec]) -> Floats:
    most = np.minimum(problem.max_exposure, problem.supply[problem.placement_of])
    for spec in specs:
        if spec["kind"] == "placement_cap":
            most = np.minimum(most, _number(spec["share"]) * problem.supply[problem.placement_of])
        if spec["kind"] == "lock" and spec.get("at_most") is not None:
            most = np.where(_locked(problem, spec), np.minimum(most, _number(spec["at_most"])), most)
    return np.minimum(sums(most, problem.product_of, len(problem.product_ids)), problem.product_capacity)


def _standing(problem: Problem, specs: Sequence[Spec]) -> tuple[Accounts, ...]:
    one = np.ones(problem.num_links)
    producer = problem.producer_of_product[problem.product_of]
    kept = np.minimum(problem.promised, reach(problem, specs))
    return (
        Accounts("supply", problem.placement_ids, problem.placement_of, one, *_at_most(problem.supply)),
        Accounts("capacity", problem.producer_ids, producer, one, *_at_most(problem.capacity)),
        Accounts(
            "product_capacity",
            problem.product_ids,
            problem.product_of,
            one,
            *_at_most(problem.product_capacity),
        ),
        Accounts("promised", problem.producer_ids, producer, one, *_at_least(kept)),
    )


def _group_floor(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Accounts:
    weight, bound = _group_share(problem, spec, "at_least")
    return _single(spec, weight, _at_least(np.array([bound])))


def _group_cap(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Accounts:
    weight, bound = _group_share(problem, spec, "at_most")
    return _single(spec, weight, _at_most(np.array([bound])))


def _producer_floor(problem: Problem, spec: Spec, specs: Sequence[Spec]) -> Accounts:
    known = np.isfinite(problem.capacity) & (problem.capacity > 0)
    floor = np.zeros(len(known))
    floor[known] = _number(spec["of_capacity"]) * problem.capacity[known] + problem.owed[known]
    floor = np.clip(floor, 0.0, reach(problem, specs))
    producer = problem.producer_of_product[problem.product_of]
    return Accounts(
        str(spec["id"]), problem.producer_ids, producer, np.ones(problem.num_links), *_at_least(floor)
    )


def _placement_cap(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Accounts:
    producer = problem.producer_of_product[problem.product_of]
    placement = problem.placement_of
    width = len(problem.placement_ids)
    pairs, account_of = np.unique(producer * width + placement, return_inverse=True)
    names = Pairs(problem.producer_ids, problem.placement_ids, pairs)
    upper = _number(spec["share"]) * problem.supply[pairs % width]
    return Accounts(str(spec["id"]), names, account_of, np.ones(problem.num_links), *_at_most(upper))


def _quality_floor(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Accounts:
    values = problem.placement_attributes[str(spec.get("by", "channel"))]
    stated = spec["minimum"]
    floors = stated if isinstance(stated, Mapping) else dict.fromkeys(values, stated)
    names = sorted({value for value in values if value in floors})
    place = {name: number for number, name in enumerate(names)}
    account_of = np.array([place.get(value, -1) for value in values], np.int64)[problem.placement_of]
    minimum = np.array([_number(floors.get(value, 0.0)) for value in values])[problem.placement_of]
    return Accounts(
        str(spec["id"]), names, account_of, problem.quality - minimum, *_at_least(np.zeros(len(names)))
    )


def _lock(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Accounts:
    account_of = np.where(_locked(problem, spec), 0, -1)
    most = spec.get("at_most")
    lower = np.array([_number(spec.get("at_least") or 0.0)])
    upper = np.array([INF if most is None else _number(most)])
    name = f"{spec['product']}@{spec['placement']}"
    return Accounts(str(spec["id"]), (name,), account_of, np.ones(problem.num_links), lower, upper)


def _group_ratio(problem: Problem, spec: Spec, specs: Sequence[Spec]) -> Ratios:
    within = spec.get("within")
    named = (str(spec["by"]), None if within is None else str(within))
    reached = reach(problem, specs)
    return ratios_of(problem, str(spec["id"]), named, _number(spec["minimum"]), reached)


def _churn(problem: Problem, spec: Spec, _: Sequence[Spec]) -> Change:
    assert problem.published is not None
    return Change(str(spec["id"]), problem.published, _number(spec["share"]))


def _spread(problem: Problem, spec: Spec, specs: Sequence[Spec]) -> Welfare:
    reached = _reach_of_products(problem, specs)
    return welfare_of(problem, spec, (reached, _reach_of(problem, reached)))


_BOOKS: Mapping[str, Callable[[Problem, Spec, Sequence[Spec]], Book]] = {
    "group_floor": _group_floor,
    "group_cap": _group_cap,
    "producer_floor": _producer_floor,
    "placement_cap": _placement_cap,
    "quality_floor": _quality_floor,
    "lock": _lock,
    "group_ratio": _group_ratio,
    "churn": _churn,
    "spread": _spread,
}


def _single(spec: Spec, weight: Floats, bounds: tuple[Floats, Floats]) -> Accounts:
    account_of = np.where(weight != 0, 0, -1)
    return Accounts(str(spec["id"]), (str(spec["id"]),), account_of, weight, *bounds)


def _group_share(problem: Problem, spec: Spec, amount: str) -> tuple[Floats, float]:
    group = spec["group"]
    assert isinstance(group, Mapping)
    inside = np.ones(problem.num_links, bool)
    for name, wanted in group.items():
        inside &= _has(problem, name, {wanted} if isinstance(wanted, str) else set(wanted))
    if spec.get("share") is None:
        return inside.astype(np.float64), _number(spec[amount])
    share = _number(spec["share"])
    if spec.get("of", "exposure") == "supply":
        return inside.astype(np.float64), share * float(problem.supply.sum())
    return np.where(inside, 1.0 - share, -share), 0.0


def _has(problem: Problem, name: str, wanted: set[str]) -> Bools:
    if name in problem.product_attributes:
        match, owner_of = problem.product_attributes[name], problem.product_of
    elif name in problem.producer_attributes:
        match, owner_of = problem.producer_attributes[name], problem.producer_of_product[problem.product_of]
    else:
        match, owner_of = problem.placement_attributes[name], problem.placement_of
    matches: Bools = np.array([value in wanted for value in match], bool)
    return matches[owner_of]


def _locked(problem: Problem, spec: Spec) -> Bools:
    product: Bools = np.array([name == spec["product"] for name in problem.product_ids], bool)
    placement: Bools = np.array([name == spec["placement"] for name in problem.placement_ids], bool)
    both: Bools = product[problem.product_of] & placement[problem.placement_of]
    return both


def _at_most(upper: Floats) -> tuple[Floats, Floats]:
    return np.full(len(upper), -INF), upper


def _at_least(lower: Floats) -> tuple[Floats, Floats]:
    return lower, np.full(len(lower), INF)


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
