"""Milestones: where each stands on a day, and where it will stand when due if it goes on at its pace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil, inf

from impact.programmes.document import MilestoneDocument

SILENT_SHARE = 0.5
"""With nothing measured after this share of its time, a milestone is at risk."""


class Standing(StrEnum):
    """How a milestone stands."""

    PLANNED = "planned"
    AT_RISK = "at_risk"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True)
class Reading:
    """What a metric was on a day; `source` says where that is from, empty where the service counted it."""

    on: date
    value: float
    source: str = ""


@dataclass(frozen=True)
class Progress:
    """How a milestone stands on a day, why (a code), and what it comes to at its pace.

    `latest` is the last reading by that day and no later than the due day, None without one. `forecast` is
    the value to expect on the due day, `reached_on` the day to expect the target on; None where there is no
    pace to go by, or it leads away from the target.
    """

    standing: Standing
    code: str
    latest: Reading | None = None
    forecast: float | None = None
    reached_on: date | None = None


def progress(milestone: MilestoneDocument, readings: Iterable[Reading], on: date) -> Progress:
    """Say how a milestone stands on a day, by the readings taken until then.

    Its pace is the straight line from its baseline on its first day to the latest reading. It is met by a
    reading no later than the due day, never by a forecast; without any reading it cannot be met. It is at
    risk as soon as its pace falls short, or nobody has measured anything in half its time.
    """
    by_then = [each for each in readings if milestone.first <= each.on <= min(on, milestone.due)]
    if not by_then:
        return _unmeasured(milestone, on)
    latest = max(by_then, key=lambda each: each.on)
    forecast = _forecast(milestone, latest)
    reached_on = _reached_on(milestone, latest)
    if _reaches(milestone, latest.value):
        return Progress(Standing.MET, "target_reached", latest, forecast, latest.on)
    if on > milestone.due:
        return Progress(Standing.MISSED, "target_not_reached", latest, forecast, reached_on)
    if forecast is None:
        return Progress(Standing.PLANNED, "just_begun", latest)
    if _reaches(milestone, forecast):
        return Progress(Standing.PLANNED, "on_pace", latest, forecast, reached_on)
    return Progress(Standing.AT_RISK, "pace_too_slow", latest, forecast, reached_on)


def _unmeasured(milestone: MilestoneDocument, on: date) -> Progress:
    if on > milestone.due:
        return Progress(Standing.MISSED, "never_measured")
    spent = (on - milestone.first) / (milestone.due - milestone.first)
    if spent >= SILENT_SHARE:
        return Progress(Standing.AT_RISK, "not_measured_yet")
    return Progress(Standing.PLANNED, "just_begun")


def _reaches(milestone: MilestoneDocument, value: float) -> bool:
    """Tell whether a value is at the target or beyond; a target below the baseline is reached from above."""
    if milestone.target >= milestone.baseline:
        return value >= milestone.target
    return value <= milestone.target


def _forecast(milestone: MilestoneDocument, latest: Reading) -> float | None:
    pace = _pace(milestone, latest)
    return None if pace is None else latest.value + pace * (milestone.due - latest.on).days


def _reached_on(milestone: MilestoneDocument, latest: Reading) -> date | None:
    pace, left = _pace(milestone, latest), milestone.target - latest.value
    days = left / pace if pace else inf
    is_a_day = 0 <= days <= (date.max - latest.on).days
    return latest.on + timedelta(ceil(days)) if is_a_day else None


def _pace(milestone: MilestoneDocument, latest: Reading) -> float | None:
    """Return what the metric gains a day, None on the first day."""
    days = (latest.on - milestone.first).days
    return (latest.value - milestone.baseline) / days if days else None
