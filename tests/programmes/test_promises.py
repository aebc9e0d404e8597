"""Days that have passed and figures that a metric never has are refused where they are new."""

from datetime import date

import pytest

from impact.errors import Issue
from impact.programmes.document import Goal, Method, MilestoneDocument, Names, ProgrammeDocument, Window
from impact.programmes.promises import unmeant

TODAY, YESTERDAY, LATER = date(2026, 11, 1), date(2026, 10, 31), date(2027, 1, 1)


def goal(**other):
    told = {"metric": "first_sales", "baseline": 0.0, "target": 100.0, "by": LATER}
    return Goal(outcome=Names(zh="卖出", en="Sold"), **told | other)


def milestone(**other):
    told = {"metric": "first_sales", "target": 100.0, "first": date(2026, 9, 1), "due": LATER}
    return MilestoneDocument(milestone_id="first", name=Names(zh="首单", en="First"), **told | other)


def programme(goal=None, milestones=(), last=None):
    window = Window(first=date(2026, 9, 1), last=last) if last else None
    return ProgrammeDocument(
        format="impact-programme/1",
        programme_id="hills",
        name=Names(zh="山货", en="Hills"),
        month=10,
        goal=goal,
        milestones=tuple(milestones),
        method=Method(window=window),
    )


def told(before, after):
    return [(issue.column, issue.code) for issue in unmeant(before, after, TODAY)]


@pytest.mark.parametrize(
    ("after", "column", "code", "why"),
    [
        (programme(goal(by=YESTERDAY)), "goal.by", "day_passed", "the goal's day is over"),
        (
            programme(None, [milestone(due=YESTERDAY)]),
            "milestones.0.due",
            "day_passed",
            "so is a milestone's",
        ),
        (programme(last=YESTERDAY), "method.window.last", "day_passed", "so is the whole window"),
        (programme(goal(target=0.0)), "goal.target", "target_not_above", "nothing would change"),
        (programme(goal(baseline=120.0)), "goal.target", "target_not_above", "it would become worse"),
        (
            programme(None, [milestone(baseline=100.0)]),
            "milestones.0.target",
            "target_not_above",
            "it is reached before it begins",
        ),
        (
            programme(goal(metric="nps_goods", target=101.0)),
            "goal.target",
            "figure_above_most",
            "a net promoter score is 100 at most",
        ),
        (
            programme(goal(metric="nps_goods", baseline=-101.0)),
            "goal.baseline",
            "figure_below_least",
            "and at least -100",
        ),
        (
            programme(None, [milestone(metric="repeat_share", target=20.0)]),
            "milestones.0.target",
            "figure_above_most",
            "a share is meant as 0.2",
        ),
        (
            programme(None, [milestone(metric="jobs", baseline=-1.0)]),
            "milestones.0.baseline",
            "figure_below_least",
            "nobody counts less than none",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_of_what_is_new_and_not_of_what_stood(after, column, code, why):
    assert told(None, after) == [(column, code)], why
    assert told(programme(), after) == [(column, code)], why
    assert told(after, after) == [], why


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (programme(goal(by=TODAY)), "today is not over"),
        (programme(goal(baseline=None)), "nobody has measured a baseline yet"),
        (programme(goal(metric="nps_goods", baseline=-20.0, target=-5.0)), "it is less bad"),
        (programme(goal(metric="complaints", baseline=50.0, target=5.0)), "what we do not know may fall"),
        (programme(None, [milestone()]), "it began earlier, and is due later"),
        (programme(last=LATER), "the window is open"),
    ],
)
def test_what_can_be_meant_is_taken(after, why):
    assert told(None, after) == [], why


def test_a_day_that_has_passed_may_stand_while_all_else_changes():
    before = programme(goal(by=YESTERDAY), [milestone(due=YESTERDAY)], YESTERDAY)
    after = programme(goal(by=YESTERDAY, target=90.0), [milestone(due=YESTERDAY, target=90.0)], YESTERDAY)

    assert told(before, after) == []


def test_who_is_refused_is_told_the_day_and_today():
    (issue,) = unmeant(None, programme(goal(by=YESTERDAY)), TODAY)

    params = {"value": "2026-10-31", "today": "2026-11-01"}
    assert issue == Issue("day_passed", "programme.json", column="goal.by", params=params)
