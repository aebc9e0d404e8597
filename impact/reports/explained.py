"""Explained: what a plan says at once, from its own prices, of anything in it; all of it adds up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from impact.arrays import Bools, Ints, sums
from impact.errors import BadInput, Issue, Unknown
from impact.matching.explain.case import Case
from impact.matching.explain.standing import LinkStanding, Standing, stand
from impact.matching.explain.subject import Kind, Subject, producer_of, product_of
from impact.matching.question.problem import Texts
from impact.reports.producers import lineage, regions_by_code
from impact.reports.solved import Shelf, Solved
from impact.reports.why import Evidence, Reason, evidence, opened, refusals

ROUNDING = 1e-9
"""What charges less than so many points charges nothing."""
NUM_PLANS = 4
"""Plans whose cases are kept: a plan never changes, and turning its prices into charges takes a while."""


class Many(StrEnum):
    """What is explained as the sum of others."""

    REGION = "region"
    SEGMENT = "segment"


@dataclass(frozen=True)
class LinkAccount:
    """One link: what speaks for it, how it stands, what it earns in all.

    `charges` are by limit or rule, and add up to what one exposure more must be worth (`standing.charge`).
    """

    standing: LinkStanding
    evidence: Evidence
    worth: float
    charges: Mapping[str, float]


@dataclass(frozen=True)
class Account:
    """A producer, a product or a link; exposure and worth of its links add up to its own.

    `refused` is what kept it from other placements, those that came closest first; nothing of a link.
    """

    subject: Subject
    standing: Standing
    links: tuple[LinkAccount, ...]
    refused: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Member:
    """One of many, by its number: a producer of a region, a product in a segment."""

    number: int
    exposure: float
    worth: float


@dataclass(frozen=True)
class Gathered:
    """A region by its producers, or a segment by the products shown there; the most exposure first.

    `most` is what there is to give at most: the capacity of the producers, or the attention of the segment.
    """

    kind: Many
    id: str
    exposure: float
    worth: float
    most: float
    members: tuple[Member, ...]

    @property
    def num_reached(self) -> int:
        """How many of them have some."""
        return sum(member.exposure > 0 for member in self.members)


class Cases:
    """The cases of the plans on a shelf, each opened once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._opened = lru_cache(NUM_PLANS)(self._open)

    def of(self, solved: Solved) -> Case:
        """Return the case of a plan of the shelf."""
        return self._opened(solved.plan_id)

    def _open(self, plan_id: str) -> Case:
        solved = self._shelf.get(plan_id)
        assert solved is not None
        return opened(solved)


def subject_of(
    solved: Solved, *, producer: str | None = None, product: str | None = None, placement: str | None = None
) -> Subject:
    """Find who is asked about: a producer, a product, or a product in one placement.

    Raises
    ------
    Unknown, BadInput
        An id is nobody's; it is not just one who is asked about.
    """
    try:
        if producer is not None and product is None and placement is None:
            return producer_of(solved.problem, producer)
        if product is not None and producer is None:
            return product_of(solved.problem, product, placement)
    except BadInput as error:
        raise Unknown(error.issues) from error
    raise BadInput([Issue("explained_whom")])


def account(solved: Solved, case: Case, subject: Subject) -> Account:
    """Say why `subject` has what it has, link by link; `case` is that of the plan."""
    standing = stand(case, subject)
    known = zip(standing.links, evidence(solved, standing.links), strict=True)
    links = tuple(LinkAccount(each, why, *_figures(case, each.link)) for each, why in known)
    return Account(subject, standing, links, tuple(refusals(solved, _own(solved, subject))))


def _own(solved: Solved, subject: Subject) -> Bools:
    """Tell which products are all the subject is about, shape ``(product,)``."""
    problem = solved.problem
    producers = np.array(problem.producer_ids)[problem.producer_of_product]
    owners = {Kind.PRODUCER: producers, Kind.PRODUCT: np.array(problem.product_ids)}
    return (
        owners[subject.kind] == subject.id if subject.kind in owners else np.zeros(len(producers), np.bool_)
    )


def gathered(solved: Solved, many: Many, name: str) -> Gathered:
    """Add up what the producers of a region have, or what products have in a segment.

    Raises
    ------
    Unknown
        There is no such region or segment.
    """
    return _region(solved, name) if many is Many.REGION else _segment(solved, name)


def _figures(case: Case, link: int) -> tuple[float, dict[str, float]]:
    charged = {rule: float(points[link]) for rule, points in case.charged.by_rule.items()}
    return float(case.earned[link]), {rule: each for rule, each in charged.items() if abs(each) > ROUNDING}


def _region(solved: Solved, name: str) -> Gathered:
    """Gather the producers of a region and of those within it."""
    regions, problem = regions_by_code(solved), solved.problem
    within = {
        code for code, region in regions.items() if name in (each.adcode for each in lineage(region, regions))
    }
    _demand(name, within, "region")
    own = np.array([each.region in within for each in solved.graph.catalog.producers], np.bool_)
    members = _members(solved, problem.producer_of, problem.producer_ids, own[problem.producer_of])
    shown = tuple(member for member in members if own[member.number])
    return _added(Many.REGION, name, float(problem.capacity[own].sum()), shown)


def _segment(solved: Solved, name: str) -> Gathered:
    """Gather the products that could be shown in a segment."""
    problem = solved.problem
    own = np.array([each.segment_id == name for each in solved.graph.catalog.placements], np.bool_)
    _demand(name, {each.segment_id for each in solved.graph.catalog.segments} & {name}, "segment")
    here = own[problem.placement_of]
    linked = set(problem.product_of[here].tolist())
    members = _members(solved, problem.product_of, problem.product_ids, here)
    shown = tuple(member for member in members if member.number in linked)
    return _added(Many.SEGMENT, name, float(problem.supply[own].sum()), shown)


def _members(solved: Solved, owner_of: Ints, ids: Texts, counted: Bools) -> Iterator[Member]:
    """Add up the links that are counted, by owner."""
    given, earned = solved.plan.exposure * counted, solved.problem.worth(solved.plan.exposure) * counted
    added = (sums(each, owner_of, len(ids)).tolist() for each in (given, earned))
    for number, (exposure, worth) in enumerate(zip(*added, strict=True)):
        yield Member(number, exposure, worth)


def _added(kind: Many, name: str, most: float, members: tuple[Member, ...]) -> Gathered:
    first = tuple(sorted(members, key=lambda member: (-member.exposure, member.number)))
    exposure, worth = (sum(each) for each in ([one.exposure for one in first], [one.worth for one in first]))
    return Gathered(kind, name, exposure, worth, most, first)


def _demand(name: str, found: set[str], column: str) -> None:
    if not found:
        raise Unknown([Issue("id_not_there", column=column, params={"id": name})])
