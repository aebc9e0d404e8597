"""What would change it: for each number that could be other, the smallest step that does, tried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10, sqrt

from impact.errors import SolverFailed
from impact.matching.changes.asking import by_price
from impact.matching.changes.lever import Lever, Quantity
from impact.matching.changes.levers import FACTOR, levers
from impact.matching.explain.case import Case
from impact.matching.explain.standing import NEAR, stand
from impact.matching.explain.subject import Subject

NOTICEABLE = 0.01
"""Where nobody says how much more is wanted: this share of what the subject could have alone."""
MOST_ROUNDS = 4
"""So often a step that is enough is tried smaller."""
CLOSE = 0.05
"""A step is told once it is known to this share of itself."""
ROUNDING = 1e-9
"""The share of a step that is put down to floating point."""
DIGITS = 3
"""Steps have so many digits, rounded up."""


@dataclass(frozen=True)
class Change:
    """One number moved from `start` to `to`, with which solving again gave `exposure` to the subject.

    `of` (for a link with `placement`) names whose number it is. At `not_enough` it was tried, or is proved
    by the plan's prices, that the subject does not have what is wanted. `worth` is what the whole plan is
    worth then.
    """

    quantity: Quantity
    of: str
    placement: str | None
    start: float
    to: float
    not_enough: float
    exposure: float
    worth: float

    @property
    def size(self) -> float:
        """The step as a share of the number it moves, by which changes of different numbers are compared."""
        return abs(self.to - self.start) / max(abs(self.start), abs(self.to))


@dataclass(frozen=True)
class Changes:
    """What would give a subject `wanted` exposures at least, smallest first; and all that was tried.

    Of levers that are `open` it is not known: solving again ended without an answer.
    """

    wanted: float
    found: tuple[Change, ...] = ()
    tried: tuple[Lever, ...] = ()
    open: tuple[Lever, ...] = ()


@dataclass(frozen=True)
class _Try:
    """What the subject has after a step, and what the plan is worth; nothing where no plan is possible."""

    step: float
    exposure: float
    worth: float


def changes(case: Case, subject: Subject, wanted: float | None = None) -> Changes:
    """Find the smallest single change of each number that gives `subject` what is `wanted`, in exposures.

    1. The plan's prices say which numbers matter, how far each has to move at least, or what to try first.
    2. A step is tried by solving again; one that is not enough is followed by larger ones, to the end.
    3. One that is enough is tried smaller a few times. Steps are rounded up before they are tried, so that
       what is told is what was solved.
    """
    standing = stand(case, subject)
    target = standing.exposure + NOTICEABLE * standing.reach if wanted is None else wanted
    if not len(subject.links) or target <= standing.exposure:
        return Changes(target)
    tried = tuple(levers(case, subject, standing, target - standing.exposure))
    ended = [_ended(case, lever, subject, target) for lever in tried]
    found = sorted((each for each in ended if isinstance(each, Change)), key=lambda change: change.size)
    unknown = (lever for lever, each in zip(tried, ended, strict=True) if isinstance(each, SolverFailed))
    return Changes(target, tuple(found), tried, tuple(unknown))


def _ended(case: Case, lever: Lever, subject: Subject, wanted: float) -> Change | SolverFailed | None:
    """Say how the search along one lever ended: one that failed spoils no other."""
    try:
        return smallest(case, lever, subject, wanted)
    except SolverFailed as error:
        return error


def smallest(case: Case, lever: Lever, subject: Subject, wanted: float) -> Change | None:
    """Find the smallest step of `lever` after which `subject` has what is wanted; None where none does.

    Raises
    ------
    SolverFailed
        If solving again ended without an answer.
    """
    has = subject.of(case.exposure)
    if lever.quantity is Quantity.VALUE:
        priced = by_price(case, lever, subject, wanted)
        if priced is None:
            return None
        lever = priced
    short = _Try(lever.steps.insufficient, has, case.worth)
    for tried in _larger(case, lever, subject):
        if suffices(tried.exposure, wanted):
            return _told(lever, *_narrowed(case, lever, subject, (short, tried), wanted))
        short = tried
    return None


def suffices(exposure: float, wanted: float) -> bool:
    """Tell whether so much exposure is what is wanted, but for rounding."""
    return exposure >= wanted - NEAR * max(1.0, wanted)


def _larger(case: Case, lever: Lever, subject: Subject) -> Iterator[_Try]:
    """Try ever larger steps; halfway back once where one is too large for any plan."""
    last, most = 0.0, lever.steps.tries[-1]
    for step in lever.steps.tries:
        tried = _tried(case, lever, subject, neat(step, most))
        if tried is None:
            back = _tried(case, lever, subject, neat((last + step) / 2, most))
            if back is not None:
                yield back
            return
        yield tried
        last = step


def _narrowed(
    case: Case, lever: Lever, subject: Subject, between: tuple[_Try, _Try], wanted: float
) -> tuple[_Try, _Try]:
    """Bring a step that is short and one that is enough closer to each other."""
    short, enough = between
    for _ in range(MOST_ROUNDS):
        if enough.step - short.step <= CLOSE * enough.step or _just(enough, short, wanted):
            break
        step = neat(_middle(short.step, enough.step), enough.step)
        tried = _tried(case, lever, subject, step) if step < enough.step else None
        if tried is None:
            break
        short, enough = (short, tried) if suffices(tried.exposure, wanted) else (tried, enough)
    return short, enough


def _middle(low: float, high: float) -> float:
    """Halve the way; where that is long, by its order of magnitude."""
    return sqrt(low * high) if 0 < FACTOR * low < high else (low + high) / 2


def _just(enough: _Try, short: _Try, wanted: float) -> bool:
    """Tell whether a step gives hardly more than is wanted, so that there is no smaller one to be found."""
    return enough.exposure - wanted <= CLOSE * (wanted - short.exposure)


def _tried(case: Case, lever: Lever, subject: Subject, step: float) -> _Try | None:
    plan = case.again(*lever.moved(step))
    return None if plan is None else _Try(step, subject.of(plan.exposure), plan.worth)


def _told(lever: Lever, short: _Try, enough: _Try) -> Change:
    return Change(
        quantity=lever.quantity,
        of=lever.of,
        placement=lever.placement,
        start=lever.start,
        to=lever.at(enough.step),
        not_enough=lever.at(short.step),
        exposure=enough.exposure,
        worth=enough.worth,
    )


def neat(step: float, most: float) -> float:
    """Round `step` up to a few digits, to `most` at the most."""
    if not step > 0:
        return 0.0
    unit = 10.0 ** (floor(log10(step)) - DIGITS + 1)
    up = ceil(step / unit * (1 - ROUNDING)) * unit
    return min(float(f"{up:.{DIGITS + 1}g}"), most)
