"""What a link would have to be worth to carry more, asked for by locking that much on it."""

from dataclasses import replace

import numpy as np

from impact.matching.changes.lever import Lever, Steps
from impact.matching.explain.case import Case
from impact.matching.explain.standing import NEAR, next_slope
from impact.matching.explain.subject import Subject
from impact.matching.rules.lock import Lock

HAIR = 1e-3
"""The share by which a step is taken further than prices ask for: at their very word there is a tie."""


def by_price(case: Case, lever: Lever, subject: Subject, wanted: float) -> Lever | None:
    """Return the lever of a link's value with steps by what it costs to give its subject what is `wanted`.

    The price of a lock on that much is what the last of it costs, so that is how far the value has to rise.
    The mean cost is never more, as each exposure costs at least what the one before did: up to that it is
    not enough, where the subject has no other link. None where nothing could make the link carry so much.
    """
    link, more = lever.place, wanted - subject.of(case.exposure)
    least = min(float(case.exposure[link]) + more, float(case.problem.box[link]))
    plan = case.again(rules=(*case.rules, _lock(lever, least)))
    then = np.array(case.exposure)
    then[link] = least * (1 - 2 * NEAR)
    now, last = (float(next_slope(case.problem, at, np.array([link]))[0]) for at in (case.exposure, then))
    if plan is None or last <= 0:
        return None
    price = next(outcome.price for outcome in plan.rules if outcome.id == _name(lever))
    mean = (case.worth - plan.worth) / more if len(subject.links) == 1 else 0.0
    known = max(mean / now, lever.steps.insufficient)
    first = max(price / last * (1 + HAIR), known * (1 + HAIR), HAIR * lever.start)
    further = (step for step in lever.steps.tries if step > first)
    return replace(lever, steps=Steps((first, *further), known))


def _name(lever: Lever) -> str:
    return f"more of {lever.of}@{lever.placement}"


def _lock(lever: Lever, least: float) -> Lock:
    assert lever.placement is not None
    return Lock(id=_name(lever), product=lever.of, placement=lever.placement, at_least=least)
