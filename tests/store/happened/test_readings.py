"""Milestones stand where what was delivered puts them; where nothing is kept, nothing is measured."""

from datetime import date, timedelta

import pytest
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM
from impact.programmes.document import MilestoneDocument, Names
from impact.programmes.milestones import Reading, Standing
from impact.store.happened import deliveries
from impact.store.happened.deliveries import Delivery
from impact.store.happened.readings import MEASURED, progresses

FIRST, DUE = date(2026, 10, 1), date(2027, 1, 9)


def milestone(metric):
    named = Names(zh="过半", en="Half-way")
    return MilestoneDocument(
        milestone_id=metric, name=named, metric=metric, baseline=5, target=1005, first=FIRST, due=DUE
    )


def delivered(engine, *given):
    """Deliver exposures of a plan of a programme on days after its first; return the programme."""
    plan = solved(engine, SYSTEM, scenario(engine, SYSTEM))
    days = ((FIRST + timedelta(day), exposure) for day, exposure in given)
    some = [
        Delivery(f"d-{day}", day.isoformat(), plan.plan_id, "P01-1", "330000-tea-mall", exposure)
        for day, exposure in days
    ]
    deliveries.put(engine, some, SYSTEM)
    return plan.programme_id


@pytest.mark.parametrize(
    ("given", "day", "standing", "latest"),
    [
        ([], 1, Standing.PLANNED, None),
        ([(10, 100.0)], 10, Standing.PLANNED, 105),
        ([(10, 20.0)], 10, Standing.AT_RISK, 25),
        ([(10, 400.0), (20, 600.0)], 20, Standing.MET, 1005),
        ([(10, 400.0)], 120, Standing.MISSED, 405),
    ],
)
def test_exposures_add_up_from_the_baseline(engine, given, day, standing, latest):
    programme = delivered(engine, *given)

    (found,) = progresses(engine, programme, [milestone(MEASURED)], FIRST + timedelta(day))

    assert (found.standing, found.latest and found.latest.value) == (standing, latest)


def test_what_nothing_measures_has_no_reading_beside_what_has(engine):
    programme = delivered(engine, (10, 100.0))

    other, exposures = progresses(
        engine, programme, [milestone("first_sales"), milestone(MEASURED)], FIRST + timedelta(60)
    )

    assert (other.latest, other.code) == (None, "not_measured_yet")
    assert exposures.latest == Reading(FIRST + timedelta(10), 105)


def test_what_came_before_the_first_day_or_to_another_programme_does_not_count(engine):
    programme = delivered(engine, (-1, 500.0), (0, 30.0), (10, 100.0))

    (found,) = progresses(engine, programme, [milestone(MEASURED)], FIRST + timedelta(60))
    (other,) = progresses(engine, "another", [milestone(MEASURED)], FIRST + timedelta(60))

    assert found.latest == Reading(FIRST + timedelta(10), 135)
    assert other.latest is None
