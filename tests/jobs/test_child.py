"""What a worker says to its child is heard in order; a child with nothing to do is told so."""

import json
from io import StringIO
from threading import Thread
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from impact.jobs import child
from impact.jobs.child import Ear, Task, Thought
from impact.store.queue.jobs import JobStatus

TASK = {"url": "sqlite://", "job_id": "j", "attempt": 1, "memory_mb": 10}


@pytest.fixture
def ear(monkeypatch):
    """An ear whose worker may go without taking this process along."""
    monkeypatch.setattr(child.os, "_exit", lambda status: None)
    return Ear()


def say(ear, *lines):
    ear.listen(StringIO("".join(json.dumps(line) + "\n" for line in lines)))


def test_a_task_is_heard_at_once(ear):
    say(ear, {"task": TASK})

    assert ear.next() == Task(**TASK)


def test_a_word_to_stop_is_about_the_task_at_hand(ear):
    say(ear, {"stop": "cancelled"}, {"task": TASK})
    ear.next()
    assert ear.stopped() is None

    say(ear, {"stop": "timed_out"})
    assert ear.stopped() is JobStatus.TIMED_OUT


def waiting(ear):
    """An ear that somebody listens with; waits until it does."""
    waiter = Thread(target=ear.next, daemon=True)
    waiter.start()
    while ear.called():
        waiter.join(0.01)
    return waiter


def test_somebody_has_called_but_while_a_task_is_waited_for(ear):
    assert ear.called()
    waiter = waiting(ear)

    say(ear, {"task": TASK})

    assert ear.called()
    waiter.join(60)
    assert ear.called()


def thought_of(ear, monkeypatch, think):
    """What is told of thoughts until there are no more, where `think` is how one thinks ahead."""
    module = SimpleNamespace(think_ahead=think)
    monkeypatch.setattr(child, "import_module", lambda _: module)
    with capture_logs() as told:
        child._think(ear)
    return told


class Enough(Exception):
    """No more thoughts, please."""


def test_the_next_task_is_thought_of_where_it_will_be_done(ear, monkeypatch):
    thoughts = []

    def think(engine, called, *, is_next):
        thoughts.append((engine.url.database, called(), is_next))
        if len(thoughts) == 2:
            raise Enough
        say(ear, {"think": {"url": "sqlite:///a.db", "is_next": True}})

    waiting(ear)
    say(ear, *[{"think": {"url": "sqlite:///a.db", "is_next": False}}] * 3)
    told = thought_of(ear, monkeypatch, think)

    assert thoughts == [("a.db", False, False), ("a.db", False, True)]
    assert [(line["event"], line["error"]) for line in told] == [("not_thought_ahead", "Enough")]


def test_nothing_is_thought_of_while_a_task_is_done(ear, monkeypatch):
    heard = iter([Thought("sqlite:///a.db", is_next=True)])
    monkeypatch.setattr(ear, "thought", lambda: next(heard, None))

    assert thought_of(ear, monkeypatch, think=None) == []


def test_a_database_that_is_not_there_keeps_nobody_from_working(ear, tmp_path):
    waiter = waiting(ear)
    say(ear, {"think": {"url": f"sqlite:///{tmp_path}/none/kept.db", "is_next": True}})

    with capture_logs() as told:
        child._think(ear)
    say(ear, {"task": TASK})
    waiter.join(60)

    assert [line["event"] for line in told] == ["not_thought_ahead"]
    assert not waiter.is_alive()
