"""Promises: days and figures of a programme that cannot be meant, as far as they are new in it.

A programme whose day has passed can be changed in all else: what stands as it stood is not asked again.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import inf

from impact.errors import Issue, Param
from impact.programmes.document import Goal, MilestoneDocument, ProgrammeDocument
from impact.programmes.goals import FILE, metrics

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


def _passed(column: str, day: date, before: date | None, on: date) -> Iterator[Issue]:
    if day < on and day != before:
        params: dict[str, Param] = {"value": day.isoformat(), "today": on.isoformat()}
        yield Issue("day_passed", FILE, column=column, params=params)


def _figures(column: str, of: Goal | MilestoneDocument) -> Iterator[Issue]:
    """Say which figures their metric never has; else that the target leads nowhere up from the baseline."""
    known = metrics()
    if of.metric not in known.outcomes | known.processes:
        return
    least, most = LIMITS.get(of.metric, COUNTED)
    beyond = [
        (name, value)
        for name, value in (("baseline", of.baseline), ("target", of.target))
        if value is not None and not least <= value <= most
    ]
    for name, value in beyond:
        code = "figure_below_least" if value < least else "figure_above_most"
        params: dict[str, Param] = {
            "value": value,
            "limit": least if value < least else most,
            "metric": of.metric,
        }
        yield Issue(code, FILE, column=f"{column}.{name}", params=params)
    if not beyond and of.baseline is not None and of.target <= of.baseline:
        params = {"value": of.target, "baseline": of.baseline, "metric": of.metric}
        yield Issue("target_not_above", FILE, column=f"{column}.target", params=params)
