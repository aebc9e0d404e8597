"""What a worker says to its child is heard in order; a child with nothing to do is told so."""

import json
from io import StringIO
from threading import Timer

import pytest
from structlog.testing import capture_logs

from impact.jobs import child
from impact.jobs.child import Ear, Task
from impact.store.queue.jobs import JobStatus

TASK = {"url": "sqlite://", "job_id": "j", "attempt": 1, "memory_mb": 10}


@pytest.fixture
def ear(monkeypatch):
    """An ear whose worker may go without taking this process along."""
    monkeypatch.setattr(child.os, "_exit", lambda status: None)
    return Ear()


def say(ear, *lines):
    ear.listen(StringIO("".join(json.dumps(line) + "\n" for line in lines)))


def test_nothing_is_heard_where_nothing_was_said(ear):
    assert ear.next(0.01) is None


def test_a_task_is_heard_at_once(ear):
    say(ear, {"task": TASK})

    assert ear.next(60) == Task(**TASK)
    assert ear.next(0.01) is None


def test_a_word_to_stop_is_about_the_task_at_hand(ear):
    say(ear, {"stop": "cancelled"}, {"task": TASK})
    ear.next()
    assert ear.stopped() is None

    say(ear, {"stop": "timed_out"})
    assert ear.stopped() is JobStatus.TIMED_OUT


def test_where_the_database_is_is_heard_and_is_no_task(ear):
    say(ear, {"database": "sqlite:///kept.db"})

    assert (ear.url, ear.called()) == ("sqlite:///kept.db", False)


def test_that_a_task_waits_is_known_before_it_is_taken(ear):
    say(ear, {"task": TASK})

    assert ear.called()
    ear.next()
    assert not ear.called()


def test_a_database_that_is_not_there_keeps_nobody_from_working(ear, tmp_path):
    say(ear, {"database": f"sqlite:///{tmp_path}/none/kept.db"})

    assert child._ready(ear, "the plan before") is None


def test_who_cannot_get_ready_waits_for_the_first_task_and_tries_no_more(ear, monkeypatch, tmp_path):
    monkeypatch.setattr(child, "IDLE_SECONDS", 0.01)
    say(ear, {"database": f"sqlite:///{tmp_path}/none/kept.db"})

    with capture_logs() as told:
        Timer(0.5, say, (ear, {"task": TASK})).start()
        assert child._first(ear) == Task(**TASK)

    assert [line["event"] for line in told].count("not_ready") == 1
