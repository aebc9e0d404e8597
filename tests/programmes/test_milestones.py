"""A milestone warns before its date, and is met by what was measured, never by a forecast."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.programmes.document import MilestoneDocument, Names
from impact.programmes.milestones import Reading, Standing, progress

FIRST, DUE = date(2026, 10, 1), date(2027, 1, 9)  # a hundred days
DAY = timedelta(1)


def milestone(**given: object) -> MilestoneDocument:
    names = Names(zh="首次卖出的商家", en="Producers with a first sale")
    known = {"milestone_id": "first", "name": names, "metric": "first_sales", "target": 100.0}
    return MilestoneDocument(**{**known, "first": FIRST, "due": DUE, **given})


def on(day: int) -> date:
    return FIRST + day * DAY


def readings(*pairs: tuple[int, float]) -> list[Reading]:
    return [Reading(on(day), value) for day, value in pairs]


@pytest.mark.parametrize(
    ("measured", "day", "standing", "code"),
    [
        ([], 10, "planned", "just_begun"),
        ([], 50, "at_risk", "not_measured_yet"),  # half the time, and nobody has looked
        ([], 49, "planned", "just_begun"),
        ([], 100, "at_risk", "not_measured_yet"),  # there is still the day itself
        ([], 101, "missed", "never_measured"),
        ([], -5, "planned", "just_begun"),
        ([(0, 0)], 0, "planned", "just_begun"),
        ([(20, 20)], 20, "planned", "on_pace"),
        ([(20, 19)], 20, "at_risk", "pace_too_slow"),  # eighty days before it is due
        ([(20, 19), (40, 45)], 40, "planned", "on_pace"),
        ([(40, 45), (20, 19)], 40, "planned", "on_pace"),  # readings come in any order
        ([(20, 0)], 20, "at_risk", "pace_too_slow"),
        ([(60, 100)], 60, "met", "target_reached"),
        ([(60, 100), (70, 90)], 70, "planned", "on_pace"),  # the last reading counts
        ([(100, 100)], 120, "met", "target_reached"),
        ([(100, 99.9)], 100, "at_risk", "pace_too_slow"),
        ([(100, 99.9)], 101, "missed", "target_not_reached"),
        ([(90, 90), (110, 120)], 120, "missed", "target_not_reached"),  # too late
        ([(30, 30), (90, 150)], 40, "planned", "on_pace"),  # what is measured later is not known yet
        ([(-3, 100)], 10, "planned", "just_begun"),  # of the time before
    ],
)
def test_how_a_milestone_stands(measured, day, standing, code):
    found = progress(milestone(), readings(*measured), on(day))

    assert (found.standing, found.code) == (standing, code)


def test_the_forecast_goes_on_at_the_pace_so_far():
    found = progress(milestone(baseline=10.0), readings((20, 30)), on(25))

    assert found.latest == Reading(on(20), 30)
    assert found.forecast == pytest.approx(110)  # one a day for eighty days more
    assert found.reached_on == on(90)


def test_a_target_below_the_baseline_is_reached_from_above():
    falling = milestone(baseline=40.0, target=30.0)

    assert progress(falling, readings((50, 36)), on(50)).standing is Standing.AT_RISK
    assert progress(falling, readings((50, 35)), on(50)).standing is Standing.PLANNED
    assert progress(falling, readings((80, 29)), on(80)).standing is Standing.MET


def test_a_target_at_the_baseline_is_kept_by_what_is_no_less():
    kept = milestone(baseline=100.0)

    assert progress(kept, readings((50, 101)), on(50)).standing is Standing.MET
    assert progress(kept, readings((50, 99)), on(50)).standing is Standing.AT_RISK


def test_what_is_met_was_reached_on_the_day_it_was_measured():
    found = progress(milestone(), readings((60, 120)), on(70))

    assert (found.standing, found.reached_on) == (Standing.MET, on(60))


def test_a_pace_away_from_the_target_reaches_it_never():
    found = progress(milestone(baseline=50.0), readings((20, 40)), on(20))

    assert (found.standing, found.reached_on) == (Standing.AT_RISK, None)


@pytest.mark.parametrize("value", [1e-9, 1e-308])
def test_a_pace_that_takes_for_ever_has_no_day(value):
    assert progress(milestone(), readings((99, value)), on(99)).reached_on is None


@given(
    measured=st.lists(st.tuples(st.integers(-10, 130), st.floats(-10, 200)), max_size=6),
    day=st.integers(-10, 130),
)
def test_met_needs_a_reading_that_meets_it_and_missed_comes_only_after_the_date(measured, day):
    found = progress(milestone(), readings(*measured), on(day))

    if found.standing is Standing.MET:
        assert found.latest is not None
        assert found.latest.value >= 100
        assert found.latest.on <= DUE
    if found.standing is Standing.MISSED:
        assert on(day) > DUE
    if on(day) > DUE:
        assert found.standing in {Standing.MET, Standing.MISSED}
