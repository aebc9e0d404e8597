"""Changing: what of a programme may not change while a plan of it is published."""

from collections.abc import Iterator
from datetime import date

from impact.errors import Issue
from impact.programmes.document import MilestoneDocument, ProgrammeDocument
from impact.programmes.goals import FILE


def frozen(before: ProgrammeDocument, after: ProgrammeDocument, on: date) -> Iterator[Issue]:
    """Say which milestones that have begun by a day are gone, or measured from elsewhere.

    Nobody could tell any more how far they are. Their names, targets and last days may change; so may all
    else, which counts from the next scenario on.
    """
    now = {each.milestone_id: each for each in after.milestones}
    for each in before.milestones:
        same = now.get(each.milestone_id)
        if has_begun(each, on) and (same is None or _measured(same) != _measured(each)):
            yield Issue("milestone_frozen", FILE, column="milestones", params={"value": each.milestone_id})


def has_begun(milestone: MilestoneDocument, on: date) -> bool:
    """Tell whether a milestone is under way, or over, on a day."""
    return milestone.first <= on


def _measured(milestone: MilestoneDocument) -> tuple[object, ...]:
    return milestone.metric, milestone.baseline, milestone.first
