"""What has begun is measured as it was while a plan of the programme is published."""

from datetime import date

import pytest

from impact.errors import Issue
from impact.programmes.changing import frozen
from impact.programmes.document import MilestoneDocument, Names, ProgrammeDocument

BEGUN, LATER = date(2026, 10, 1), date(2026, 12, 1)
TODAY = date(2026, 11, 1)


def milestone(**other):
    told = {"name": Names(zh="首单", en="First sales"), "metric": "first_sales", "target": 100.0}
    return MilestoneDocument(
        **{"milestone_id": "first", "first": BEGUN, "due": date(2027, 1, 1), **told, **other}
    )


def with_milestones(*milestones):
    return ProgrammeDocument(
        format="impact-programme/1",
        programme_id="hills",
        name=Names(zh="山货", en="Hills"),
        month=10,
        milestones=milestones,
    )


@pytest.mark.parametrize(
    ("after", "is_frozen", "why"),
    [
        ([milestone(target=50.0)], False, "less is asked for, and it is measured as before"),
        ([milestone(name=Names(zh="卖出", en="Sold"))], False, "a name"),
        ([milestone(due=date(2027, 2, 1))], False, "more time"),
        ([milestone(metric="jobs")], True, "something else is measured"),
        ([milestone(baseline=10.0)], True, "the way becomes shorter"),
        ([milestone(first=TODAY)], True, "it would seem to have just begun"),
        ([], True, "it is gone"),
        ([milestone(), milestone(milestone_id="second")], False, "another beside it"),
    ],
)
def test_a_milestone_that_has_begun_stays_comparable(after, is_frozen, why):
    found = list(frozen(with_milestones(milestone()), with_milestones(*after), TODAY))

    assert [issue.code for issue in found] == ["milestone_frozen"] * is_frozen, why


def test_who_is_refused_is_told_which_milestone_it_is_about():
    kept, gone = milestone(), milestone(milestone_id="second")

    assert list(frozen(with_milestones(kept, gone), with_milestones(kept), TODAY)) == [
        Issue("milestone_frozen", "programme.json", column="milestones", params={"value": "second"})
    ]


@pytest.mark.parametrize(("on", "is_frozen"), [(date(2026, 9, 30), False), (BEGUN, True)])
def test_a_milestone_begins_on_its_first_day(on, is_frozen):
    assert bool(list(frozen(with_milestones(milestone()), with_milestones(), on))) is is_frozen


def test_a_milestone_that_has_not_begun_may_be_anything():
    before = with_milestones(milestone(first=LATER))

    assert not list(frozen(before, with_milestones(), TODAY))
