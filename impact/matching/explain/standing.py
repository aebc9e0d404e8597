"""Why somebody has what they have: what each link runs into, and which of that decides, from prices alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from impact.arrays import Floats, Ints
from impact.matching.explain.case import Case
from impact.matching.explain.subject import Subject, reach
from impact.matching.question.problem import Problem

NEAR = 1e-6
"""What counts as nothing, relative to the size of what it is measured against."""


class Fate(StrEnum):
    """What kept a link from carrying more."""

    OWN_CEILING = "own_ceiling"
    """It carries all it may carry."""
    PLACEMENT = "placement"
    """The attention of its placement is worth more elsewhere, or is used up."""
    CAPACITY = "capacity"
    PRODUCT_CAPACITY = "product_capacity"
    RULE = "rule"
    TIE = "tie"
    """Others are as good."""


class Verdict(StrEnum):
    """Why a subject has what it has, in a word."""

    FULL = "full"
    """It has all it could have alone."""
    PART = "part"
    """It has some; its stops say what keeps it from more."""
    NO_LINK = "no_link"
    """Nothing links it with a placement."""
    NO_ROOM = "no_room"
    """Its links may carry nothing, or its placements have nothing to give."""
    NO_CAPACITY = "no_capacity"
    """Its producer, or the product, can serve nothing."""
    OUTSCORED = "outscored"
    """Where it comes nearest, others are worth more, or as much."""
    LIMIT = "limit"
    """Where it comes nearest, a capacity or a rule keeps it out."""


@dataclass(frozen=True)
class LinkStanding:
    """One link at a plan: what it carries, what one exposure more is worth and what it must be worth.

    `rise` is by how many points the value of an exposure would have to rise at least for the link to be
    chosen: below that the plan stays the best. `rule` names the rule where the fate is one.
    """

    link: int
    exposure: float
    value: float
    charge: float
    rise: float
    fate: Fate
    rule: str = ""


@dataclass(frozen=True)
class Stop:
    """What kept `num_links` links from carrying more."""

    fate: Fate
    rule: str
    num_links: int


@dataclass(frozen=True)
class Standing:
    """What a subject has, out of what it could have alone, and why; links best used first, nearest next."""

    exposure: float
    worth: float
    reach: float
    verdict: Verdict
    links: tuple[LinkStanding, ...]

    @property
    def nearest(self) -> LinkStanding | None:
        """The link with room that is closest to being chosen for more."""
        room = (link for link in self.links if link.fate is not Fate.OWN_CEILING)
        return min(room, key=lambda link: (link.rise, -link.exposure), default=None)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """What keeps the links in use, or all where none is, from carrying more; most frequent first."""
        used = [link for link in self.links if link.exposure > 0] or self.links
        counted = Counter((link.fate, link.rule) for link in used)
        return tuple(Stop(fate, rule, count) for (fate, rule), count in counted.most_common())


def stand(case: Case, subject: Subject) -> Standing:
    """Say why `subject` has what it has."""
    found = sorted(stand_links(case, subject.links), key=lambda link: (-link.exposure, link.rise))
    standing = Standing(
        exposure=subject.of(case.exposure),
        worth=subject.of(case.earned),
        reach=reach(case.problem, subject.links),
        verdict=Verdict.PART,
        links=tuple(found),
    )
    return replace(standing, verdict=_verdict(case.problem, subject, standing))


def fate_of(case: Case, link: int, given: float, value: float) -> tuple[Fate, str]:
    """Name what kept a link from getting more where one exposure more is worth `value`.

    Its own ceiling; attention, where that alone costs as much; else what else charges it most.
    """
    if given >= case.problem.box[link] * (1 - NEAR):
        return Fate.OWN_CEILING, ""
    charges = {rule: float(charge[link]) for rule, charge in case.charged.by_rule.items()}
    attention = charges.pop(SUPPLY, 0.0)
    heaviest = max(charges, key=lambda rule: charges[rule], default="")
    if not heaviest or charges[heaviest] <= NEAR or value <= attention:
        return (Fate.PLACEMENT if attention > NEAR else Fate.TIE), ""
    return (OWN[heaviest], "") if heaviest in OWN else (Fate.RULE, heaviest)


SUPPLY = "supply"
OWN = {"capacity": Fate.CAPACITY, "product_capacity": Fate.PRODUCT_CAPACITY}
HELD = (Fate.CAPACITY, Fate.PRODUCT_CAPACITY, Fate.RULE)


def next_slope(problem: Problem, exposure: Floats, links: Ints) -> Floats:
    """Return which part of its value one exposure more earns on each of `links`."""
    slope = np.array(problem.saturation.slope)
    if problem.saturation.is_linear:
        return np.full(len(links), slope[0])
    lengths = problem.saturation.lengths(problem.baseline[links], problem.box[links])
    ends = np.cumsum(lengths, axis=0)
    piece = (ends <= exposure[links] * (1 + NEAR)).sum(axis=0)
    following: Floats = slope[np.minimum(piece, len(slope) - 1)]
    return following


def stand_links(case: Case, links: Ints) -> Iterator[LinkStanding]:
    """Say of each of `links`, in their order, what it carries and what it runs into."""
    problem, total = case.problem, case.charged.total
    given = np.where(case.exposure[links] > NEAR, case.exposure[links], 0.0)
    value = problem.value[links] * next_slope(problem, case.exposure, links)
    for link, has, worth in zip(links.tolist(), given.tolist(), value.tolist(), strict=True):
        charge = float(total[link])
        yield LinkStanding(
            link, has, worth, charge, max(charge - worth, 0.0), *fate_of(case, link, has, worth)
        )


def _verdict(problem: Problem, subject: Subject, standing: Standing) -> Verdict:
    if standing.exposure > NEAR:
        return Verdict.FULL if standing.exposure >= standing.reach * (1 - NEAR) else Verdict.PART
    plain = next((verdict for verdict, true in _plain(problem, subject) if true), None)
    if plain is not None:
        return plain
    charged = standing.nearest is not None and standing.nearest.fate in HELD
    return Verdict.LIMIT if charged else Verdict.OUTSCORED


def _plain(problem: Problem, subject: Subject) -> Sequence[tuple[Verdict, bool]]:
    """Say what needs no prices: what keeps a subject out whatever it is worth."""
    products = np.unique(problem.product_of[subject.links])
    able = problem.capacity[subject.producer] > 0 and (problem.product_capacity[products] > 0).any()
    return (
        (Verdict.NO_LINK, not len(subject.links)),
        (Verdict.NO_CAPACITY, not able),
        (Verdict.NO_ROOM, not problem.box[subject.links].any()),
    )
