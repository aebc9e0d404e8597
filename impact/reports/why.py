"""Why a producer got what it got: the evidence for its links, and what stopped each of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Ints
from impact.model import Placement, Product
from impact.reports.charges import Charges
from impact.reports.solved import Solved

NEAR = 1e-6
"""What counts as nothing, relative to the size of what it is measured against."""
NEAREST_FIRST = ("outranked", "saturated", "out_of_season", "spoils", "no_interest")
"""Why there is no link, from nearly one to none in sight."""
MATERIAL = 0.01
"""What is worth telling, relative to the value of an exposure."""


@dataclass(frozen=True)
class Evidence:
    """One link of a producer: why it fits, what it got, and what it ran into.

    `parts` are the weighted parts that add up to `score`. `threshold` is the value an exposure must have
    to be chosen here, in the same points as `value`. `fate` is what stopped it: ``own_ceiling`` (more
    would be too much of one thing here), ``placement`` (the attention went to products worth more, or is
    used up), ``capacity``, ``product_capacity``, ``rule`` (named by `rule`) or ``tie`` (others are as good).
    """

    product: Product
    placement: Placement
    parts: tuple[float, ...]
    score: float
    value: float
    threshold: float
    baseline: float
    exposure: float
    fate: str
    rule: str = ""


@dataclass(frozen=True)
class Reason:
    """Why placements did not lead to exposure: a code, and how many placements."""

    code: str
    num_placements: int
    rule: str = ""


@dataclass(frozen=True)
class Boost:
    """A rule that lifted a producer: points per exposure it added to the value that decides."""

    rule: str
    points: float


@dataclass(frozen=True)
class Why:
    """A producer's account: all its links, best used first, and the reasons for what it did not get."""

    exposure: float
    worth: float
    links: tuple[Evidence, ...]
    stops: tuple[Reason, ...]
    """What kept the links it uses from carrying more."""
    reasons: tuple[Reason, ...]
    """What kept other placements from carrying anything, those that came closest first."""
    boosts: tuple[Boost, ...]
    nearest_miss: Evidence | None
    """The unused link that was closest to being chosen."""


def why(solved: Solved, charged: Charges, producer: int) -> Why:
    """Explain what producer number `producer` got; `charged` is what the plan's prices charge links."""
    own = np.flatnonzero(solved.problem.producer_of == producer)
    links = sorted(
        _evidence(solved, charged, own), key=lambda link: (-link.exposure, link.threshold - link.value)
    )
    used, unused = [link for link in links if link.exposure], [link for link in links if not link.exposure]
    return Why(
        exposure=sum(link.exposure for link in links),
        worth=sum(link.exposure * link.value for link in links),
        links=tuple(links),
        stops=tuple(_fates(used)),
        reasons=(*_fates(unused), *_refusals(solved, producer)),
        boosts=tuple(_boosts(solved, charged, own)),
        nearest_miss=min(unused, key=lambda link: link.threshold - link.value, default=None),
    )


def _evidence(solved: Solved, charged: Charges, own: Ints) -> Iterator[Evidence]:
    links, catalog, problem = solved.graph.links, solved.graph.catalog, solved.problem
    threshold, weighted = charged.total, links.weights[:, None] * links.parts[:, own]
    given = np.where(solved.plan.exposure[own] > NEAR, solved.plan.exposure[own], 0.0)
    for position, link in enumerate(own):
        fate, rule = _fate(solved, charged, int(link), float(given[position]))
        yield Evidence(
            product=catalog.products[problem.product_of[link]],
            placement=catalog.placements[problem.placement_of[link]],
            parts=tuple(weighted[:, position].tolist()),
            score=float(weighted[:, position].sum()),
            value=float(problem.value[link]),
            threshold=float(threshold[link]),
            baseline=float(problem.baseline[link]),
            exposure=float(given[position]),
            fate=fate,
            rule=rule,
        )


LIMITS = {"supply": "placement", "capacity": "capacity", "product_capacity": "product_capacity"}


def _fate(solved: Solved, charged: Charges, link: int, given: float) -> tuple[str, str]:
    """Name what kept a link from getting more: its own ceiling, or whatever charges it most."""
    box = solved.problem.box[link]
    if given >= box * (1 - NEAR):
        return "own_ceiling", ""
    heaviest = max(charged.by_rule, key=lambda rule: charged.by_rule[rule][link], default="")
    if not heaviest or charged.by_rule[heaviest][link] <= NEAR:
        return "tie", ""
    return (LIMITS[heaviest], "") if heaviest in LIMITS else ("rule", heaviest)


def _fates(links: Sequence[Evidence]) -> Iterator[Reason]:
    """Count what stopped links, most frequent first."""
    for (fate, rule), count in Counter((link.fate, link.rule) for link in links).most_common():
        yield Reason(fate, count, rule)


def _refusals(solved: Solved, producer: int) -> Iterator[Reason]:
    """Count what kept links from being made; those that came closest to a link first."""
    own = solved.problem.producer_of_product == producer
    for code in NEAREST_FIRST:
        count = int(solved.graph.refused[code][own].sum()) if code in solved.graph.refused else 0
        if count:
            yield Reason(code, count)


def _boosts(solved: Solved, charged: Charges, own: Ints) -> Iterator[Boost]:
    """Average what rules added to the links in use, by exposure."""
    given = solved.plan.exposure[own]
    if not given.sum() > 0:
        return
    mean_value = float(solved.problem.value[own] @ given / given.sum())
    for rule, points in charged.by_rule.items():
        added = float(np.maximum(-points[own], 0) @ given / given.sum())
        if added > MATERIAL * mean_value:
            yield Boost(rule, added)
