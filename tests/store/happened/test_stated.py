"""Readings that people state are kept with where they are from, and say how a milestone stands."""

import json
from datetime import date

import pytest

from impact.access import SYSTEM
from impact.errors import BadInput
from impact.programmes.document import MilestoneDocument, Names
from impact.programmes.milestones import Reading, Standing
from impact.store.audit import Sought, log_page
from impact.store.happened.readings import progresses
from impact.store.happened.stated import all_stated, state

FIRST, DUE, TODAY = date(2026, 10, 1), date(2026, 12, 30), date(2026, 11, 15)
REPORT = "县商务局十月月报"


def milestone(**other):
    told = {"metric": "first_sales", "target": 100.0, "first": FIRST, "due": DUE}
    return MilestoneDocument(milestone_id="sales", name=Names(zh="首单", en="First"), **told | other)


def reading(day, value, source=REPORT):
    return Reading(date.fromisoformat(day), value, source)


def stands(engine, of=None):
    (found,) = progresses(engine, "hills", [of or milestone()], TODAY)
    return found


def test_a_milestone_stands_where_the_last_reading_puts_it(engine):
    state(engine, "hills", milestone(), reading("2026-10-31", 20.0), who=SYSTEM, on=TODAY)
    state(engine, "hills", milestone(), reading("2026-11-15", 60.0), who=SYSTEM, on=TODAY)

    found = stands(engine)

    assert (found.standing, found.code) == (Standing.PLANNED, "on_pace")
    assert (found.latest.value, found.latest.source) == (60.0, REPORT)
    assert found.forecast == pytest.approx(120.0)


def test_a_reading_at_the_target_meets_it_and_a_slow_pace_is_a_risk(engine):
    state(engine, "hills", milestone(), reading("2026-11-15", 10.0), who=SYSTEM, on=TODAY)
    assert stands(engine).standing is Standing.AT_RISK

    state(engine, "hills", milestone(), reading("2026-11-14", 100.0), who=SYSTEM, on=TODAY)
    state(engine, "hills", milestone(), reading("2026-11-15", 101.0), who=SYSTEM, on=TODAY)
    assert stands(engine).standing is Standing.MET


def test_of_one_day_the_last_counts_and_all_stay(engine):
    state(engine, "hills", milestone(), reading("2026-10-31", 90.0), who=SYSTEM, on=TODAY)
    state(engine, "hills", milestone(), reading("2026-10-31", 9.0, "更正"), who=SYSTEM, on=TODAY)
    state(engine, "hills", milestone(), reading("2026-11-01", 10.0), who=SYSTEM, on=TODAY)

    assert [(each.value, each.counts) for each in all_stated(engine, "hills", milestone())] == [
        (10.0, True),
        (9.0, True),
        (90.0, False),
    ]
    assert stands(engine).latest.value == 10.0


def test_what_another_metric_was_does_not_count(engine):
    state(engine, "hills", milestone(), reading("2026-10-31", 90.0), who=SYSTEM, on=TODAY)

    assert all_stated(engine, "hills", milestone(metric="jobs")) == ()
    assert stands(engine, milestone(metric="jobs")).latest is None


def test_a_reading_is_in_the_log_with_where_it_is_from(engine):
    state(engine, "hills", milestone(), reading("2026-10-31", 20.0), who=SYSTEM, on=TODAY)

    (entry,) = log_page(engine, Sought(subject="hills"))
    assert entry.what == "milestone.read"
    assert json.loads(entry.after) == {
        "milestone": "sales",
        "metric": "first_sales",
        "on_day": "2026-10-31",
        "value": 20.0,
        "source": REPORT,
    }


@pytest.mark.parametrize(
    ("said", "code", "field", "why"),
    [
        (reading("2026-09-30", 1.0), "reading_not_within", "on", "before it began"),
        (reading("2026-11-16", 1.0), "reading_not_within", "on", "yet to come"),
        (reading("2026-10-31", 1.0, " "), "reading_without_source", "source", "from nowhere"),
        (reading("2026-10-31", -1.0), "figure_below_least", "value", "less than none"),
    ],
)
def test_what_is_no_reading_is_refused_and_not_kept(engine, said, code, field, why):
    with pytest.raises(BadInput) as refused:
        state(engine, "hills", milestone(), said, who=SYSTEM, on=TODAY)

    assert [(issue.code, issue.column) for issue in refused.value.issues] == [(code, field)], why
    assert all_stated(engine, "hills", milestone()) == ()


def test_a_reading_after_the_due_day_is_refused_since_it_would_not_count(engine):
    over = milestone(due=date(2026, 11, 1))

    with pytest.raises(BadInput):
        state(engine, "hills", over, reading("2026-11-10", 1.0), who=SYSTEM, on=TODAY)
