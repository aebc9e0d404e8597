"""What a worker says to its child is heard in order; a child with nothing to do is told so."""

import json
from io import StringIO

import pytest

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
