"""Solve: relax, book greedily, cut into slices, let CP-SAT improve each, distrust the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np

from impact.arrays import Bools, Ints
from impact.errors import SolverFailed, refuse_if_any
from impact.matching.plan import Status
from impact.matching.slots.check import EXACT_GAP, gap, objections
from impact.matching.slots.diagnose import diagnose
from impact.matching.slots.model import BookingPlan, NoBookings, SlotRequest, SlotRule
from impact.matching.slots.program import Posed, Slice, faults, holds, pose, slices
from impact.matching.slots.start import Relaxed, first_bookings, relax
from impact.matching.solvers.cpsat import Effort, solve_whole
from impact.timing import Stopwatch

ENGINE = "glop relaxation, cp-sat with 1 worker"
CUT_SHORT = ("feasible", "unknown")
"""Ways for a search to end because the clock said so."""


@dataclass(frozen=True)
class SlotLimits:
    """How long to try, and how close to the bound is close enough."""

    seconds: float = 20.0
    gap: float = 0.01
    seed: int = 0

    def __post_init__(self) -> None:
        if not (self.seconds > 0 and 0 <= self.gap < 1):
            raise ValueError(
                f"Expected seconds above 0 and gap in [0, 1), got {self.seconds} and {self.gap}."
            )


@dataclass(frozen=True)
class _Found:
    """What is known of a program: `x` in its columns, `bound` in its worth."""

    x: Bools
    bound: float
    cut_short: bool = False
    num_slices: int = 1


def book(
    request: SlotRequest,
    rules: Sequence[SlotRule],
    limits: SlotLimits | None = None,
    hint: Bools | None = None,
) -> BookingPlan:
    """Find the bookings of the highest worth that obey every rule.

    `hint` says of each candidate whether to start with it booked; a greedy booking is made where it is left
    out. Runs repeat to the bit, unless the plan was `cut_short`.

    Raises
    ------
    BadInput
        If a rule cannot be applied to the request.
    NoBookings
        If it is proved that no bookings obey all rules.
    SolverFailed
        If time ran out before there were bookings, or a proof that there are none.
    """
    limits, watch = limits or SlotLimits(), Stopwatch()
    refuse_if_any(faults(request, rules))
    with watch.stage("build"):
        posed = pose(request, rules)
    with watch.stage("relax"):
        relaxed = relax(posed.program, limits.seconds)
    with watch.stage("hint"):
        start = first_bookings(posed, relaxed) if hint is None else _with_held(posed, hint)
    with watch.stage("solve"):
        left = max(limits.seconds - sum(watch.seconds.values()), 0.0)
        found = _solved(posed, relaxed, start, Effort(left, limits.gap, seed=limits.seed))
    if found is None:
        with watch.stage("diagnose"):
            raise NoBookings(diagnose(posed, rules, limits.seconds, limits.seed))
    with watch.stage("check"):
        plan = _plan(request, posed, found, start, limits)
        doubts = objections(request, rules, plan, limits.gap)
    if doubts:
        raise SolverFailed("; ".join(f"{issue.code} {dict(issue.params)}" for issue in doubts))
    return replace(plan, seconds=dict(watch.seconds))


def _with_held(posed: Posed, booked: Bools) -> Bools:
    """Add to bookings the slots that creators hold for them."""
    x = np.zeros(posed.columns.num, bool)
    x[: len(booked)] = booked
    held = posed.columns.held_of[booked]
    x[held[held >= 0]] = True
    return x


def _solved(posed: Posed, relaxed: Relaxed, start: Bools, effort: Effort) -> _Found | None:
    """Solve slice by slice, each in the share of time that its columns are of all; None if infeasible."""
    x, bound, cut_short, parts = np.zeros_like(start), 0.0, False, list(slices(posed.program))
    for part in parts:
        share = max(len(part.columns), 1) / max(len(start), 1)
        found = _improved(part, relaxed, start[part.columns], replace(effort, seconds=effort.seconds * share))
        if found is None:
            return None
        x[part.columns] = found.x
        bound += found.bound
        cut_short |= found.cut_short
    return _Found(x, bound, cut_short, len(parts))


def _improved(part: Slice, relaxed: Relaxed, start: Bools, effort: Effort) -> _Found | None:
    """Improve on `start` until it is close enough to the relaxation's bound; None if infeasible.

    1. Search the core: the columns that the relaxation's prices speak for.
    2. If that is not close enough, search all columns from there, for a better bound too.
    """
    bound, watch = relaxed.bound(part.program, part.rows), Stopwatch()
    best = _better(part, start, None)
    core, cut_short = relaxed.core(part), False
    effort = replace(effort, gap=effort.gap / 2, enough=(1 - effort.gap) * bound)
    if not _enough(part, best, effort) and len(core) < len(part.columns):
        with watch.stage("core"):
            answer = solve_whole(part.only(core), start[core], replace(effort, seconds=effort.seconds / 2))
        if answer.x is not None:
            best = _better(part, _spread(answer.x, core, len(start)), best)
        cut_short = answer.status in CUT_SHORT
    if not _enough(part, best, effort):
        left = max(effort.seconds - watch.seconds.get("core", 0.0), 0.0)
        answer = solve_whole(part.program, start if best is None else best, replace(effort, seconds=left))
        if answer.status == "infeasible":
            return None
        best = best if answer.x is None else _better(part, answer.x, best)
        bound, cut_short = min(bound, answer.bound), cut_short or answer.status in CUT_SHORT
    if best is None:
        raise SolverFailed("unknown")
    return _Found(best, bound, cut_short)


def _better(part: Slice, x: Bools, best: Bools | None) -> Bools | None:
    """Return `x` if it obeys every row and is worth more than `best`, else `best`."""
    worth = part.program.worth
    if holds(part.program, x) and (best is None or worth @ x > worth @ best):
        return x
    return best


def _enough(part: Slice, best: Bools | None, effort: Effort) -> bool:
    return best is not None and float(part.program.worth @ best) >= effort.enough


def _spread(x: Bools, columns: Ints, num: int) -> Bools:
    whole = np.zeros(num, bool)
    whole[columns] = x
    return whole


def _plan(request: SlotRequest, posed: Posed, found: _Found, start: Bools, limits: SlotLimits) -> BookingPlan:
    booked = np.flatnonzero(found.x[: posed.columns.num_candidates])
    bookings = tuple(request.candidates[candidate] for candidate in booked)
    value = np.array([candidate.value for candidate in request.candidates], np.float64)
    worth = float(value[booked].sum())
    bound = found.bound * posed.step
    return BookingPlan(
        bookings=bookings,
        status=_status(gap(worth, bound), limits.gap),
        worth=worth,
        bound=bound,
        gap=gap(worth, bound),
        hint_worth=float(value[start[: len(value)]].sum()) if holds(posed.program, start) else 0.0,
        num_slices=found.num_slices,
        cut_short=found.cut_short,
        engine=ENGINE,
        seed=limits.seed,
        versions={name: version(name) for name in ("impact", "ortools", "numpy", "scipy")},
    )


def _status(found_gap: float, asked_gap: float) -> Status:
    if found_gap <= EXACT_GAP:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if found_gap <= asked_gap else Status.TIME_LIMIT
