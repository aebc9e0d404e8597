"""Which numbers could give somebody more, as far as the plan's prices tell; no solving yet."""

from collections.abc import Iterator

import numpy as np

from impact.arrays import Floats
from impact.matching.changes.asking import HAIR
from impact.matching.changes.lever import Lever, Quantity, Steps, of_link, of_owner, of_rule
from impact.matching.explain.case import Case
from impact.matching.explain.standing import NEAR, LinkStanding, Standing, next_slope
from impact.matching.explain.subject import Subject
from impact.matching.question.problem import Problem
from impact.matching.rules.obeyed import Obeyed

BEYOND = 10.0
"""A value is tried up to so many times the highest there is."""
FACTOR = 10.0
"""A step that is not enough is followed by one so many times as large, then by the last that makes sense."""
MOST_RULES = 2
"""So many rules are tried, those that weigh most first."""


def levers(case: Case, subject: Subject, standing: Standing, more: float) -> Iterator[Lever]:
    """List what could give `subject` so much `more` exposure.

    What charges nothing and is not full is left out: moving it alone moves nothing.
    """
    yield from _value(case, standing)
    yield from _capacity(case, subject, more)
    yield from _product_capacity(case, subject, more)
    yield from _ceiling(case, standing, more)
    yield from _quality(case, standing)
    yield from _rules(case, subject, more)


def _value(case: Case, standing: Standing) -> Iterator[Lever]:
    """Raise the value of the link that is closest to being chosen."""
    nearest, value = standing.nearest, case.problem.value
    if nearest is None:
        return
    slope = float(next_slope(case.problem, case.exposure, np.array([nearest.link]))[0])
    if slope > 0:
        rise = nearest.rise / slope
        most = BEYOND * max(float(value.max()), rise)
        known = rise if nearest.exposure == 0 else 0.0
        yield of_link(case, Quantity.VALUE, nearest.link, Steps((most,), known))


def _capacity(case: Case, subject: Subject, more: float) -> Iterator[Lever]:
    """Raise the capacity of the producer where it is full."""
    problem, own = case.problem, case.problem.producer_of == subject.producer
    has = float(problem.capacity[subject.producer])
    if _full(float(case.exposure[own].sum()), has):
        most = float(_alone(problem)[own].sum()) - has
        yield of_owner(case, Quantity.CAPACITY, subject.producer, Steps(ever_more(more, most)))


def _product_capacity(case: Case, subject: Subject, more: float) -> Iterator[Lever]:
    """Raise the capacity of the product, of those that are full, that is charged most for it."""
    problem, full = case.problem, dict[int, float]()
    charge = case.charged.by_rule.get("product_capacity", np.zeros(problem.num_links))
    for product in np.unique(problem.product_of[subject.links]).tolist():
        own = problem.product_of == product
        if _full(float(case.exposure[own].sum()), float(problem.product_capacity[product])):
            full[product] = float(charge[own].max())
    if full:
        product = max(full, key=lambda each: full[each])
        most = float(_alone(problem)[problem.product_of == product].sum())
        steps = Steps(ever_more(more, most - float(problem.product_capacity[product])))
        yield of_owner(case, Quantity.PRODUCT_CAPACITY, product, steps)


def _ceiling(case: Case, standing: Standing, more: float) -> Iterator[Lever]:
    """Raise what the link may carry that would gain most by carrying more."""
    problem = case.problem
    room = np.minimum(problem.supply[problem.placement_of], problem.product_capacity[problem.product_of])
    room = room - problem.max_exposure
    full = [
        link
        for link in standing.links
        if room[link.link] > 0 and _full(link.exposure, float(problem.max_exposure[link.link]))
    ]
    if full:
        best = max(full, key=lambda link: link.value - link.charge).link
        steps = Steps(ever_more(more, float(room[best])))
        yield of_link(case, Quantity.MAX_EXPOSURE, best, steps)


def _quality(case: Case, standing: Standing) -> Iterator[Lever]:
    """Raise the quality of the link that needs least of it, where a rule charges for quality."""
    needed = [(_quality_step(case, link), link) for link in standing.links]
    step, link = min(needed, key=lambda found: found[0], default=(np.inf, None))
    if link is not None and np.isfinite(step):
        room = 1.0 - float(case.problem.quality[link.link])
        known = step if link.exposure == 0 else 0.0
        steps = Steps((min(step * (1 + HAIR), room), room), known)
        yield of_link(case, Quantity.QUALITY, link.link, steps)


def _quality_step(case: Case, link: LinkStanding) -> float:
    """Say how far quality has to rise to meet the charges on a link; infinite where that is not possible."""
    price = sum(
        case.prices.get(rule.id, {}).get(_counted_in(case.problem, rule, link.link), 0.0)
        for rule in case.rules
        if rule.kind == "quality_floor"
    )
    step = link.rise / -price if price < 0 else np.inf
    return step if 0 < step <= 1.0 - case.problem.quality[link.link] else np.inf


def _counted_in(problem: Problem, rule: Obeyed, link: int) -> str:
    """Return the channel (or segment) in which a rule on quality counts a link."""
    return problem.placement_attributes[str(vars(rule)["by"])][int(problem.placement_of[link])]


def _rules(case: Case, subject: Subject, more: float) -> Iterator[Lever]:
    """Ease the rules that charge the subject or lift its rivals most, tighten those that help it most."""
    weights = {number: _weight(case, rule, subject) for number, rule in enumerate(case.rules)}
    heaviest = sorted(weights, key=lambda number: -abs(weights[number]))[:MOST_RULES]
    for number in heaviest:
        rule, dial = case.rules[number], case.rules[number].dial(case.problem)
        if dial is not None and abs(weights[number]) > NEAR:
            end = dial.loosest if weights[number] > 0 else dial.tightest
            most, first = abs(end - dial.limit), more / _unit(rule, case.problem, case.exposure)
            if most > 0:
                last = most if weights[number] > 0 else FACTOR * first
                steps = Steps((min(first, most), min(last, most)))
                yield of_rule(case, number, dial, 1.0 if end > dial.limit else -1.0, steps)


def _weight(case: Case, rule: Obeyed, subject: Subject) -> float:
    """Return what a rule charges the link of the subject that it weighs on most; below 0 it helps.

    A rule that does neither weighs by how much it lifts who is shown in the subject's placements instead.
    """
    charge = case.charged.by_rule.get(rule.id)
    if charge is None or not len(subject.links):
        return 0.0
    own = charge[subject.links]
    heaviest = float(own[np.abs(own).argmax()])
    if abs(heaviest) > NEAR:
        return heaviest
    rivals = np.isin(case.problem.placement_of, case.problem.placement_of[subject.links])
    return float(-np.minimum(charge[rivals & (case.exposure > 0)], 0.0).min(initial=0.0))


def _unit(rule: Obeyed, problem: Problem, exposure: Floats) -> float:
    """Return how many exposures one unit of a rule's limit moves where it moves most."""
    units = np.nan_to_num(rule.units(problem, exposure))
    return max(float(units.max(initial=0.0)), NEAR)


def ever_more(first: float, most: float) -> tuple[float, ...]:
    """Return steps worth trying for `first` exposures more."""
    return (first,) if most <= first else (first, min(FACTOR * first, most), most)


def _alone(problem: Problem) -> Floats:
    """Return what each link could carry if nobody's capacity counted, shape ``(link,)``."""
    return np.minimum(problem.max_exposure, problem.supply[problem.placement_of])


def _full(given: float, most: float) -> bool:
    return bool(np.isfinite(most) and given >= most * (1 - NEAR))
