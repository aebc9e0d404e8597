"""Why a producer got what it got: the evidence for its links, and what stopped each of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from impact.arrays import Bools, Ints
from impact.matching.explain.case import Case, case_of
from impact.matching.explain.standing import LinkStanding, stand
from impact.matching.explain.subject import producer_of
from impact.matching.rules import RULES
from impact.model import Placement, Product
from impact.reports.solved import Solved

NEAREST_FIRST = ("ineligible", "outranked", "saturated", "out_of_season", "spoils", "no_interest")
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


def opened(solved: Solved) -> Case:
    """Open the case of a solved programme: what its prices charge links is worked out once."""
    rules = RULES.validate_python(solved.programme.rules)
    return case_of(solved.problem, rules, solved.plan)


def why(solved: Solved, case: Case, producer: int) -> Why:
    """Explain what producer number `producer` got; `case` is that of the plan."""
    found = stand(case, producer_of(solved.problem, solved.problem.producer_ids[producer]))
    links = sorted(
        evidence(solved, found.links), key=lambda link: (-link.exposure, link.threshold - link.value)
    )
    used, unused = [link for link in links if link.exposure], [link for link in links if not link.exposure]
    return Why(
        exposure=sum(link.exposure for link in links),
        worth=sum(link.exposure * link.value for link in links),
        links=tuple(links),
        stops=tuple(_fates(used)),
        reasons=(*_fates(unused), *refusals(solved, solved.problem.producer_of_product == producer)),
        boosts=tuple(_boosts(solved, case, np.flatnonzero(solved.problem.producer_of == producer))),
        nearest_miss=min(unused, key=lambda link: link.threshold - link.value, default=None),
    )


def evidence(solved: Solved, standings: Sequence[LinkStanding]) -> Iterator[Evidence]:
    """Put beside how links stand what speaks for them, in the same order."""
    links, catalog, problem = solved.graph.links, solved.graph.catalog, solved.problem
    for each in standings:
        weighted = links.weights * links.parts[:, each.link]
        yield Evidence(
            product=catalog.products[problem.product_of[each.link]],
            placement=catalog.placements[problem.placement_of[each.link]],
            parts=tuple(weighted.tolist()),
            score=float(weighted.sum()),
            value=float(problem.value[each.link]),
            threshold=each.charge,
            baseline=float(problem.baseline[each.link]),
            exposure=each.exposure,
            fate=each.fate,
            rule=each.rule,
        )


def _fates(links: Sequence[Evidence]) -> Iterator[Reason]:
    """Count what stopped links, most frequent first."""
    for (fate, rule), count in Counter((link.fate, link.rule) for link in links).most_common():
        yield Reason(fate, count, rule)


def refusals(solved: Solved, own: Bools) -> Iterator[Reason]:
    """Count what kept links of `own` products from being made; those that came closest to a link first."""
    for code in NEAREST_FIRST:
        count = int(solved.graph.refused[code][own].sum()) if code in solved.graph.refused else 0
        if count:
            yield Reason(code, count)


def _boosts(solved: Solved, case: Case, own: Ints) -> Iterator[Boost]:
    """Average what rules added to the links in use, by exposure."""
    given = solved.plan.exposure[own]
    if not given.sum() > 0:
        return
    mean_value = float(solved.problem.value[own] @ given / given.sum())
    for rule, points in case.charged.by_rule.items():
        added = float(np.maximum(-points[own], 0) @ given / given.sum())
        if added > MATERIAL * mean_value:
            yield Boost(rule, added)
