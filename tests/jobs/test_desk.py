"""Whoever does a job hears in time that it is to stop, and keeps what was found by then."""

import pytest

from impact.jobs.desk import Desk, Stopped
from impact.store.queue.jobs import JobStatus


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
