"""A worker knows which of its children it can count on, and how long it waits for one that is to stop."""

from types import SimpleNamespace

import pytest

from impact.jobs import running
from impact.jobs.child import PROGRESS
from impact.jobs.kind import KINDS
from impact.jobs.running import KEEPING_SECONDS, STOPPING_SECONDS, Child, Running
from impact.store.queue.jobs import JobStatus


class Slow:
    """A child that moves on from solving once it is told to stop, and never ends."""

    status = None
    killed = False
    heard = ()

    @property
    def lives(self):
        return not self.killed

    def say(self, what, content):
        self.heard += (content,)

    def told(self):
        stage = "check" if JobStatus.CANCELLED in self.heard or JobStatus.TIMED_OUT in self.heard else "solve"
        yield {PROGRESS: {"stage": stage, "progress": 0.5}}

    def kill(self):
        self.killed = True


@pytest.fixture
def clock(monkeypatch):
    """Says what time it is, in seconds from the beginning of the job."""
    now = [0.0]
    monkeypatch.setattr(running, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def solving(clock):
    """A job that is being solved by a slow child."""
    job = SimpleNamespace(job_id="j", attempt=1, asked={})
    doing = Running(Slow(), "sqlite://", job, KINDS["solve_bundle"])
    doing.listen()
    return doing


def seconds_until_killed(doing, clock):
    """How long after it is told to stop a child is let be."""
    told = clock[0]
    while not doing.child.killed:
        doing.listen()
        doing.watch()
        clock[0] += 0.1
    return clock[0] - told


def test_a_child_that_was_killed_is_given_nothing_even_while_it_is_not_yet_gone():
    child = Child()

    child.kill()

    assert not child.lives
    child.close()


def test_who_cancels_does_not_wait_for_a_plan_to_be_kept(solving, clock):
    solving.stop(JobStatus.CANCELLED)

    assert seconds_until_killed(solving, clock) == pytest.approx(STOPPING_SECONDS, abs=0.2)
    assert (solving.over, solving.ending().status) == (True, "cancelled")


def test_a_child_whose_time_is_up_may_keep_what_it_has(solving, clock):
    solving.stop(JobStatus.TIMED_OUT)

    longest = STOPPING_SECONDS + KEEPING_SECONDS
    assert seconds_until_killed(solving, clock) == pytest.approx(longest, abs=0.2)
    assert [issue.code for issue in solving.ending().issues] == ["job_out_of_time"]
