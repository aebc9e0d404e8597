"""The lookout sees what time brings about: again and again, and past a database that is gone for a while."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from impact.access import SYSTEM
from impact.jobs import lookout
from impact.jobs.lookout import Lookout
from impact.store.audit import Sought, log_page
from impact.store.decisions import programmes


@pytest.fixture
def late(engine):
    """A database with a milestone of which nobody measured anything."""
    today = datetime.now().astimezone().date()
    milestone = {
        "milestone_id": "half-way",
        "name": {"zh": "过半", "en": "Half-way"},
        "metric": "first_sales",
        "target": 1000.0,
        "first": (today - timedelta(60)).isoformat(),
        "due": (today + timedelta(40)).isoformat(),
    }
    programmes.create(engine, "hills", {"milestones": [milestone]}, SYSTEM)
    return engine


def test_it_announces_what_is_at_risk_today_and_once(late):
    assert [Lookout(late).round(), Lookout(late).round()] == [1, 0]
    assert log_page(late, Sought(subject="hills"))[0].what == "milestone.warn"


def test_it_looks_until_it_is_over_also_where_the_database_was_gone(late, monkeypatch):
    looked, paused = [], []

    def look(engine, on):
        looked.append(on)
        if len(looked) == 1:
            raise OperationalError("", {}, Exception("gone"))
        return ()

    def wait(seconds):
        paused.append(seconds)
        return len(paused) == 2

    monkeypatch.setattr(lookout, "warn", look)
    Lookout(late).work(wait, 1.0)

    assert (len(looked), paused) == (2, [1.0, 1.0])
