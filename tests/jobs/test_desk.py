"""Whoever does a job hears in time that it is to stop, and keeps what was found by then."""

from dataclasses import replace

import pytest

from impact.access import SYSTEM
from impact.jobs.desk import Desk, Stopped
from impact.jobs.kind import KINDS
from impact.jobs.queue import Queue
from impact.store.queue.jobs import JobStatus
from impact.store.queue.leases import Ending, Lease, claim, end


class Word:
    """The word to stop, once it was given."""

    given = None

    def __call__(self):
        return self.given


@pytest.fixture
def word():
    return Word()


@pytest.fixture
def told():
    return []


@pytest.fixture
def watch(word, told):
    return Desk(None, None, None, word, told.append).stopwatch(match=0.5, solve=0.3, check=0.2)


def test_each_stage_is_told_as_it_begins(watch, told):
    for stage in ("match", "solve", "check"):
        with watch.stage(stage):
            pass

    assert [(each.stage, each.progress) for each in told] == [("match", 0), ("solve", 0.5), ("check", 0.8)]


def test_where_nothing_was_found_no_stage_begins_after_the_word_to_stop(watch, word):
    with watch.stage("match"):
        word.given = JobStatus.CANCELLED

    with pytest.raises(Stopped), watch.stage("solve"):
        pytest.fail("It began.")


def test_what_was_found_is_checked_and_kept_after_the_word_to_stop(watch, word):
    with watch.stage("solve"):
        word.given = JobStatus.CANCELLED

    for stage in ("check", "keep"):
        with watch.stage(stage):
            pass


def test_who_found_something_before_may_go_on(watch, word):
    with watch.stage("check"):
        word.given = JobStatus.CANCELLED

    with watch.stage("solve"):
        pass


@pytest.fixture
def taken(engine):
    """A job that is being done, and the queue it is of."""
    queue = Queue(engine)
    queue.put("solve_sample", {}, SYSTEM)
    with engine.begin() as connection:
        return queue, claim(connection, "worker", KINDS)


def test_what_has_come_of_a_job_so_far_is_seen_and_gives_way_to_what_is_handed_in(engine, taken):
    queue, job = taken
    desk = Desk(job, engine, None, lambda: None, lambda _: None)

    desk.show({"found": b"some"})
    assert queue.file(job.job_id, "found") == b"some"
    desk.show({"found": b"more"})
    assert queue.file(job.job_id, "found") == b"more"
    with engine.begin() as connection:
        end(connection, Lease(job.job_id, job.attempt), Ending(JobStatus.SUCCEEDED, files={"found": b"all"}))
    assert queue.file(job.job_id, "found") == b"all"


def test_who_has_lost_a_job_shows_nothing_of_it(engine, taken):
    queue, job = taken
    earlier = replace(job, attempt=job.attempt - 1)

    Desk(earlier, engine, None, lambda: None, lambda _: None).show({"found": b"late"})

    assert queue.file(job.job_id, "found") is None
