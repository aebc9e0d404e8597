"""A milestone at risk is announced before its date: once, whoever looks and however often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from store.decisions.offices import scenario, solved

from impact.access import SYSTEM
from impact.store.audit import Sought, log_page
from impact.store.decisions import programmes
from impact.store.happened import deliveries
from impact.store.happened.deliveries import Delivery
from impact.store.happened.warnings import warn
from impact.store.webhooks.hooks import Hooks, News, Wanted
from impact.store.webhooks.outbox import NEWS

FIRST = date(2026, 10, 1)
MILESTONE = {
    "milestone_id": "half-way",
    "name": {"zh": "过半", "en": "Half-way"},
    "metric": "first_sales",
    "target": 1000.0,
    "first": "2026-10-01",
    "due": "2027-01-09",
}


def on(day):
    return FIRST + timedelta(day)


def begun(engine, *milestones, programme="hills"):
    programmes.create(engine, programme, {"milestones": list(milestones)}, SYSTEM)


def told(engine):
    with engine.connect() as connection:
        return [dict(row.data) for row in connection.execute(select(NEWS).order_by(NEWS.c.news_id))]


@pytest.fixture
def listening(engine):
    Hooks(engine).add(Wanted("https://example.org/in", (News.MILESTONE_AT_RISK,)), SYSTEM)
    return engine


def test_what_nobody_measured_in_half_its_time_is_announced_once(listening):
    begun(listening, MILESTONE)

    assert warn(listening, on(49)) == ()
    (found,) = warn(listening, on(50))
    assert warn(listening, on(51)) == ()

    assert found.code == "not_measured_yet"
    assert told(listening) == [
        {"programme_id": "hills", "milestone_id": "half-way", "code": "not_measured_yet"}
    ]
    assert log_page(listening, Sought(subject="hills"))[0].what == "milestone.warn"


def test_of_many_who_look_at_once_one_announces_it(listening):
    begun(listening, MILESTONE)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: warn(listening, on(60)), range(4)))

    assert sum(map(len, found)) == len(told(listening)) == 1


def test_what_is_past_its_date_is_missed_and_no_longer_at_risk(listening):
    begun(listening, MILESTONE)

    assert warn(listening, on(120)) == ()


def test_each_milestone_is_announced_for_itself_also_one_that_comes_later(listening):
    begun(listening, MILESTONE)
    warn(listening, on(60))
    other = MILESTONE | {"milestone_id": "other"}
    programmes.change(listening, "hills", {"milestones": [MILESTONE, other]}, SYSTEM, expected=1)

    assert [each.milestone_id for each in warn(listening, on(60))] == ["other"]


def test_nobody_is_told_who_does_not_listen_and_it_is_in_the_log(engine):
    begun(engine, MILESTONE)

    assert len(warn(engine, on(60))) == 1
    assert told(engine) == []


@pytest.mark.parametrize(
    ("given", "codes", "why"),
    [
        ([(1, 10.0), (10, 90.0)], [], "a tenth of it in a tenth of the time"),
        ([(1, 10.0), (20, 80.0)], ["pace_too_slow"], "a tenth of it in a fifth of the time"),
        ([(-5, 500.0), (20, 90.0)], ["pace_too_slow"], "what was given before its first day is not of it"),
    ],
)
def test_exposures_are_measured_by_what_was_delivered_of_the_programmes_plans(engine, given, codes, why):
    plan = solved(engine, SYSTEM, scenario(engine, SYSTEM))
    begun(engine, MILESTONE | {"metric": "exposures"}, programme=plan.programme_id)
    put(engine, plan.plan_id, given)
    put(engine, "of-another", [(5, 1e6)])

    assert [each.code for each in warn(engine, on(20))] == codes, why


def put(engine, plan_id, given):
    some = [
        Delivery(f"{plan_id}-{day}", on(day).isoformat(), plan_id, "P01-1", "330000-tea-mall", exposure)
        for day, exposure in given
    ]
    deliveries.put(engine, some, SYSTEM)
