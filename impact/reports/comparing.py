"""Comparing: plans beside the published one: what changed in, what changed out, who gains and who loses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from impact.arrays import sums
from impact.errors import BadInput, Issue
from impact.matching.plan import Status
from impact.reports.solved import Solved

MOST_PLANS = 4
"""So many plans can be put beside the published one at once."""
PRODUCER = "producer"
GROUPS = (PRODUCER, "region", "type", "tier", "size")
"""By what gains and losses are told; all but producers are attributes that rules may name."""
ROUNDING = 1e-6
"""What differs by less than so many exposures is the same."""
Spec = Mapping[str, object]


@dataclass(frozen=True)
class RuleChange:
    """A rule that is asked for differently: None before where it is new, None after where it is gone."""

    before: Spec | None
    after: Spec | None


@dataclass(frozen=True)
class CapacityChange:
    """A producer that can serve more or less than before, in exposures."""

    producer_id: str
    before: float
    after: float


@dataclass(frozen=True)
class ChangedIn:
    """What was asked or known differently; products by id, `months` before and after."""

    months: tuple[int, int]
    rules: tuple[RuleChange, ...]
    products_added: tuple[str, ...]
    products_gone: tuple[str, ...]
    products_excluded: tuple[str, ...]
    """Left out of the programme now, and not before."""
    products_admitted: tuple[str, ...]
    capacities: tuple[CapacityChange, ...]
    supply: tuple[float, float]
    """Exposures that may be given, before and after."""
    published: tuple[float, float]
    """Exposures of what was published, against which change is measured: 0 where nothing was."""


@dataclass(frozen=True)
class ChangedOut:
    """What came of it: figures before and after, and how much exposure is elsewhere.

    `taken` and `added` are exposures that links have less and more of. `churn_share` is both together, over
    all that was published, as the rule of that name counts it; None where nothing was.
    """

    status: tuple[Status, Status]
    worth: tuple[float, float]
    exposure: tuple[float, float]
    taken: float
    added: float
    links_gained: int
    """Links that carry something now, and nothing before."""
    links_lost: int
    churn_share: float | None


@dataclass(frozen=True)
class Gain:
    """What a producer, or all producers of a region, a type, a tier or a size, had and have, in exposures."""

    group: str
    value: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """What it gained, negative where it lost."""
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """A plan beside the published one; `gains` are of every group that has more or less, the most first."""

    published: str
    plan: str
    changed_in: ChangedIn
    changed_out: ChangedOut
    gains: Mapping[str, tuple[Gain, ...]]

    def most(self, group: str, count: int) -> tuple[tuple[Gain, ...], tuple[Gain, ...]]:
        """Return who gains most and who loses most, each the most first."""
        gains = self.gains[group]
        winners = tuple(each for each in gains[:count] if each.change > 0)
        return winners, tuple(each for each in gains[: -count - 1 : -1] if each.change < 0)


def compare(published: Solved, plans: Sequence[Solved]) -> tuple[Comparison, ...]:
    """Put up to four plans beside the published one.

    Nouns are matched by id: what only one of two plans knows counts as nothing in the other.

    Raises
    ------
    BadInput
        There are more plans.
    """
    if len(plans) > MOST_PLANS:
        params = {"count": len(plans), "most": MOST_PLANS}
        raise BadInput([Issue("plans_too_many", params=params)])
    return tuple(_comparison(published, plan) for plan in plans)


def _comparison(before: Solved, after: Solved) -> Comparison:
    return Comparison(
        published=before.plan_id,
        plan=after.plan_id,
        changed_in=_changed_in(before, after),
        changed_out=_changed_out(before, after),
        gains={group: _gains(group, before, after) for group in GROUPS},
    )


def _changed_in(before: Solved, after: Solved) -> ChangedIn:
    had, has = ({each.product_id for each in one.graph.catalog.products} for one in (before, after))
    out, now_out = before.programme.excluded.keys(), after.programme.excluded.keys()
    return ChangedIn(
        months=(before.programme.month, after.programme.month),
        rules=tuple(_rule_changes(before.programme.rules, after.programme.rules)),
        products_added=tuple(sorted(has - had)),
        products_gone=tuple(sorted(had - has)),
        products_excluded=tuple(sorted((now_out - out) & had)),
        products_admitted=tuple(sorted((out - now_out) & has)),
        capacities=tuple(_capacity_changes(before, after)),
        supply=(float(before.problem.supply.sum()), float(after.problem.supply.sum())),
        published=(_published(before), _published(after)),
    )


def _published(solved: Solved) -> float:
    return solved.problem.published.whole if solved.problem.published else 0.0


def _rule_changes(before: Iterable[Spec], after: Iterable[Spec]) -> Iterator[RuleChange]:
    """Match rules by id, those that are there now first."""
    had, has = ({str(spec["id"]): spec for spec in specs} for specs in (before, after))
    for name in dict.fromkeys((*has, *had)):
        if had.get(name) != has.get(name):
            yield RuleChange(had.get(name), has.get(name))


def _capacity_changes(before: Solved, after: Solved) -> Iterator[CapacityChange]:
    known = {each.producer_id: each.capacity for each in before.graph.catalog.producers}
    for each in after.graph.catalog.producers:
        had = known.get(each.producer_id, each.capacity)
        if abs(had - each.capacity) > ROUNDING:
            yield CapacityChange(each.producer_id, had, each.capacity)


def _changed_out(before: Solved, after: Solved) -> ChangedOut:
    had, has = _carried(before), _carried(after)
    changes = {link: has.get(link, 0.0) - had.get(link, 0.0) for link in had.keys() | has.keys()}
    taken = fsum(-change for change in changes.values() if change < 0)
    added = fsum(change for change in changes.values() if change > 0)
    published = fsum(had.values())
    return ChangedOut(
        status=(before.plan.status, after.plan.status),
        worth=(before.plan.worth, after.plan.worth),
        exposure=(published, fsum(has.values())),
        taken=taken,
        added=added,
        links_gained=len(has.keys() - had.keys()),
        links_lost=len(had.keys() - has.keys()),
        churn_share=(taken + added) / published if published > 0 else None,
    )


def _carried(solved: Solved) -> dict[tuple[str, str], float]:
    """Return what each link carries that carries anything, by product and placement."""
    problem, exposure = solved.problem, solved.plan.exposure
    used = (exposure > ROUNDING).nonzero()[0]
    return {
        (problem.product_ids[product], problem.placement_ids[placement]): given
        for product, placement, given in zip(
            problem.product_of[used].tolist(),
            problem.placement_of[used].tolist(),
            exposure[used].tolist(),
            strict=True,
        )
    }


def _gains(group: str, before: Solved, after: Solved) -> tuple[Gain, ...]:
    had, has = _held(group, before), _held(group, after)
    gains = (
        Gain(group, value, had.get(value, 0.0), has.get(value, 0.0)) for value in had.keys() | has.keys()
    )
    told = [each for each in gains if abs(each.change) > ROUNDING]
    return tuple(sorted(told, key=lambda each: (-each.change, each.value)))


def _held(group: str, solved: Solved) -> dict[str, float]:
    """Add exposure up by producer, or by an attribute of producers."""
    problem = solved.problem
    values = problem.producer_ids if group == PRODUCER else problem.producer_attributes[group]
    given = sums(solved.plan.exposure, problem.producer_of, len(problem.producer_ids)).tolist()
    held: dict[str, list[float]] = {}
    for value, each in zip(values, given, strict=True):
        held.setdefault(value, []).append(each)
    return {value: fsum(each) for value, each in held.items()}
