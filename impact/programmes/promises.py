"""Promises: days and figures of a programme, and of readings, that cannot be meant, as far as they are new.

A programme whose day has passed can be changed in all else: what stands as it stood is not asked again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import inf

from impact.errors import Issue, Param
from impact.programmes.document import Goal, MilestoneDocument, ProgrammeDocument
from impact.programmes.goals import FILE, metrics
from impact.programmes.milestones import Reading

LIMITS: Mapping[str, tuple[float, float]] = {
    "nps_goods": (-100, 100),
    "nps_logistics": (-100, 100),
    "nps_service": (-100, 100),
    "repeat_share": (0, 1),
}
"""The least and the most of metrics that are no counts; counts have no most."""
COUNTED = (0.0, inf)


def unmeant(before: ProgrammeDocument | None, after: ProgrammeDocument, on: date) -> Iterator[Issue]:
    """Say which days that are new have passed by a day, and which new figures their metrics never have."""
    goal = before.goal if before else None
    if after.goal and after.goal != goal:
        yield from _passed("goal.by", after.goal.by, goal.by if goal else None, on)
        yield from _figures("goal", after.goal)
    window = before.method.window if before else None
    if after.method.window and after.method.window != window:
        yield from _passed(
            "method.window.last", after.method.window.last, window.last if window else None, on
        )
    known = {each.milestone_id: each for each in before.milestones} if before else {}
    for number, each in enumerate(after.milestones):
        same = known.get(each.milestone_id)
        if each != same:
            yield from _passed(f"milestones.{number}.due", each.due, same.due if same else None, on)
            yield from _figures(f"milestones.{number}", each)


def misread(milestone: MilestoneDocument, said: Reading, on: date) -> Iterator[Issue]:
    """Say what is wrong with a reading of a milestone that somebody states on a day."""
    first, last = milestone.first, min(on, milestone.due)
    if not first <= said.on <= last:
        params: dict[str, Param] = {"value": said.on.isoformat(), "first": first.isoformat()}
        yield Issue("reading_not_within", column="on", params=params | {"last": last.isoformat()})
    if milestone.metric in _known():
        yield from _beyond("value", milestone.metric, said.value)
    if not said.source.strip():
        yield Issue("reading_without_source", column="source")


def _passed(column: str, day: date, before: date | None, on: date) -> Iterator[Issue]:
    if day < on and day != before:
        params: dict[str, Param] = {"value": day.isoformat(), "today": on.isoformat()}
        yield Issue("day_passed", FILE, column=column, params=params)


def _figures(column: str, of: Goal | MilestoneDocument) -> Iterator[Issue]:
    """Say which figures their metric never has; else that the target leads nowhere up from the baseline."""
    if of.metric not in _known():
        return
    figures = {"baseline": of.baseline, "target": of.target}
    beyond = [
        replace(issue, file=FILE, column=f"{column}.{name}")
        for name, value in figures.items()
        for issue in _beyond(name, of.metric, value)
    ]
    yield from beyond
    if not beyond and of.baseline is not None and of.target <= of.baseline:
        params: dict[str, Param] = {"value": of.target, "baseline": of.baseline, "metric": of.metric}
        yield Issue("target_not_above", FILE, column=f"{column}.target", params=params)


def _beyond(column: str, metric: str, value: float | None) -> Iterator[Issue]:
    least, most = LIMITS.get(metric, COUNTED)
    if value is None or least <= value <= most:
        return
    code, limit = ("figure_below_least", least) if value < least else ("figure_above_most", most)
    yield Issue(code, column=column, params={"value": value, "limit": limit, "metric": metric})


def _known() -> frozenset[str]:
    return metrics().outcomes | metrics().processes
